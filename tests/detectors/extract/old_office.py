"""Files of Office before 2007, made by hand as small as they can be, and three that LibreOffice has made."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.detectors.extract.samples import compound

FILES = Path(__file__).parent / "files"
_TEXT_STARTS = 0x400


def word(
    stories: Sequence[str],
    *,
    narrow: bool = False,
    flags: int = 0,
    version: int = 0xC1,
    lengths: Mapping[int, int] | None = None,
) -> bytes:
    """A document of Word 97: body, footnotes, headers, macro text, comments, endnotes, text boxes … in this order.

    `narrow` keeps one byte a character; `lengths` lies about the length of a story.
    """
    text = "".join(stories)
    encoded = text.encode("cp1252" if narrow else "utf-16-le")
    units = len(text.encode("utf-16-le")) // 2
    where = _TEXT_STARTS * 2 | 0x40000000 if narrow else _TEXT_STARTS
    pieces = struct.pack("<2I", 0, units) + struct.pack("<HIH", 0, where, 0)
    table = b"\x01" + struct.pack("<H", 3) + b"xyz" + b"\x02" + struct.pack("<I", len(pieces)) + pieces
    document = bytearray(_TEXT_STARTS)
    struct.pack_into("<2H", document, 0, 0xA5EC, version)
    struct.pack_into("<H", document, 10, flags)
    for number, story in enumerate(stories):
        length = (lengths or {}).get(number, len(story.encode("utf-16-le")) // 2)
        struct.pack_into("<i", document, 0x4C + 4 * number, length)
    struct.pack_into("<2I", document, 0x1A2, 0, len(table))
    return compound({"WordDocument": bytes(document) + encoded, "0Table": table})


def record(kind: int, content: bytes = b"", instance: int = 0, inner: Sequence[bytes] = ()) -> bytes:
    """A record of PowerPoint 97, with others in it or with content of its own."""
    held = b"".join(inner) or content
    return struct.pack("<2HI", instance << 4 | (0xF if inner else 0), kind, len(held)) + held


def powerpoint(*records: bytes, user: bytes = b"") -> bytes:
    streams = {"PowerPoint Document": b"".join(records)}
    return compound(streams | {"Current User": user} if user else streams)


def excel(*records: tuple[int, bytes]) -> bytes:
    """A workbook of Excel 97 of these records, between the first and the last that each has."""
    begin = (0x809, struct.pack("<4H2I", 0x600, 5, 0, 0, 0, 0))
    stream = b"".join(
        struct.pack("<2H", kind, len(data)) + data for kind, data in (begin, *records, (0x0A, b""))
    )
    return compound({"Workbook": stream})


def compressed(text: bytes) -> bytes:
    """A container of [MS-OVBA] in which nothing is said twice by pointing back."""
    chunks = b""
    for start in range(0, len(text), 3600):
        piece = text[start : start + 3600]
        content = b"".join(b"\0" + piece[at : at + 8] for at in range(0, len(piece), 8))
        chunks += struct.pack("<H", 0xB000 | len(content) - 1) + content
    return b"\x01" + chunks


def macros(modules: Mapping[str, str], folder: str = "VBA") -> dict[str, bytes]:
    """The streams of a project with these modules, each after some bytes that are no text."""
    project = struct.pack("<HI2s", 3, 2, b"\xe4\x04") + struct.pack("<HI6s", 9, 4, bytes(6))
    for name in modules:
        project += struct.pack("<HI", 0x1A, len(name)) + name.encode("cp1252")
        project += struct.pack("<HII", 0x31, 4, 5)
    streams = {
        f"{folder}/{name}": b"other" + compressed(text.encode("cp1252")) for name, text in modules.items()
    }
    return {f"{folder}/dir": compressed(project)} | streams


def property_set(names: Mapping[str, str], page: int = 1252) -> bytes:
    """A stream of properties that no standard names."""
    encoding = {1200: "utf-16-le", 1252: "cp1252", 65001: "utf-8"}[page]
    dictionary = struct.pack("<I", len(names))
    values = []
    for number, (name, value) in enumerate(names.items(), start=2):
        written = f"{name}\0".encode(encoding)
        length = len(written) // 2 if page == 1200 else len(written)
        dictionary += struct.pack("<2I", number, length) + written
        if page == 1200:
            dictionary += bytes(-len(written) % 4)
        text = f"{value}\0".encode(encoding)
        values.append((number, struct.pack("<2I", 0x1E, len(text)) + text))
    entries = [(0, dictionary), (1, struct.pack("<IHH", 2, page, 0)), *values]
    place, index, body = 8 + 8 * len(entries), b"", b""
    for number, content in entries:
        index += struct.pack("<2I", number, place + len(body))
        body += content
    whole = struct.pack("<2I", place + len(body), len(entries)) + index + body
    return struct.pack("<2HI16sI16sI", 0xFFFE, 0, 0, bytes(16), 1, bytes(16), 48) + whole
