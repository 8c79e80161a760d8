"""Posted forms are read to the character, and to a limit."""

from collections.abc import AsyncIterator, MutableMapping
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from adapters.local.forms import MAX_FILES, MAX_TEXT, BadForm, Form, TooLong, Upload, read_form

MULTIPART = "multipart/form-data; boundary=XX"


def request(body: bytes, kind: str, chunk: int = 1000) -> Request:
    pieces = [body[at : at + chunk] for at in range(0, len(body), chunk)] or [b""]

    async def stream() -> AsyncIterator[MutableMapping[str, Any]]:
        for number, piece in enumerate(pieces, 1):
            yield {"type": "http.request", "body": piece, "more_body": number < len(pieces)}

    messages = stream()
    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}
    return Request(scope, receive=messages.__anext__)


def part(name: str, data: bytes, file_name: bytes | None = None) -> bytes:
    naming = b"" if file_name is None else b'; filename="' + file_name + b'"\r\nContent-Type: text/plain'
    return (
        b'--XX\r\nContent-Disposition: form-data; name="'
        + name.encode()
        + b'"'
        + naming
        + b"\r\n\r\n"
        + data
        + b"\r\n"
    )


async def read_parts(*parts: bytes, max_file: int = 100, chunk: int = 1000) -> Form:
    return await read_form(request(b"".join(parts) + b"--XX--\r\n", MULTIPART, chunk), max_file)


@given(text=st.text(st.characters(exclude_categories=()), max_size=50), chunk=st.integers(1, 40))
async def test_any_text_comes_through_a_multipart_form(text: str, chunk: int) -> None:
    form = await read_parts(part("text", text.encode("utf-8", "surrogatepass")), chunk=chunk)
    assert form.text("text") == text.replace("\r\n", "\n")


@given(text=st.text(st.characters(exclude_categories=()), max_size=50))
async def test_any_text_comes_through_an_urlencoded_form(text: str) -> None:
    body = "text=" + quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")
    form = await read_form(request(body.encode(), "application/x-www-form-urlencoded"), 100)
    assert form.text("text") == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        (b'{"text": "a \\ud800 \\u0000 \\r\\n b"}', "application/json", "a \ud800 \0 \r\n b"),
        (b"text=a+b%26c&other=1", "application/x-www-form-urlencoded", "a b&c"),
        (b"text=a%0D%0Ab", "application/x-www-form-urlencoded; charset=utf-8", "a\nb"),
        (b"text=%ff", "application/x-www-form-urlencoded", "\ufffd"),
        (b"", "application/x-www-form-urlencoded", ""),
    ],
)
async def test_fields(body: bytes, kind: str, text: str) -> None:
    assert (await read_form(request(body, kind), 100)).text("text") == text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"hello", "text/plain"),
        (b"hello", "multipart/form-data"),
        (b"no boundary in here", MULTIPART),
        (b"", MULTIPART),
        (part("text", b"cut off in the mid"), MULTIPART),
        (b"{", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'["text"]', "application/json"),
        (b'{"text": 1}', "application/json"),
        (b"".join(part(f"f{n}", b"") for n in range(60)) + b"--XX--\r\n", MULTIPART),
    ],
)
async def test_what_is_no_form_is_refused(body: bytes, kind: str) -> None:
    with pytest.raises(BadForm):
        await read_form(request(body, kind), 100)


@pytest.mark.parametrize("letter", ["a", "ہ", "\U0001f512"])
async def test_the_longest_text_passes_and_one_more_does_not(letter: str) -> None:
    longest = letter * MAX_TEXT
    assert (await read_parts(part("text", longest.encode()), chunk=50_000)).text("text") == longest
    encoded = quote_from_bytes(longest.encode()).encode()
    urlencoded = request(b"text=" + encoded, "application/x-www-form-urlencoded", 50_000)
    assert (await read_form(urlencoded, 100)).text("text") == longest
    with pytest.raises(TooLong):
        await read_parts(part("text", (longest + letter).encode()), chunk=50_000)
    with pytest.raises(TooLong):
        await read_form(request(b"text=" + encoded + b"a", "application/x-www-form-urlencoded", 50_000), 100)


async def test_files() -> None:
    form = await read_parts(
        part("file", b"", b""),
        part("file", b"x" * 100, b"just right.txt"),
        part("file", b"x" * 101, b"too big.txt"),
        part("file", b"y", "quo%22te\u202e گ.txt".encode()),
        part("text", b"hello"),
    )
    assert form.text("text") == "hello"
    assert form.uploads == (
        Upload("just right.txt", "text/plain", b"x" * 100),
        Upload("too big.txt", "text/plain", None, "too large"),
        Upload('quo"te\u202e گ.txt', "text/plain", b"y"),
    )


async def test_more_files_than_allowed_are_named_without_their_content() -> None:
    form = await read_parts(*(part("file", b"x", f"{n}".encode()) for n in range(MAX_FILES + 2)))
    assert [upload.missing for upload in form.uploads] == [""] * MAX_FILES + ["too many files"] * 2
