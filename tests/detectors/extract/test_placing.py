"""What stands around a text and what a document says of itself is told from its body."""

import pytest

from detectors.finding import Place
from tests.detectors.extract.samples import (
    Read,
    mail,
    office,
    open_document,
    outlook,
    paragraphs,
)

SHEET = (
    "<ROOT><sheetData><row><c t='inlineStr'><is><t>x</t></is></c></row></sheetData>"
    "<headerFooter><oddHeader>&amp;CSECRET</oddHeader></headerFooter></ROOT>"
)
STYLES = "<office:master-styles><style:footer><text:p>SECRET</text:p></style:footer></office:master-styles>"
TITLE = "<ROOT><dc:title>SECRET</dc:title></ROOT>"


@pytest.mark.parametrize(
    ("content", "name", "place"),
    [
        (office({"word/document.xml": paragraphs("x")}), "a", Place.BODY),
        (office({"word/header1.xml": paragraphs("x")}), "a / header", Place.MARGIN),
        (office({"word/footer3.xml": paragraphs("x")}), "a / footer", Place.MARGIN),
        (office({"word/footnotes.xml": paragraphs("x")}), "a / footnotes", Place.BODY),
        (office({"ppt/slides/slide2.xml": paragraphs("x")}), "a / slide 2", Place.BODY),
        (office({"ppt/slideMasters/slideMaster1.xml": paragraphs("x")}), "a / slide master 1", Place.MARGIN),
        (office({"xl/worksheets/sheet1.xml": SHEET}), "a / sheet 1", Place.BODY),
        (office({"xl/worksheets/sheet1.xml": SHEET}), "a / sheet 1 / header and footer", Place.MARGIN),
        (office({"docProps/core.xml": TITLE}), "a / properties", Place.PROPERTIES),
        (open_document("text", "<text:p>x</text:p>", styles=STYLES), "a", Place.BODY),
        (open_document("text", "<text:p>x</text:p>", styles=STYLES), "a / footer", Place.MARGIN),
        (rb"{\rtf1{\header x\par}{\info{\title y}}z\par}", "a / header", Place.MARGIN),
        (rb"{\rtf1{\header x\par}{\info{\title y}}z\par}", "a / properties", Place.PROPERTIES),
        (rb"{\rtf1{\header x\par}{\info{\title y}}z\par}", "a", Place.BODY),
        (mail("x", {}), "a / header", Place.PROPERTIES),
        (mail("x", {}), "a", Place.BODY),
        (outlook("Budget", "x", {}), "a / header", Place.PROPERTIES),
        (outlook("Budget", "x", {}), "a", Place.BODY),
    ],
)
def test_a_part_has_its_place(content: bytes, name: str, place: Place) -> None:
    assert Read(content).places[name] == place
