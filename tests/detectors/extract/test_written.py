"""RTF and HTML: what they show, and what they keep to themselves."""

import base64

import pytest

from tests.detectors.extract.drawings import written
from tests.detectors.extract.samples import PNG, Read

HEAD = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset178 Arabic;}}{\stylesheet{\s1 Style;}}"


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (
            rb"{\header SECRET\par}{\footer page\par}body\par",
            {"a / header": "SECRET", "a / footer": "page", "a": "body"},
        ),
        (rb"one\cell two\cell\row three", {"a": "one\ttwo\t\nthree"}),
        (rb"caf\'e9 \u1582?\u1601?\u1740?\u1729?", {"a": "café خفیہ"}),
        (rb"\uc2\u8364\'80\'80!", {"a": "€!"}),
        (rb"{\f1\'c8}", {"a": "ب"}),
        (rb"\u-10187?\u-9216?", {"a": "𝐀"}),
        (rb"{\deleted gone}here{\v hidden}", {"a / deleted text": "gone", "a": "herehidden"}),
        (
            rb"text{\footnote note}{\*\annotation remark}",
            {"a": "text", "a / footnotes": "note", "a / comments": "remark"},
        ),
        (rb"{\info{\title Plan}{\*\company Office}}x", {"a / properties": "Plan\nOffice", "a": "x"}),
        (rb"{\shp{\*\shpinst{\sp{\sn name}{\sv value}}{\shptxt SECRET\par}}}", {"a": "SECRET"}),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}", {"a": "shown"}),
        (b"a\\bin5 }}}}}b", {"a": "ab"}),
        (rb"{\*\unknown no}yes", {"a": "yes"}),
    ],
)
def test_rtf_is_read_by_where_its_text_stands(body: bytes, parts: dict[str, str]) -> None:
    read = Read(HEAD + body + b"}")
    assert (read.parts, read.undecided) == (parts, {})


def test_pictures_and_objects_in_rtf_are_told() -> None:
    read = Read(HEAD + rb"x{\pict\pngblip 89504e47}{\object{\*\objdata 0105}}}")
    assert read.undecided == {"a / file 1": "unsupported", "a / file 2": "unsupported"}


@pytest.mark.parametrize("around", [b"%b", rb"{\*\shppict %b}"], ids=["plain", "as programs write it"])
def test_a_picture_in_rtf_is_read(around: bytes) -> None:
    picture = rb"{\pict\jpegblip\picw9 " + written("SECRET").hex().encode() + b"}"
    assert Read(HEAD + b"x" + around % picture + b"}").parts == {"a": "x", "a / file 1": "SECRET"}


def test_rtf_that_breaks_off_is_told_and_read_so_far() -> None:
    read = Read(HEAD + rb"SECRET {\b budget")
    assert (read.parts, read.undecided) == ({"a": "SECRET budget"}, {"a": "broken"})


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("<h1>SECRET</h1><p>one<br>two</p>", {"a": "SECRET\none\ntwo"}),
        ("<table><tr><td>x</td><td>y</td></tr></table>", {"a": "x\ty\t"}),
        (
            "<div style='display: none'>hid<div>den</div></div>seen",
            {"a / hidden text": "hid\nden", "a": "seen"},
        ),
        ("<p hidden>no</p>yes", {"a / hidden text": "no", "a": "yes"}),
        ("<img alt='a map' title='of'>", {"a / alt text": "a map\nof"}),
        (
            "<!-- SECRET --><script>var x</script><style>p{}</style>&eacute;",
            {"a / comments": "SECRET", "a": "é"},
        ),
        ("<p>never closed <b>text", {"a": "never closed text"}),
    ],
)
def test_a_page_is_read_by_what_it_shows(body: str, parts: dict[str, str]) -> None:
    assert Read(f"<!DOCTYPE html><html><body>{body}</body></html>".encode()).parts == parts


@pytest.mark.parametrize(
    "content",
    ["<html><meta charset=windows-1256>خفیہ", "<html>خفیہ"],
    ids=["as it says", "UTF-16"],
)
def test_a_page_is_read_in_its_encoding(content: str) -> None:
    encoding = "utf-16" if "meta" not in content else "cp1256"
    assert Read(content.encode(encoding, "ignore")).parts["a"] == content.rpartition(">")[2].encode(
        encoding, "ignore"
    ).decode(encoding)


def test_a_picture_in_a_page_is_told() -> None:
    data = base64.b64encode(PNG).decode()
    assert Read(f"<html><img src='data:image/png;base64,{data}'>".encode()).undecided == {
        "a / file 1": "broken"
    }
