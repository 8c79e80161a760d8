"""A file is told by its content, read as text where it is text, and undecided where it is not."""

import pytest

from detectors.extract import Extracted, extract
from detectors.extract.limits import LARGEST_TEXT

TEXT = "SECRET – summary of the week, für alle"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8 with a mark"),
        (TEXT.encode("utf-16"), "UTF-16 with a mark"),
        (TEXT.encode("utf-16-le"), "UTF-16 without a mark, little end first"),
        (TEXT.encode("utf-16-be"), "UTF-16 without a mark, big end first"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_text_is_read_in_its_encoding(content: bytes, why: str) -> None:
    parts, undecided, _ = extract("note.exe", content, "attachment 1")
    assert ([(part.name, part.text) for part in parts], undecided) == ([("attachment 1", TEXT)], ()), why


def test_urdu_is_read() -> None:
    parts, *_ = extract("a", "خفیہ\nسمری".encode(), "attachment 2")
    assert parts[0].text == "خفیہ\nسمری"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n1 0 obj", "broken"),
        (b"PK\x03\x04\x14\x00\x06\x00" + bytes(60), "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, "broken"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(60), "broken"),
        (bytes(range(256)) * 4, "unsupported"),
    ],
    ids=["pdf", "zip", "ole", "png", "7z", "bytes"],
)
def test_what_is_no_text_is_undecided_whatever_its_name(content: bytes, reason: str) -> None:
    parts, undecided, _ = extract("notes.txt", content, "attachment 1")
    assert parts == ()
    assert [(one.part, one.reason) for one in undecided] == [("attachment 1", reason)]


@pytest.mark.parametrize(
    "stray", ["\x1b[1m", "\x07", "\u202e", "\x08"], ids=["escape", "bell", "override", "back"]
)
def test_a_stray_control_character_leaves_it_a_text(stray: str) -> None:
    parts, undecided, _ = extract("a.txt", f"SECRET{stray}\nSummary".encode(), "attachment 1")
    assert undecided == ()
    assert parts[0].text == f"SECRET{stray}\nSummary"


def test_an_empty_file_holds_nothing_and_is_decided() -> None:
    assert extract("a.txt", b" \n", "attachment 1") == Extracted()


def test_a_very_large_file_is_undecided() -> None:
    parts, undecided, _ = extract("a.txt", b"a" * (LARGEST_TEXT + 1), "attachment 1")
    assert (parts, undecided[0].reason) == ((), "too large")
