"""Workbooks in the binary form: cells of every sort, and what stands around them."""

import struct

import pytest

from tests.detectors.extract.binary_office import binary_book, cell, record, row, sheet, text
from tests.detectors.extract.samples import Read

NOTHING = struct.pack("<I", 0xFFFFFFFF)
AROUND = record(479, b"\0\0" + text('&C&"Arial,Bold"SECRET&R&P') + text("page") + NOTHING * 4)


def first(*cells: bytes) -> str:
    return Read(binary_book({"S": sheet(row(0, *cells))}, ("zero", "خفیہ"))).parts.get("a / sheet 1", "")


def test_a_workbook_is_read_with_its_sheets_names_remarks_and_what_is_printed() -> None:
    one = sheet(
        row(0, cell(7, struct.pack("<I", 1)), cell(6, text("here"), 1)),
        row(9, cell(5, struct.pack("<d", 3520212345671.0))),
        after=AROUND,
    )
    two = sheet(row(0, cell(8, text("made up"))))
    comments = record(628) + record(637, b"\0" + text("a remark")) + record(629)
    read = Read(binary_book({"Budget": one, "Hidden": two}, ("no", "Name"), comments1=comments))
    assert (read.parts, read.undecided) == (
        {
            "a / sheet names": "Budget\nHidden",
            "a / sheet 1": "Name\there\n3520212345671",
            "a / sheet 1 / header and footer": "SECRET\npage",
            "a / sheet 2": "made up",
            "a / comment": "a remark",
        },
        {},
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (cell(7, struct.pack("<I", 1)), "خفیہ"),
        (cell(7, struct.pack("<I", 77)), ""),
        (cell(6, text("SECRET")), "SECRET"),
        (cell(62, b"\1" + text("SECRET")), "SECRET"),
        (cell(8, text("SECRET")), "SECRET"),
        (cell(5, struct.pack("<d", 12.5)), "12.5"),
        (cell(9, struct.pack("<d", 1e12)), "1000000000000"),
        (cell(2, struct.pack("<i", 42 << 2 | 2)), "42"),
        (cell(2, struct.pack("<i", 1250 << 2 | 3)), "12.5"),
        (cell(2, struct.pack("<i", -7 << 2 | 2)), "-7"),
        (cell(2, struct.pack("<d", 0.5)[4:]), "0.5"),
        (cell(4, b"\1"), "TRUE"),
    ],
    ids=[
        "shared", "shared, but there is none", "text", "rich text", "made text", "number", "made number",
        "whole number", "hundredths", "less than nothing", "half a number", "truth",
    ],
)  # fmt: skip
def test_a_cell_is_what_it_shows(written: bytes, shown: str) -> None:
    assert first(written) == shown


def test_a_cell_that_stands_far_out_takes_no_memory() -> None:
    far = sheet(row(1_048_575, cell(6, text("SECRET"), 16_383)))
    assert Read(binary_book({"S": far})).parts["a / sheet 1"] == "SECRET"


def test_cells_that_share_one_long_text_are_read_up_to_the_limit() -> None:
    rows = [row(number, cell(7, struct.pack("<I", 0))) for number in range(20_000)]
    assert Read(binary_book({"S": sheet(*rows)}, ("x" * 8000,))).undecided == {"a": "too large"}


@pytest.mark.parametrize(
    "broken",
    [
        cell(6, struct.pack("<I", 1 << 30) + b"x"),
        cell(5, b"x"),
        b"\x06\xff\xff\xff\x7f",
        b"\x86",
    ],
    ids=["a text longer than its cell", "half a number", "a record longer than its file", "half a kind"],
)
def test_what_breaks_off_is_told_and_the_other_sheets_are_read(broken: bytes) -> None:
    read = Read(
        binary_book(
            {"S": row(0, cell(6, text("before"))) + broken, "T": sheet(row(0, cell(6, text("SECRET"))))}
        )
    )
    assert (read.parts["a / sheet 1"], read.undecided["a / sheet 1"]) == ("before", "broken")
    assert read.parts["a / sheet 2"] == "SECRET"
