"""PowerPoint from 97 to 2003, by the published format [MS-PPT]: no maintained free library reads it.

A presentation is a stream of records, some of which hold others. Every record with text is read, wherever it
lies; slides that were deleted or changed before the last quick save are still there, and are read too.
"""

import contextlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from detectors.extract import reasons
from detectors.extract.blips import tell_pictures
from detectors.extract.reading import Reading, Unreadable
from detectors.extract.streams import Streams
from detectors.finding import Place

_HEADER = struct.Struct("<2HI")
_HOLDS_OTHERS = 0xF
_DEEPEST = 40

_SLIDE, _NOTES, _MASTER, _HANDOUT = 0x03EE, 0x03F0, 0x03F8, 0x0FC9
_SLIDE_OF_LIST, _NOTES_OF, _LIST_OF_SLIDES = 0x03F3, 0x03F1, 0x0FF0
_TEXT, _TEXT_IN_BYTES, _NAME = 0x0FA0, 0x0FA8, 0x0FBA
_COMMENT, _HEADERS_AND_FOOTERS = 0x2EE0, 0x0FD9
_DIRECTORY, _OBJECT, _ENCRYPTION, _TAG_DATA = 0x1772, 0x1011, 0x2F14, 0x138B
_PLACES = {
    _MASTER: ("slide master", Place.MARGIN),
    _HANDOUT: ("handout master", Place.MARGIN),
    _COMMENT: ("comments", Place.BODY),
    _HEADERS_AND_FOOTERS: ("header and footer", Place.MARGIN),
}
_OTHER_TEXT = ("other text", Place.BODY)
_TAG = "___PPT"
_ENCRYPTED_SIGN = bytes.fromhex("dfc4d1f3")
_CHARACTERS = str.maketrans(
    {"\r": "\n", "\x0b": "\n"} | dict.fromkeys(map(chr, (0, 1, 2, 3, 4, 5, 6, 7, 8)), "")
)


@dataclass(frozen=True, slots=True)
class _Record:
    """What one record is, and the bytes of the stream that it holds."""

    kind: int
    instance: int
    holds_others: bool
    place: int
    start: int
    end: int


def read_powerpoint(streams: Streams, label: str, reading: Reading) -> None:
    """Slides by their numbers, their notes, comments, headers and footers, and the objects in them."""
    if streams.has("Current User") and streams.content("Current User")[12:16] == _ENCRYPTED_SIGN:
        raise Unreadable(reasons.ENCRYPTED)
    presentation = _Presentation(streams.content("PowerPoint Document"))
    with reading.caught(label):
        presentation.read()
    for (place, weight), lines in presentation.told.items():
        reading.text(f"{label} / {place}", "\n".join(lines), weight)
    for number, stored in enumerate(presentation.objects, start=1):
        reading.nested(partial(_inflated, stored, reading), label, number, "")
    if streams.has("Pictures"):
        tell_pictures(streams.content("Pictures"), label, reading)


def _inflated(stored: bytes, reading: Reading) -> bytes:
    """An object, which is compressed after its size."""
    (size,) = struct.unpack_from("<I", stored)
    reading.unpack(size, len(stored))
    return zlib.decompressobj().decompress(stored[4:], size)


