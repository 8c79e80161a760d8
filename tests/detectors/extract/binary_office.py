"""Workbooks in the binary form, made by hand as small as they can be."""

import struct
from collections.abc import Mapping

from tests.detectors.extract.samples import zipped

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(data)
    while length > 0x7F:
        size += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + size + bytes([length]) + data


def text(said: str) -> bytes:
    return struct.pack("<I", len(said.encode("utf-16-le")) // 2) + said.encode("utf-16-le")


def cell(kind: int, value: bytes, column: int = 0) -> bytes:
    return record(kind, struct.pack("<2I", column, 0) + value)


def row(number: int, *cells: bytes) -> bytes:
    return record(0, struct.pack("<3I5x", number, 0, 0)) + b"".join(cells)


def sheet(*rows: bytes, after: bytes = b"") -> bytes:
    return record(129) + record(145) + b"".join(rows) + record(146) + after + record(130)


def binary_book(sheets: Mapping[str, bytes], strings: tuple[str, ...] = (), **others: bytes) -> bytes:
    """A workbook with these sheets; `others` are members of `xl` by their names without ending."""
    book, relations = record(131) + record(143), _RELATIONS
    members: dict[str, str | bytes] = {"[Content_Types].xml": _TYPES}
    for number, (name, content) in enumerate(sheets.items(), start=1):
        book += record(156, struct.pack("<2I", 0, number) + text(f"rId{number}") + text(name))
        relations += (
            f'<Relationship Id="rId{number}" Type="{_KIND}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        )
        members[f"xl/worksheets/sheet{number}.bin"] = content
    relations += (
        f'<Relationship Id="rId99" Type="{_KIND}/sharedStrings" Target="sharedStrings.bin"/></Relationships>'
    )
    shared = record(159, struct.pack("<2I", len(strings), len(strings)))
    shared += b"".join(record(19, b"\0" + text(one)) for one in strings) + record(160)
    return zipped(
        members
        | {
            "_rels/.rels": f'{_RELATIONS}<Relationship Id="rId1" Type="{_KIND}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
            "xl/_rels/workbook.bin.rels": relations,
            "xl/workbook.bin": book + record(144) + record(132),
            "xl/sharedStrings.bin": shared,
        }
        | {f"xl/{name}.bin": content for name, content in others.items()}
    )
