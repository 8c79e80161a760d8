"""Programs in documents, by the published format [MS-OVBA]."""

import struct
from collections.abc import Iterator

from detectors.extract import reasons
from detectors.extract.propertysets import encoding_of
from detectors.extract.reading import Reading, Unreadable
from detectors.extract.streams import Streams

_SIGN = 1
_CHUNK, _SIGN_OF_CHUNK, _IS_COMPRESSED = 4096, 0x3000, 0x8000
_CODE_PAGE, _VERSION, _STREAM, _WIDE_STREAM, _START = 0x03, 0x09, 0x1A, 0x32, 0x31
_VERSION_SIZE = 6


def read_macros(streams: Streams, label: str, reading: Reading) -> None:
    """The text of every module, below the storage that holds them."""
    most = reading.limits.piece
    project = decompressed(streams.content("dir"), most)
    encoding = "cp1252"
    name, told = "", 0
    for kind, data in _records(project):
        if kind == _CODE_PAGE:
            encoding = encoding_of(int.from_bytes(data, "little"))
        elif kind == _STREAM:
            name = data.decode(encoding, "replace")
        elif kind == _WIDE_STREAM:
            name = data.decode("utf-16-le", "replace")
        elif kind == _START:
            told += 1
            called = f"{label} / module {told}"
            with reading.caught(called):
                if not streams.has(name):
                    raise Unreadable(reasons.BROKEN)
                module = streams.content(name)[int.from_bytes(data, "little") :]
                text = decompressed(module, most).decode(encoding, "replace")
                reading.text(called, text.replace("\r\n", "\n"))
    if not told:
        raise Unreadable(reasons.BROKEN)


def _records(project: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 6 <= len(project):
        kind, size = struct.unpack_from("<HI", project, place)
        # The one record whose size is not what it says.
        size = _VERSION_SIZE if kind == _VERSION else size
        yield kind, project[place + 6 : place + 6 + size]
        place += 6 + size


def decompressed(container: bytes, most: int) -> bytes:
    """What a container holds. Raises Unreadable where it breaks or holds more than `most` bytes."""
    if container[:1] != bytes([_SIGN]):
        raise Unreadable(reasons.BROKEN)
    whole = bytearray()
    place = 1
    while place + 2 <= len(container):
        (head,) = struct.unpack_from("<H", container, place)
        if head & _SIGN_OF_CHUNK != _SIGN_OF_CHUNK:
            if container[place:].strip(b"\0"):
                raise Unreadable(reasons.BROKEN)
            break
        size = (head & 0xFFF) + 3
        chunk = container[place + 2 : place + size]
        whole += _chunk(chunk) if head & _IS_COMPRESSED else chunk
        place += size
        if len(whole) > most:
            raise Unreadable(reasons.TOO_COMPRESSED)
    return bytes(whole)


def _chunk(chunk: bytes) -> bytes:
    """Bytes, and pairs of a distance and a length that point back into what was read before."""
    out = bytearray()
    place = 0
    while place < len(chunk):
        flags = chunk[place]
        place += 1
        for bit in range(8):
            if place >= len(chunk):
                break
            if not flags >> bit & 1:
                out.append(chunk[place])
                place += 1
                continue
            if place + 2 > len(chunk) or not out:
                raise Unreadable(reasons.BROKEN)
            (token,) = struct.unpack_from("<H", chunk, place)
            place += 2
            bits = max((len(out) - 1).bit_length(), 4)
            distance = (token >> 16 - bits) + 1
            length = (token & 0xFFFF >> bits) + 3
            if distance > len(out) or len(out) + length > _CHUNK:
                raise Unreadable(reasons.BROKEN)
            for _ in range(length):
                out.append(out[-distance])
    return bytes(out)
