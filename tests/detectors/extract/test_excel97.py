"""Excel before 2007: cells by sheets, and what stands around them."""

import struct

import pytest

from tests.detectors.extract.old_office import FILES, excel
from tests.detectors.extract.samples import Read

SHAPE, CONTINUED, HEADER = 0x1B6, 0x3C, 0x14


def shape(length: int) -> tuple[int, bytes]:
    return SHAPE, struct.pack("<10x4H", length, 0, 0, 0)


def test_a_workbook_of_libreoffice_is_read_whole() -> None:
    read = Read((FILES / "book.xls").read_bytes())
    assert read.parts == {
        "a / sheet names": "Budget\nSecret Plan",
        "a / sheet 1": "Name\tخفیہ مراسلہ\n3520212345671\t12.5\t44999\t1",
        "a / sheet 2": "second sheet SECRET",
        "a / header and footer": "HEADER SECRET\nFooter here",
        "a / comments and text boxes": "A cell comment",
    }
    assert read.undecided == {}


@pytest.mark.parametrize(
    ("records", "name", "text"),
    [
        ([(HEADER, b"\x08\0\0&CSECRET")], "header and footer", "SECRET"),
        ([(HEADER, b"\x04\0\x01" + "خفیہ".encode("utf-16-le"))], "header and footer", "خفیہ"),
        ([(HEADER, b"\x06SECRET")], "header and footer", "SECRET"),
        ([shape(6), (CONTINUED, b"\0SECRET"), (CONTINUED, b"\0" * 16)], "comments and text boxes", "SECRET"),
        ([shape(6), (CONTINUED, b"\0SEC"), (CONTINUED, b"\0RET")], "comments and text boxes", "SECRET"),
        ([shape(9), (CONTINUED, b"\0SECRET"), (HEADER, b"")], "comments and text boxes", "SECRET"),
    ],
    ids=["header", "in two bytes", "of Excel 5", "remark", "remark in pieces", "shorter than it says"],
)
def test_what_stands_around_the_cells_is_read(records: list[tuple[int, bytes]], name: str, text: str) -> None:
    assert Read(excel(*records)).parts[f"a / {name}"] == text


def test_an_encrypted_workbook_is_told() -> None:
    assert Read(excel((0x2F, bytes(6)))).undecided == {"a": "encrypted"}


def test_cells_that_share_one_long_text_are_read_up_to_the_limit() -> None:
    text, count = b"x" * 8000, 20_000
    strings = (0xFC, struct.pack("<2I", count, 1) + struct.pack("<HB", len(text), 0) + text)
    # Excel tells where its sheets are from the beginning of the stream.
    before = 20 + 13 + 4 + len(strings[1]) + 4
    book = (0x85, struct.pack("<I2B", before, 0, 0) + b"\x01\0S")
    cells = [(0xFD, struct.pack("<3HI", row, 0, 0, 0)) for row in range(count)]
    begin = (0x809, struct.pack("<4H2I", 0x600, 0x10, 0, 0, 0, 0))
    read = Read(excel(book, strings, (0x0A, b""), begin, *cells))
    assert read.undecided == {"a": "too large"}
