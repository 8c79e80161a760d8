"""Excel from 5 to 2003: cells by xlrd, and what it leaves out by the published format [MS-XLS]."""

import io
import struct
from collections.abc import Iterator

import xlrd  # type: ignore[import-untyped]

from detectors.extract import reasons
from detectors.extract.blips import tell_pictures
from detectors.extract.reading import Reading, Unreadable
from detectors.extract.streams import Streams
from detectors.extract.workbook import printed, up_to
from detectors.finding import Place

_ENCRYPTED, _SHAPE_TEXT, _CONTINUED, _PICTURES = 0x2F, 0x1B6, 0x3C, 0xEB
_AROUND = frozenset({0x14, 0x15})
_IN_TWO_BYTES = 1

Records = list[tuple[int, bytes]]


def read_excel(streams: Streams, label: str, reading: Reading) -> None:
    """Each sheet is a part, hidden ones too; so are remarks with text boxes, and headers with footers."""
    # A file for old programs and new ones has two workbooks.
    for name in filter(streams.has, ("Workbook", "Book")):
        with reading.caught(label):
            _read_book(streams.content(name), label, reading)


def _read_book(content: bytes, label: str, reading: Reading) -> None:
    records = list(_records(content))
    if any(kind == _ENCRYPTED for kind, _ in records):
        raise Unreadable(reasons.ENCRYPTED)
    with reading.caught(label):
        _read_sheets(content, label, reading)
    around = dict.fromkeys(printed(_short_text(data)) for kind, data in records if kind in _AROUND)
    reading.text(f"{label} / header and footer", "\n".join(filter(None, around)), Place.MARGIN)
    reading.text(f"{label} / comments and text boxes", "\n".join(_shape_texts(records)))
    tell_pictures(b"".join(_joined(records, _PICTURES)), label, reading)


def _read_sheets(content: bytes, label: str, reading: Reading) -> None:
    # What it has to say goes to standard output otherwise, where the parts are told.
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
    names = [*book.sheet_names(), *(one.name for one in book.name_obj_list)]
    reading.text(f"{label} / sheet names", "\n".join(names))
    for number in range(book.nsheets):
        called = f"{label} / sheet {number + 1}"
        with reading.caught(called):
            sheet = book.sheet_by_index(number)
            rows = ("\t".join(map(_shown, sheet.row(row))).rstrip("\t") for row in range(sheet.nrows))
            reading.text(called, "\n".join(up_to(reading.limits.characters, rows)))
            book.unload_sheet(number)


def _shown(cell: xlrd.sheet.Cell) -> str:
    """A long number, as that of an identity card, is a number like any other here."""
    if cell.ctype == xlrd.XL_CELL_NUMBER and float(cell.value).is_integer():
        return f"{cell.value:.0f}"
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else str(cell.value)


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The kind and the data of each record."""
    place = 0
    while place + 4 <= len(content):
        kind, size = struct.unpack_from("<2H", content, place)
        yield kind, content[place + 4 : place + 4 + size]
        place += 4 + size


def _joined(records: Records, wanted: int) -> Iterator[bytes]:
    """The data of records of a kind, with that of those which continue them."""
    is_wanted = False
    for kind, data in records:
        is_wanted = kind == wanted or (is_wanted and kind == _CONTINUED)
        if is_wanted:
            yield data


def _short_text(data: bytes) -> str:
    """The text of a header: its length, how it is written, its characters. Excel 5 has no second one."""
    if len(data) < 3:
        return ""
    length, flags = struct.unpack_from("<HB", data)
    if data[0] + 1 == len(data):
        return data[1:].decode("cp1252", "replace")
    return _characters(data[3:], flags, length)


def _shape_texts(records: Records) -> Iterator[str]:
    """What is written in shapes; a remark is one."""
    left = 0
    said: list[str] = []
    for kind, data in records:
        if kind == _SHAPE_TEXT and len(data) >= 12:
            left = struct.unpack_from("<H", data, 10)[0]
            said = []
        elif kind == _CONTINUED and left and data:
            said.append(_characters(data[1:], data[0], left))
            left -= len(said[-1])
            if not left:
                yield "".join(said)
        elif left:
            yield "".join(said)
            left = 0


def _characters(data: bytes, flags: int, most: int) -> str:
    if flags & _IN_TWO_BYTES:
        # A text that goes on elsewhere may break off within a character.
        return data[: min(2 * most, len(data) & ~1)].decode("utf-16-le", "surrogatepass")
    return data[:most].decode("latin-1")
