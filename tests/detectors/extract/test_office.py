"""Office documents: everything in them that holds text becomes a part by its own name."""

import io
import warnings
import zipfile

import pytest

from tests.detectors.extract.samples import PNG, Read, docx, office, open_document, paragraphs

LABEL_ID = "3c1f6c0e-7a52-4b58-9d51-0c2f0e8ab771"


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("word/document.xml", "a"),
        ("word/header2.xml", "a / header"),
        ("word/footer1.xml", "a / footer"),
        ("word/footnotes.xml", "a / footnotes"),
        ("word/endnotes.xml", "a / endnotes"),
        ("word/glossary/document.xml", "a / building blocks"),
        ("ppt/slides/slide12.xml", "a / slide 12"),
        ("ppt/slideMasters/slideMaster1.xml", "a / slide master 1"),
        ("ppt/diagrams/data1.xml", "a / drawing"),
        ("xl/drawings/drawing1.xml", "a / drawing 1"),
        ("customXml/item1.xml", "a / other text"),
        ("somewhere/else.xml", "a / other text"),
    ],
)
def test_a_member_is_called_by_what_it_is(member: str, name: str) -> None:
    read = Read(office({member: paragraphs("SECRET")}))
    assert (read.parts, read.undecided) == ({name: "SECRET"}, {})


def test_paragraphs_tables_tabs_and_breaks_keep_their_form() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = (
        "<ROOT><w:p><w:pPr><w:tabs><w:tab w:pos='9'/></w:tabs></w:pPr><w:r><w:t>TOP</w:t><w:noBreakHyphen/><w:t>SECRET</w:t>"
        "<w:tab/><w:t>copy 1</w:t><w:br/><w:t>of 2</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{cell.format('Classification')}{cell.format('SECRET')}</w:tr></w:tbl></ROOT>"
    )
    assert Read(office({"word/document.xml": body})).parts["a"].splitlines() == [
        "TOP-SECRET\tcopy 1",
        "of 2",
        "Classification\tSECRET",
    ]


def test_struck_out_inserted_hidden_and_described_text_is_read() -> None:
    body = (
        "<ROOT><w:p><w:ins><w:r><w:t>added </w:t></w:r></w:ins><w:del><w:r><w:delText>struck out</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        "<w:drawing><wp:docPr id='1' name='x' descr='a map'/></w:drawing></w:p></ROOT>"
    )
    parts = Read(office({"word/document.xml": body})).parts
    assert parts == {"a": "added hidden", "a / deleted text": "struck out", "a / alt text": "a map"}


def test_a_text_box_is_read_once_though_it_is_written_twice() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box.format('SECRET')}</mc:Choice><mc:Fallback>{box.format('{}')}</mc:Fallback></mc:AlternateContent>"
    body = f"<ROOT><w:p><w:r>{both}</w:r></w:p></ROOT>"
    assert Read(office({"word/document.xml": body.format("SECRET")})).parts == {"a": "SECRET"}
    assert Read(office({"word/document.xml": body.format("other")})).parts == {
        "a": "SECRET",
        "a / text for older programs": "other",
    }


def test_each_comment_is_a_part() -> None:
    comment = "<w:comment><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:comment>"
    read = Read(office({"word/comments.xml": f"<ROOT>{comment.format('one')}{comment.format('two')}</ROOT>"}))
    assert read.parts == {"a / comment": "one", "a / comment 2": "two"}


def test_properties_keep_their_names_as_sensitivity_labels_need_it() -> None:
    read = Read(
        office(
            {
                "docProps/core.xml": "<ROOT><dc:title>Plan</dc:title></ROOT>",
                "docProps/custom.xml": f"<ROOT><w:property name='MSIP_Label_{LABEL_ID}_Name'><vt:lpwstr>Confidential</vt:lpwstr></w:property></ROOT>",
                "docMetadata/LabelInfo.xml": f"<ROOT><clbl:label id='{{{LABEL_ID}}}' enabled='1' removed='0'/></ROOT>",
            }
        )
    )
    said = "\n".join(read.parts.values())
    assert "title: Plan" in said
    assert f"MSIP_Label_{LABEL_ID}_Name: Confidential" in said
    assert f"id: {{{LABEL_ID}}}; enabled: 1; removed: 0" in said


def test_the_notes_of_a_slide_go_by_the_number_of_the_slide() -> None:
    read = Read(
        office(
            {
                "ppt/notesSlides/notesSlide1.xml": paragraphs("say this"),
                "ppt/notesSlides/_rels/notesSlide1.xml.rels": '<R><R Target="../slides/slide7.xml"/></R>',
            }
        )
    )
    assert read.parts == {"a / slide 7 notes": "say this"}


