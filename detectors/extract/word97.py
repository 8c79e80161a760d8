"""Word from 97 to 2003, by the published format [MS-DOC]: no maintained free library reads it.

A document is one long text in pieces: the body, then footnotes, headers, comments, endnotes and text boxes.
How text looks is told elsewhere and is not read; so hidden and struck out text is read like any other.
"""

import re
import struct

from detectors.extract import reasons
from detectors.extract.blips import tell_pictures
from detectors.extract.reading import Reading, Unreadable
from detectors.extract.streams import Streams
from detectors.finding import Place

_SIGN, _FIRST_VERSION = 0xA5EC, 0xC0
_IS_ENCRYPTED, _HAS_TABLE_1 = 0x0100, 0x0200
_LENGTHS, _PIECES = 0x4C, 0x1A2
_STORIES = (
    ("", Place.BODY),
    ("footnotes", Place.BODY),
    ("header and footer", Place.MARGIN),
    ("macro text", Place.BODY),
    ("comments", Place.BODY),
    ("endnotes", Place.BODY),
    ("text boxes", Place.BODY),
    ("header text boxes", Place.MARGIN),
)
_FORMATTING, _PIECE_TABLE = 1, 2
_IN_ONE_BYTE = 0x40000000
_FIELD_CODE = re.compile("\x13[^\x13-\x15]*+(?:\x14([^\x13-\x15]*+))?\x15")
_MOST_NESTED_FIELDS = 20
_CHARACTERS = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x07": "\t", "\x1e": "-", "\x1f": "\xad"}
    | dict.fromkeys("\x00\x01\x02\x03\x04\x05\x06\x08\x13\x14\x15", "")
)


def read_word(streams: Streams, label: str, reading: Reading) -> None:
    """The body of a document and what stands around it."""
    document = streams.content("WordDocument")
    sign, version, flags = _numbers(document, 0, "<2H6xH")
    if flags & _IS_ENCRYPTED:
        raise Unreadable(reasons.ENCRYPTED)
    if sign != _SIGN or version < _FIRST_VERSION:
        raise Unreadable(reasons.UNSUPPORTED)
    name = "1Table" if flags & _HAS_TABLE_1 else "0Table"
    if not streams.has(name):
        raise Unreadable(reasons.BROKEN)
    pictures = document + (streams.content("Data") if streams.has("Data") else b"")
    tell_pictures(pictures, label, reading)
    start, size = _numbers(document, _PIECES, "<2I")
    text = _text(document, streams.content(name)[start : start + size])
    at = 0
    for (place, weight), length in zip(_STORIES, _numbers(document, _LENGTHS, "<8i"), strict=True):
        story = text[2 * at : 2 * (at + max(length, 0))].decode("utf-16-le", "replace")
        reading.text(f"{label} / {place}" if place else label, _shown(story).strip("\n"), weight)
        at += max(length, 0)
    rest = text[2 * at :].decode("utf-16-le", "replace")
    reading.text(f"{label} / other text", _shown(rest).strip("\n"))
    if len(text) < 2 * at:
        raise Unreadable(reasons.BROKEN)


def _text(document: bytes, table: bytes) -> bytes:
    """All the text, in UTF-16: the places of its stories are told in units of that."""
    place = 0
    while _numbers(table, place, "<B")[0] == _FORMATTING:
        place += 3 + _numbers(table, place + 1, "<H")[0]
    kind, size = _numbers(table, place, "<BI")
    count = (size - 4) // 12
    if kind != _PIECE_TABLE or count < 0:
        raise Unreadable(reasons.BROKEN)
    starts = _numbers(table, place + 5, f"<{count + 1}I")
    text = bytearray()
    for number in range(count):
        length = starts[number + 1] - starts[number]
        (where,) = _numbers(table, place + 5 + 4 * (count + 1) + 8 * number + 2, "<I")
        text += _piece(document, where, length)
        # Pieces may point to the same place again and again.
        if length < 0 or len(text) > 2 * len(document):
            raise Unreadable(reasons.BROKEN)
    return bytes(text)


def _piece(document: bytes, where: int, length: int) -> bytes:
    start = where & ~_IN_ONE_BYTE
    if where & _IN_ONE_BYTE:
        return document[start // 2 : start // 2 + length].decode("cp1252", "replace").encode("utf-16-le")
    return document[start : start + 2 * length]


def _shown(text: str) -> str:
    """What fields come to instead of their codes, cells by tabs and rows by lines."""
    for _ in range(_MOST_NESTED_FIELDS):
        text, changes = _FIELD_CODE.subn(lambda field: field[1] or "", text)
        if not changes:
            break
    return text.replace("\x07\x07", "\n").translate(_CHARACTERS)


def _numbers(content: bytes, place: int, layout: str) -> tuple[int, ...]:
    try:
        return struct.unpack_from(layout, content, place)
    except struct.error as error:
        raise Unreadable(reasons.BROKEN) from error
