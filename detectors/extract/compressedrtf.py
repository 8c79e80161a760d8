"""RTF as Outlook packs it into its messages, by the published format [MS-OXRTFCP]."""

import struct

from detectors.extract import reasons
from detectors.extract.reading import Unreadable

_HEAD = struct.Struct("<4I")
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_BUFFER = 4096
_KNOWN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What every document has, so that a packed one can point to it."""


def decompressed(content: bytes, most: int) -> bytes:
    """The document. Raises Unreadable where it is packed in another way, or says that it is too large."""
    if len(content) < _HEAD.size:
        raise Unreadable(reasons.BROKEN)
    _, size, kind, _ = _HEAD.unpack_from(content)
    if size > most:
        raise Unreadable(reasons.TOO_LARGE)
    if kind == _PLAIN:
        return content[_HEAD.size : _HEAD.size + size]
    if kind != _PACKED:
        raise Unreadable(reasons.BROKEN)
    return _unpacked(content[_HEAD.size :], size)


def _unpacked(packed: bytes, size: int) -> bytes:
    """Bytes, and places in the last 4096 bytes with lengths; one that points to where it stands ends it."""
    out = bytearray(_KNOWN)
    place, most = 0, len(_KNOWN) + size
    while place < len(packed) and len(out) < most:
        flags = packed[place]
        place += 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += packed[place : place + 1]
                place += 1
                continue
            pair = int.from_bytes(packed[place : place + 2], "big")
            place += 2
            back = (len(out) - (pair >> 4)) % _BUFFER
            if not back:
                return bytes(out[len(_KNOWN) :])
            if back > len(out):
                raise Unreadable(reasons.BROKEN)
            for _ in range((pair & 0xF) + 2):
                out.append(out[-back])
    if len(out) < most:
        raise Unreadable(reasons.BROKEN)
    return bytes(out[len(_KNOWN) : most])