def test_a_sheet_has_its_rows_with_shared_strings_long_numbers_and_what_is_printed_around_it() -> None:
    sheet = (
        "<ROOT><w:row><w:c t='s'><w:v>1</w:v></w:c><w:c><w:v>3.520212345671E12</w:v></w:c>"
        "<w:c t='inlineStr'><w:is><w:t>here</w:t></w:is></w:c></w:row>"
        '<w:headerFooter><w:oddHeader>&amp;C&amp;"Arial,Bold"SECRET&amp;R&amp;P</w:oddHeader></w:headerFooter></ROOT>'
    )
    strings = (
        "<ROOT><w:si><w:t>no</w:t></w:si><w:si><w:r><w:t>Na</w:t></w:r><w:r><w:t>me</w:t></w:r></w:si></ROOT>"
    )
    book = "<ROOT><w:sheet name='Budget' state='veryHidden'/></ROOT>"
    read = Read(
        office({"xl/workbook.xml": book, "xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet})
    )
    assert read.parts == {
        "a / sheet names": "Budget",
        "a / sheet 1": "Name\t3520212345671\there",
        "a / sheet 1 / header and footer": "SECRET",
    }


def test_a_picture_and_a_document_in_a_document_are_files_in_it() -> None:
    read = Read(
        office(
            {
                "word/document.xml": paragraphs("x"),
                "word/media/image1.png": PNG,
                "word/embeddings/a.docx": docx("inner"),
            }
        )
    )
    assert read.parts == {"a": "x", "a / file 1.docx": "inner"}
    assert read.undecided == {"a / file 2.png": "broken"}


def test_macros_that_are_none_are_told() -> None:
    assert Read(office({"word/vbaProject.bin": bytes(9)})).undecided == {"a / macros": "unsupported"}


def test_two_members_of_one_name_are_told_as_broken() -> None:
    one, other = docx("one"), docx("two")
    assert Read(one).undecided == Read(other).undecided == {}
    file = io.BytesIO(one)
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", paragraphs("two"))
    assert Read(file.getvalue()).undecided["a"] == "broken"


def test_what_comes_before_broken_xml_is_read_and_the_rest_told() -> None:
    read = Read(
        office(
            {
                "word/document.xml": paragraphs("SECRET").removesuffix("</ROOT>"),
                "word/header1.xml": paragraphs("ok"),
            }
        )
    )
    assert read.parts == {"a": "SECRET", "a / header": "ok"}
    assert read.undecided == {"a": "broken"}


def test_an_open_text_has_header_notes_comments_and_deleted_text() -> None:
    read = Read(
        open_document(
            "text",
            "<office:body><office:text><text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>"
            "<text:p>Hi<text:s text:c='2'/>there<text:note><text:p>note</text:p></text:note>"
            "<office:annotation><text:p>remark</text:p></office:annotation></text:p></office:text></office:body>",
            styles="<office:master-styles><style:header><text:p>SECRET</text:p></style:header></office:master-styles>",
        )
    )
    assert read.parts == {
        "a": "Hi  there",
        "a / notes": "note",
        "a / comment": "remark",
        "a / deleted text": "gone",
        "a / header": "SECRET",
    }


def test_an_open_table_has_a_part_a_sheet() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    table = (
        "<table:table table:name='{}'><table:table-row>"
        + cell.format("x")
        + cell.format("y")
        + "</table:table-row></table:table>"
    )
    body = f"<office:spreadsheet>{table.format('One')}{table.format('Two')}</office:spreadsheet>"
    parts = {name: text.strip() for name, text in Read(open_document("spreadsheet", body)).parts.items()}
    assert parts == {"a / sheet names": "One\nTwo", "a / sheet 1": "x\ty", "a / sheet 2": "x\ty"}


def test_open_slides_have_notes() -> None:
    page = "<draw:page><draw:frame><text:p>shown</text:p></draw:frame><presentation:notes><text:p>said</text:p></presentation:notes></draw:page>"
    read = Read(open_document("presentation", f"<office:presentation>{page}</office:presentation>"))
    assert read.parts == {"a / slide 1": "shown", "a / slide 1 notes": "said"}


def test_no_two_parts_have_one_name() -> None:
    names = [
        "xl/charts/chart1.xml",
        "xl/charts/chart2.xml",
        "xl/drawings/drawing2.xml",
        "xl/charts/chart3.xml",
    ]
    read = Read(office({name: paragraphs(name) for name in names}))
    assert sorted(read.parts.values()) == sorted(names)


@pytest.mark.parametrize(
    ("member", "xml"),
    [
        (
            "xl/threadedComments/threadedComment1.xml",
            "<w:threadedComment><w:text>SECRET</w:text></w:threadedComment>",
        ),
        ("ppt/comments/comment1.xml", "<p:cm><p:text>SECRET</p:text></p:cm>"),
        (
            "ppt/comments/modernComment_1.xml",
            "<p:cm><p:txBody><a:p><a:r><a:t>SECRET</a:t></a:r></a:p></p:txBody></p:cm>",
        ),
    ],
    ids=["Excel", "PowerPoint before", "PowerPoint now"],
)
def test_comments_of_each_program_are_read(member: str, xml: str) -> None:
    assert Read(office({member: f"<ROOT>{xml}</ROOT>"})).parts == {"a / comment": "SECRET"}