@dataclass(slots=True)
class _Presentation:
    content: bytes
    told: dict[tuple[str, Place], list[str]] = field(default_factory=dict)
    objects: list[bytes] = field(default_factory=list)
    _slides: dict[int, str] = field(default_factory=dict)
    """Names of slides by the place of their record in the stream."""

    _names: dict[int, str] = field(default_factory=dict)
    """Names of slides by the numbers that notes refer to."""

    def read(self) -> None:
        self._number_slides()
        self._read_all(0, len(self.content), _OTHER_TEXT, 0)

    def _number_slides(self) -> None:
        """Slides lie in the order in which they were made, and a list says in which they are shown."""
        places: dict[int, int] = {}
        listed: list[tuple[int, int]] = []
        for record in self._records(0, len(self.content)):
            if record.kind == _DIRECTORY:
                places |= _directory(self.content[record.start : record.end])
            elif record.holds_others:
                listed = self._listed(record) or listed
        for number, (key, slide) in enumerate(listed, start=1):
            self._names[slide] = f"slide {number}"
            self._slides[places.get(key, -1)] = f"slide {number}"

    def _listed(self, document: _Record) -> list[tuple[int, int]]:
        """The slides that a document lists: the number of each in the directory, and its own."""
        listed = []
        for one in self._records(document.start, document.end):
            if one.kind == _LIST_OF_SLIDES and not one.instance:
                for entry in self._records(one.start, one.end):
                    if entry.kind == _SLIDE_OF_LIST:
                        key, slide = struct.unpack_from("<I8xI", self.content, entry.start)
                        listed.append((key, slide))
        return listed

    def _read_all(self, start: int, end: int, place: tuple[str, Place], depth: int) -> None:
        if depth > _DEEPEST:
            raise Unreadable(reasons.TOO_DEEP)
        for record in self._records(start, end):
            if record.kind == _ENCRYPTION:
                raise Unreadable(reasons.ENCRYPTED)
            if record.kind == _SLIDE_OF_LIST:
                (slide,) = struct.unpack_from("<12xI", self.content, record.start)
                place = (self._names[slide], Place.BODY) if slide in self._names else _OTHER_TEXT
            elif record.kind == _OBJECT:
                self.objects.append(self.content[record.start : record.end])
            elif record.holds_others:
                self._read_all(record.start, record.end, self._place(record, place), depth + 1)
            elif record.kind == _TAG_DATA:
                # PowerPoint keeps what came after 97 in here, comments too; what others keep are no records.
                with contextlib.suppress(Unreadable):
                    self._read_all(record.start, record.end, place, depth + 1)
            else:
                self._hear(record, place)

    def _place(self, record: _Record, place: tuple[str, Place]) -> tuple[str, Place]:
        """Where the text stands that a record holds."""
        if record.kind == _SLIDE:
            return (self._slides.get(record.place, "older slides"), Place.BODY)
        if record.kind == _NOTES:
            first = next(self._records(record.start, record.end), None)
            if first and first.kind == _NOTES_OF:
                (slide,) = struct.unpack_from("<I", self.content, first.start)
                return (f"{self._names[slide]} notes" if slide in self._names else "notes", Place.BODY)
        return _PLACES.get(record.kind, place)

    def _hear(self, record: _Record, place: tuple[str, Place]) -> None:
        content = self.content[record.start : record.end]
        if record.kind == _TEXT_IN_BYTES:
            text = content.decode("latin-1")
        elif record.kind in {_TEXT, _NAME}:
            text = content.decode("utf-16-le", "replace")
        else:
            return
        told = self.told.setdefault(place, [])
        if (
            text.strip()
            and not text.startswith(_TAG)
            and (said := text.translate(_CHARACTERS)) not in told[-50:]
        ):
            told.append(said)

    def _records(self, start: int, end: int) -> Iterator[_Record]:
        """The records between two places. Raises Unreadable after the last whole one."""
        place = start
        while place + _HEADER.size <= end:
            head, kind, size = _HEADER.unpack_from(self.content, place)
            inside = place + _HEADER.size
            if inside + size > end:
                raise Unreadable(reasons.BROKEN)
            yield _Record(kind, head >> 4, head & 0xF == _HOLDS_OTHERS, place, inside, inside + size)
            place = inside + size


def _directory(content: bytes) -> dict[int, int]:
    """Where in the stream the records are that have a number."""
    words = struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
    places: dict[int, int] = {}
    at = 0
    while at < len(words):
        first, count = words[at] & 0xFFFFF, words[at] >> 20
        places.update(zip(range(first, first + count), words[at + 1 : at + 1 + count], strict=False))
        at += 1 + count
    return places
