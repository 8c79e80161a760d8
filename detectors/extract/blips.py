"""Pictures in files of Office before 2007: records [MS-ODRAW] in their streams, found by how they begin."""

import re
from collections.abc import Iterator
from functools import partial

from detectors.extract import reasons
from detectors.extract.kinds import Kind, kind_of
from detectors.extract.reading import Reading

_BEGINNING = re.compile(
    rb"(?P<vector>(?:\x40\x3d|\x50\x3d)\x1a\xf0|(?:\x60\x21|\x70\x21)\x1b\xf0|(?:\x20\x54|\x30\x54)\x1c\xf0)"
    rb"|(?:\xa0\x46|\xb0\x46|\x20\x6e|\x30\x6e)[\x1d\x2a]\xf0|(?:\x00\x6e|\x10\x6e)\x1e\xf0"
    rb"|(?:\x80\x7a|\x90\x7a)\x1f\xf0|(?:\x40\x6e|\x50\x6e)\x29\xf0"
)
_BEFORE_PICTURE = (17, 33)
"""Bytes of fingerprints between the head of a record and its picture: one fingerprint or two."""


def tell_pictures(stream: bytes, label: str, reading: Reading) -> None:
    """Reads every picture in a stream as a file; those that are drawn of lines are not read."""
    for number, picture in enumerate(_pictures(stream), start=1):
        called = f"{label} / picture {number}"
        if picture:
            reading.inside(called, partial(reading.file, picture, called))
        else:
            reading.undecided(called, reasons.UNSUPPORTED)


def _pictures(stream: bytes) -> Iterator[bytes]:
    """Each picture; an empty one for what is no file by itself."""
    place = 0
    while match := _BEGINNING.search(stream, place):
        start = match.end() + 4
        size = int.from_bytes(stream[match.end() : start], "little")
        if start + size > len(stream):
            place = match.end()
            continue
        content = stream[start : start + size]
        shown = (content[before:] for before in _BEFORE_PICTURE if kind_of(content[before:]) is Kind.IMAGE)
        yield b"" if match["vector"] else next(shown, b"")
        place = start + size
