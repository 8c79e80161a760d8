"""Excel workbooks in the binary form that lies in a ZIP, by its published format [MS-XLSB].

A cell that stands far out takes no memory here, as it does in the libraries that read whole tables.
"""

import re
import struct
from collections.abc import Callable, Iterator
from typing import Any

from detectors.extract import reasons
from detectors.extract.packages import Package
from detectors.extract.reading import Unreadable
from detectors.extract.workbook import printed, up_to
from detectors.finding import Place

MEMBERS = re.compile(
    r"xl/(?:workbook|sharedStrings|(?:work|chart|dialog|macro)sheets/[^/]+|comments\d*)\.bin"
)
_SHARED, _BOOK = "xl/sharedStrings.bin", "xl/workbook.bin"
_SHEET = re.compile(r"xl/\w+sheets/[^/]+\.bin")
_COMMENTS = re.compile(r"xl/comments\d*\.bin")

_ROW, _SHARED_STRING, _NAME, _SHEET_NAME, _AROUND, _COMMENT = 0, 19, 39, 156, 479, 637
_SHORT_NUMBER, _TRUTH, _NUMBER, _TEXT, _SHARED_TEXT = 2, 4, 5, 6, 7
_MADE_TEXT, _MADE_NUMBER, _MADE_TRUTH, _RICH_TEXT = 8, 9, 10, 62
_CELL = 8
"""Bytes of a cell before its value: its column and its look."""

_NO_TEXT = 0xFFFFFFFF
_TEXTS_AROUND = 6


def read_binary_workbook(package: Package) -> None:
    """Each sheet is a part, hidden ones too; the sheets' names are a text of their own, as are remarks."""
    shared: list[str] = []
    if _SHARED in package.names:
        with package.reading.caught(package.called("shared text")):
            strings = _records(package.bytes_of(_SHARED))
            shared = [_text(data, 1) for kind, data in strings if kind == _SHARED_STRING]
    if _BOOK in package.names:
        with package.reading.caught(package.called("sheet names")):
            names = _names(package.bytes_of(_BOOK))
            package.reading.text(package.called("sheet names"), "\n".join(names))
    sheets = sorted(filter(_SHEET.fullmatch, package.names), key=lambda name: "/binaryIndex" in name)
    for number, name in enumerate(sheets, start=1):
        with package.reading.caught(package.called(f"sheet {number}")):
            _read_sheet(package, package.bytes_of(name), f"sheet {number}", shared)
    for name in filter(_COMMENTS.fullmatch, package.names):
        with package.reading.caught(package.called("comment")):
            for kind, data in _records(package.bytes_of(name)):
                if kind == _COMMENT:
                    package.reading.text(package.called("comment"), _text(data, 1))


def _read_sheet(package: Package, content: bytes, place: str, shared: list[str]) -> None:
    reading, called = package.reading, package.called(place)
    rows: list[str] = []
    around: list[str] = []
    with reading.caught(called):
        rows.extend(up_to(reading.limits.characters, _rows(content, shared)))
    reading.text(called, "\n".join(rows))
    with reading.caught(called):
        around.extend(_around(content))
    reading.text(f"{called} / header and footer", "\n".join(around), Place.MARGIN)


def _names(content: bytes) -> list[str]:
    """The names of sheets, and of what has a name."""
    names = []
    for kind, data in _records(content):
        if kind == _SHEET_NAME:
            (length,) = _numbers("<I", data, _CELL)
            names.append(_text(data, _CELL + 4 + (0 if length == _NO_TEXT else 2 * length)))
        elif kind == _NAME:
            names.append(_text(data, 9))
    return names


def _rows(content: bytes, shared: list[str]) -> Iterator[str]:
    cells: list[str] = []
    try:
        for kind, data in _records(content):
            if kind == _ROW and cells:
                yield "\t".join(cells)
                cells = []
            elif kind == _SHARED_TEXT:
                (index,) = _numbers("<I", data, _CELL)
                cells.append(shared[index] if index < len(shared) else "")
            elif kind in _VALUES:
                cells.append(_VALUES[kind](data))
    except Unreadable:
        yield "\t".join(cells)
        raise
    yield "\t".join(cells)


def _around(content: bytes) -> Iterator[str]:
    """What is printed above and below a sheet."""
    for kind, data in _records(content):
        place = 2
        for _ in range(_TEXTS_AROUND if kind == _AROUND else 0):
            (length,) = _numbers("<I", data, place)
            if length != _NO_TEXT:
                yield printed(_text(data, place))
            place += 4 + (0 if length == _NO_TEXT else 2 * length)


def _short_number(data: bytes) -> str:
    """A number in thirty bits, perhaps in hundredths."""
    (packed,) = _numbers("<i", data, _CELL)
    if packed & 2:
        value = float(packed >> 2)
    else:
        (value,) = struct.unpack("<d", bytes(4) + struct.pack("<i", packed & ~3))
    return _shown(value / 100 if packed & 1 else value)


def _shown(value: float) -> str:
    """A long number, as that of an identity card, is a number like any other here."""
    return f"{value:.0f}" if value.is_integer() else str(value)


def _number(data: bytes) -> str:
    return _shown(_numbers("<d", data, _CELL)[0])


def _truth(data: bytes) -> str:
    return "TRUE" if data[_CELL : _CELL + 1] == b"\x01" else "FALSE"


def _written(data: bytes) -> str:
    return _text(data, _CELL)


_VALUES: dict[int, Callable[[bytes], str]] = {
    _SHORT_NUMBER: _short_number,
    _TRUTH: _truth,
    _NUMBER: _number,
    _TEXT: _written,
    _MADE_TEXT: _written,
    _MADE_NUMBER: _number,
    _MADE_TRUTH: _truth,
    _RICH_TEXT: lambda data: _text(data, _CELL + 1),
}


def _text(data: bytes, place: int) -> str:
    """A text after its length. Raises Unreadable."""
    (length,) = _numbers("<I", data, place)
    if place + 4 + 2 * length > len(data):
        raise Unreadable(reasons.BROKEN)
    return data[place + 4 : place + 4 + 2 * length].decode("utf-16-le", "surrogatepass")


def _numbers(layout: str, data: bytes, place: int) -> tuple[Any, ...]:
    try:
        return struct.unpack_from(layout, data, place)
    except struct.error as error:
        raise Unreadable(reasons.BROKEN) from error


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The kind and the data of each record. Raises Unreadable after the last whole one."""
    place = 0
    while place < len(content):
        kind, place = _varied(content, place, 2)
        size, place = _varied(content, place, 4)
        if place + size > len(content):
            raise Unreadable(reasons.BROKEN)
        yield kind, content[place : place + size]
        place += size


def _varied(content: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, as long as the eighth says that another follows; and where it ends."""
    number = 0
    for index in range(most):
        if place >= len(content):
            raise Unreadable(reasons.BROKEN)
        byte = content[place]
        place += 1
        number |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            break
    return number, place
