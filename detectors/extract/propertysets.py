"""What a file of Office before 2007 says of itself, by the published format of its property sets [MS-OLEPS].

Libraries leave out the properties that people and programs add, which is where sensitivity labels stand.
"""

import codecs
import struct
from collections.abc import Iterator

from detectors.extract import reasons
from detectors.extract.reading import Unreadable

STREAMS = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_DOCUMENT_SUMMARY = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")
_NAMES = {
    _SUMMARY: {2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "comments", 8: "last author"},
    _DOCUMENT_SUMMARY: {2: "category", 14: "manager", 15: "company", 26: "content type", 27: "status"},
}
_DICTIONARY, _CODE_PAGE = 0, 1
_TEXT, _WIDE_TEXT = 0x1E, 0x1F
_UTF_16 = 1200
_MOST = 2000
"""Properties of one set that are read."""


def properties_in(content: bytes) -> list[str]:
    """The properties that are texts, as lines `name: value`. Raises Unreadable where they break."""
    try:
        return list(_sets(content))
    except (struct.error, OverflowError) as error:
        raise Unreadable(reasons.BROKEN) from error


def _sets(content: bytes) -> Iterator[str]:
    (count,) = struct.unpack_from("<I", content, 24)
    for number in range(min(count, 2)):
        place = 28 + 20 * number
        (start,) = struct.unpack_from("<I", content, place + 16)
        yield from _properties(content, start, _NAMES.get(content[place : place + 16], {}))


def _properties(content: bytes, start: int, names: dict[int, str]) -> Iterator[str]:
    (count,) = struct.unpack_from("<I", content, start + 4)
    places: dict[int, int] = {}
    for number in range(min(count, _MOST)):
        key, offset = struct.unpack_from("<2I", content, start + 8 + 8 * number)
        places[key] = start + offset
    page = struct.unpack_from("<H", content, places[_CODE_PAGE] + 4)[0] if _CODE_PAGE in places else 1252
    if _DICTIONARY in places:
        names = names | _dictionary(content, places[_DICTIONARY], page)
    for key, name in names.items():
        if key in places and (value := _value(content, places[key], page)):
            yield f"{name}: {value}"


def _dictionary(content: bytes, place: int, page: int) -> dict[int, str]:
    """The names of properties that no standard names."""
    (count,) = struct.unpack_from("<I", content, place)
    place += 4
    names = {}
    for _ in range(min(count, _MOST)):
        key, length = struct.unpack_from("<2I", content, place)
        size = 2 * length if page == _UTF_16 else length
        names[key] = _decoded(content[place + 8 : place + 8 + size], page)
        place += 8 + (-(-size // 4) * 4 if page == _UTF_16 else size)
    return names


def _value(content: bytes, place: int, page: int) -> str:
    kind, size = struct.unpack_from("<2I", content, place)
    if kind == _TEXT:
        return _decoded(content[place + 8 : place + 8 + size], page)
    return _decoded(content[place + 8 : place + 8 + 2 * size], _UTF_16) if kind == _WIDE_TEXT else ""


def _decoded(written: bytes, page: int) -> str:
    return written.decode(encoding_of(page), "replace").partition("\x00")[0]


def encoding_of(page: int) -> str:
    """The encoding that a Windows code page is; western where there is none of this number."""
    known = {_UTF_16: "utf-16-le", 65001: "utf-8", 10000: "mac-roman"}.get(page, f"cp{page}")
    try:
        return codecs.lookup(known).name
    except LookupError:
        return "cp1252"
