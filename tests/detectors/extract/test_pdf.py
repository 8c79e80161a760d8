"""PDF: a part a page, and what has no text is told as not read."""

from dataclasses import replace

import pytest

from detectors.extract.limits import LIMITS
from tests.detectors.extract.samples import PNG, Read, assembled, docx, pdf

LABEL = "MSIP_Label_3c1f6c0e-7a52-4b58-9d51-0c2f0e8ab771_Name"


def test_each_page_is_a_part_line_by_line() -> None:
    read = Read(pdf("SECRET\nSummary for the Secretary", "second"))
    assert read.parts == {"a / page 1": "SECRET\nSummary for the Secretary", "a / page 2": "second"}
    assert read.undecided == {}


def test_a_page_without_text_needs_reading_as_an_image() -> None:
    read = Read(pdf("one", "", "three"))
    assert list(read.parts) == ["a / page 1", "a / page 3"]
    assert read.undecided == {"a / page 2": "needs reading as an image"}


@pytest.mark.parametrize(("size", "is_scan"), [(590, True), (60, False)], ids=["over the page", "a logo"])
def test_a_page_that_is_a_picture_under_the_name_of_its_scanner_is_told(size: int, is_scan: bool) -> None:
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\nx\nendstream"
    stream = b"q %d 0 0 %d 0 0 cm /I 4 0 R Do /I Do Q BT /F1 9 Tf 50 20 Td (Scanned by a telephone) Tj ET" % (
        size,
        size,
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</I 4 0 R>>>>>>"
    read = Read(
        assembled(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Count 1/Kids[6 0 R]>>",
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
                picture,
                b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
                page,
            ]
        )
    )
    assert read.parts == {"a / page 1": "Scanned by a telephone"}
    assert bool(read.undecided) is is_scan


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
    assert read.parts.get("a / file 1.docx") == "inner" or read.undecided == {
        "a / file 1.docx": "needs reading as an image"
    }


def test_pages_over_the_limit_are_told() -> None:
    read = Read(pdf("one", "two", "three"), replace(LIMITS, pages=2))
    assert (len(read.parts), read.undecided) == (2, {"a / page 3 to 3": "too many pages"})
