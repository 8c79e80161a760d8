"""Reads posted forms: streaming, with limits, and without changing a character.

Starlette's own form parser replaces what is not valid UTF-8 and keeps files of any size on disk;
a leak scanner's test bench needs the original characters, and an end.
"""

import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

MAX_TEXT = 65_536
"""The most characters that a message may have."""
MAX_FILES = 10
_MAX_PARTS = 50
_MAX_FIELD = MAX_TEXT * 4  # no character takes more than four bytes of UTF-8
_MAX_BODY = MAX_TEXT * 4 * 3 + 4096  # %XX makes three of each byte


class BadForm(ValueError):
    """What was sent is not a form; the argument is the name of the words that say why."""


class TooLong(ValueError):
    """A text is longer than `MAX_TEXT`."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent. Where `content` is None, `missing` says why."""

    name: str
    media_type: str
    content: bytes | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Fields and files. A field that was not sent is empty."""

    fields: Mapping[str, str] = field(default_factory=dict)
    uploads: tuple[Upload, ...] = ()

    def text(self, name: str) -> str:
        return self.fields.get(name, "")


async def read_form(request: Request, max_file: int) -> Form:
    """Reads a form of any of the three kinds that a page or a script sends.

    A file above `max_file` bytes comes without content. Raises BadForm and TooLong; the body is read
    to its end before that, because a browser shows no answer to what it could not finish sending.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind == b"multipart/form-data" and (boundary := options.get(b"boundary")):
        return await _read_multipart(request.stream(), boundary, max_file)
    if kind not in {b"application/x-www-form-urlencoded", b"application/json"}:
        async for _ in request.stream():
            pass
        raise BadForm("local-error-form-kind")
    body = await _read_body(request.stream())
    fields = _read_json(body) if kind == b"application/json" else _read_urlencoded(body)
    return Form({name: _limited(value) for name, value in fields.items()})


def decode(raw: bytes) -> str:
    """UTF-8 with lone surrogates kept; bytes that are no UTF-8 at all become U+FFFD."""
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def _limited(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise TooLong
    return text


def _lines(text: str) -> str:
    """Browsers send every line break of a form as CR LF, whatever was typed."""
    return text.replace("\r\n", "\n")


async def _read_body(stream: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for chunk in stream:
        body += chunk[: _MAX_BODY + 1 - len(body)]
    if len(body) > _MAX_BODY:
        raise TooLong
    return bytes(body)


def _read_json(body: bytes) -> dict[str, str]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise BadForm("local-error-form-unread") from None
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        raise BadForm("local-error-form-unread")
    return fields


def _read_urlencoded(body: bytes) -> dict[str, str]:
    pairs = (pair.partition(b"=") for pair in body.split(b"&") if pair)
    return {_unquoted(name): _lines(_unquoted(value)) for name, _, value in pairs}


def _unquoted(raw: bytes) -> str:
    return decode(unquote_to_bytes(raw.replace(b"+", b" ")))


@dataclass(slots=True)
class _Part:
    headers: dict[bytes, bytes] = field(default_factory=dict)
    data: bytearray = field(default_factory=bytearray)
    cut: bool = False

    @property
    def options(self) -> dict[bytes, bytes]:
        return parse_options_header(self.headers.get(b"content-disposition"))[1]

    @property
    def file_name(self) -> str | None:
        raw = self.options.get(b"filename")
        # Browsers escape just these three in a file name; other percent signs are its own.
        return (
            None
            if raw is None
            else decode(re.sub(rb"%(0A|0D|22)", lambda m: bytes.fromhex(m[1].decode()), raw))
        )


class _Parts:
    """Collects the parts of a multipart body, each up to its limit."""

    def __init__(self, max_file: int) -> None:
        self.done: list[_Part] = []
        self.whole = False
        self._max_file = max_file
        self._limit = 0
        self._part = _Part()
        self._name = bytearray()
        self._value = bytearray()

    def on_part_begin(self) -> None:
        if len(self.done) == _MAX_PARTS:
            raise BadForm("local-error-form-parts")
        self._part = _Part()

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        self._part.headers[bytes(self._name).lower()] = bytes(self._value)
        self._name.clear()
        self._value.clear()

    def on_headers_finished(self) -> None:
        if self._part.file_name is None:
            self._limit = _MAX_FIELD
        else:
            files = sum(part.file_name is not None for part in self.done)
            self._limit = self._max_file if files < MAX_FILES else 0

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        room = self._limit - len(self._part.data)
        self._part.cut = self._part.cut or end - start > room
        self._part.data += data[start : start + min(end - start, room)]

    def on_part_end(self) -> None:
        self.done.append(self._part)

    def on_end(self) -> None:
        self.whole = True


async def _read_multipart(stream: AsyncIterator[bytes], boundary: bytes, max_file: int) -> Form:
    parts = _Parts(max_file)
    trouble: BadForm | None = None
    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": parts.on_part_begin,
                "on_part_data": parts.on_part_data,
                "on_part_end": parts.on_part_end,
                "on_header_field": parts.on_header_field,
                "on_header_value": parts.on_header_value,
                "on_header_end": parts.on_header_end,
                "on_headers_finished": parts.on_headers_finished,
                "on_end": parts.on_end,
            },
        )
        async for chunk in stream:
            parser.write(chunk)
        parser.finalize()
        if not parts.whole:
            raise BadForm("local-error-form-cut")
    except FormParserError:
        trouble = BadForm("local-error-form-unread")
    except BadForm as bad:
        trouble = bad
    if trouble:
        async for _ in stream:
            pass
        raise trouble
    return _form(parts.done)


def _form(parts: list[_Part]) -> Form:
    fields: dict[str, str] = {}
    uploads: list[Upload] = []
    for part in parts:
        file_name = part.file_name
        if file_name is None:
            if part.cut:
                raise TooLong
            fields[decode(part.options.get(b"name", b""))] = _limited(_lines(decode(bytes(part.data))))
        elif file_name:  # an empty file input is sent as a file without a name
            uploads.append(_upload(part, file_name, len(uploads)))
    return Form(fields, tuple(uploads))


def _upload(part: _Part, name: str, before: int) -> Upload:
    media_type = part.headers.get(b"content-type", b"").decode("latin-1")
    if before >= MAX_FILES:
        return Upload(name, media_type, None, "too many files")
    if part.cut:
        return Upload(name, media_type, None, "too large")
    return Upload(name, media_type, bytes(part.data))
