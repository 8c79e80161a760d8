"""Word before 2007: every story of a document is a part, and lying numbers are told."""

import pytest

from tests.detectors.extract.old_office import FILES, word
from tests.detectors.extract.samples import Read


def test_a_document_of_libreoffice_is_read_whole() -> None:
    read = Read((FILES / "memo.doc").read_bytes())
    assert read.parts == {
        "a / properties": "title: Supplementary grants\nkeywords: SECRET\nClassification: SECRET",
        "a": "Plain first paragraph.\nCafé — naïve “quoted” €5.\nخفیہ مراسلہ حکومت پاکستان\nSee the link here. "
        "And struck out wordsafter.\nEnd\tnote\nline\nClassification\tSECRET\nBox:\nLast paragraph.",
        "a / footnotes": "\tA footnote text",
        "a / header and footer": "HEADER SECRET\n\nFooter page 1",
        "a / comments": "A comment text",
        "a / endnotes": "\tAn endnote text",
        "a / text boxes": "In a text box",
    }
    assert read.undecided == {}


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("one\rtwo\x0bthree\x0cfour", "one\ntwo\nthree\nfour"),
        ("a\x07b\x07\x07c\x07d\x07\x07", "a\tb\nc\td"),
        ("TOP\x1eSEC\x1fRET", "TOP-SEC\xadRET"),
        ('\x13 HYPERLINK "x" \x14shown\x15.', "shown."),
        ("\x13 IF \x13 PAGE \x14 1 \x15 = 2\x14outer \x13 DATE \x14today\x15\x15", "outer today"),
        ("\x13 NOTHING \x15left", "left"),
        ("never \x13closed \x14field", "never closed field"),
        ("𝐒ECRET", "𝐒ECRET"),
    ],
    ids=[
        "breaks",
        "a table",
        "hyphens",
        "a link",
        "fields in fields",
        "no result",
        "not closed",
        "two units",
    ],
)
def test_signs_in_the_text_are_what_they_stand_for(body: str, shown: str) -> None:
    read = Read(word([body]))
    assert (read.parts, read.undecided) == ({"a": shown}, {})


def test_text_of_one_byte_a_character_is_western() -> None:
    assert Read(word(["“Café” €5", "", "header"], narrow=True)).parts == {
        "a": "“Café” €5",
        "a / header and footer": "header",
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (word(["x"], flags=0x100), "encrypted"),
        (word(["x"], version=0x68), "unsupported"),
        (word(["x"], flags=0x200), "broken"),
        (word(["x"], lengths={0: 99}), "broken"),
    ],
    ids=["encrypted", "Word 6", "another table", "longer than it is"],
)
def test_what_cannot_be_read_is_told(content: bytes, reason: str) -> None:
    assert Read(content).undecided == {"a": reason}


@pytest.mark.parametrize("length", [0, -5, 2])
def test_text_that_no_story_claims_is_read_too(length: int) -> None:
    parts = Read(word(["SECRET"], lengths={0: length})).parts
    assert "".join(parts.values()) == "SECRET"
