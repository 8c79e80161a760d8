"""PDF: a part a page, and what has no text is told as not read."""

from dataclasses import replace

import pytest

from detectors.extract.limits import LIMITS
from tests.detectors.extract.drawings import illustrated, written
from tests.detectors.extract.samples import PNG, Read, docx, pdf

LABEL = "MSIP_Label_3c1f6c0e-7a52-4b58-9d51-0c2f0e8ab771_Name"


def test_each_page_is_a_part_line_by_line() -> None:
    read = Read(pdf("SECRET\nSummary for the Secretary", "second"))
    assert read.parts == {"a / page 1": "SECRET\nSummary for the Secretary", "a / page 2": "second"}
    assert read.undecided == {}


def test_an_empty_page_has_nothing_to_read() -> None:
    read = Read(pdf("one", "", "three"))
    assert list(read.parts) == ["a / page 1", "a / page 3"]
    assert read.undecided == {}


@pytest.mark.parametrize(
    ("text", "size", "named"),
    [
        ("", 590, "a / page 1"),
        ("Scanned by a telephone", 590, "a / page 1 2"),
        ("Minutes of the meeting. " * 12, 300, "a / page 1 / picture 1"),
    ],
    ids=["nothing else", "the name of a scanner", "a page of text"],
)
def test_a_picture_on_a_page_is_read_whatever_stands_beside_it(text: str, size: int, named: str) -> None:
    lines = ["SECRET", "Summary for the Cabinet", *[f"Paragraph {number} of ten" for number in range(1, 11)]]
    read = Read(illustrated(text, written(*lines), size))
    assert read.undecided == {}
    assert read.parts[named].splitlines()[:4] == lines[:4]


def test_a_speck_on_a_page_of_text_is_passed_over() -> None:
    read = Read(illustrated("Minutes of the meeting. " * 12, written("SECRET"), 20))
    assert list(read.parts) == ["a / page 1"]


def test_the_same_picture_on_every_page_is_read_once() -> None:
    picture = written("SECRET")
    read = Read(illustrated("Minutes of the meeting. " * 12, picture, 300, pages=3))
    assert [name for name in read.parts if "picture" in name] == ["a / page 1 / picture 1"]


def test_a_text_layer_that_is_not_what_the_page_shows_is_read_as_an_image_too() -> None:
    garbage = "\x01\x02\x03\x04 \x05\x06\x07 " * 20
    read = Read(illustrated(garbage, written("SECRET", "Summary for the Cabinet"), 590))
    assert read.parts["a / page 1"].startswith("SECRET\nSummary")


def test_what_people_note_on_a_page_is_read() -> None:
    note = b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(TOP SECRET)>>"
    read = Read(pdf("text", more=[note], page_entries="/Annots[4 0 R]"))
    assert read.parts == {"a / page 1": "text", "a / page 1 / comments": "TOP SECRET"}


def test_the_information_tells_title_and_sensitivity_label() -> None:
    read = Read(pdf("text", info=f"<</Title(Budget)/{LABEL}(Confidential)>>"))
    assert read.parts["a / properties"].splitlines() == ["Title: Budget", f"{LABEL}: Confidential"]


@pytest.mark.parametrize(
    "key", ["Classification", "TitusClassification", "ProtectiveMarking", "PM_MarkingText"]
)
def test_the_information_tells_properties_that_are_named_after_a_marking(key: str) -> None:
    assert Read(pdf("text", info=f"<</{key}(SECRET)>>")).parts["a / properties"] == f"{key}: SECRET"


def test_the_description_as_xml_is_read() -> None:
    xmp = (
        b'<x:xmpmeta xmlns:x="x"><r:RDF xmlns:r="r"><r:Description xmlns:d="d" xmlns:p="p" p:Marking="SECRET"><d:title><r:Alt><r:li>Plan</r:li>'
        b"</r:Alt></d:title></r:Description></r:RDF></x:xmpmeta>"
    )
    stream = b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%b\nendstream" % (len(xmp), xmp)
    assert Read(pdf("text", more=[stream])).parts["a / properties"].splitlines() == [
        "Marking: SECRET",
        "title: Plan",
    ]


@pytest.mark.parametrize("content", [docx("inner"), PNG], ids=["document", "picture"])
def test_a_file_in_it_is_read_as_what_it_is(content: bytes) -> None:
    stream = b"<</Type/EmbeddedFile/Length %d>>stream\n%b\nendstream" % (len(content), content)
    file = b"<</Type/Filespec/F(memo.docx)/UF(memo.docx)/EF<</F 4 0 R>>>>"
    whole = pdf("text", more=[stream, file]).replace(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(m)5 0 R]>>>>>>",
    )
    read = Read(whole)
    assert read.parts["a / file names"] == "memo.docx"
    assert read.parts.get("a / file 1.docx") == "inner" or read.undecided == {"a / file 1.docx": "broken"}


def test_pages_over_the_limit_are_told() -> None:
    read = Read(pdf("one", "two", "three"), replace(LIMITS, pages=2))
    assert (len(read.parts), read.undecided) == (2, {"a / page 3 to 3": "too many pages"})
