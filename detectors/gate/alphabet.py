"""The gate's alphabet: every text as bytes, one a character, so that a small machine can search it. Pure.

ASCII stands for itself. All other characters share the 128 bytes above it, by their lowest seven bits, and an
edge stands before and after the text. An expression is written in the same bytes, so what a text matches in
characters it matches in bytes as well: bytes can only say too much.

What is read here was folded (`detectors.normalise`), so a digit or a blank is always an ASCII one.
"""

Bytes = int
"""A set of bytes, as the bits of a number."""

EDGE = 1
"""Where the text begins and ends: byte 0."""

ASCII = (1 << 128) - 1
ABOVE = ((1 << 256) - 1) ^ ASCII
ANY = ASCII | ABOVE

_LETTERS_OF_ASCII = "".join(map(chr, range(128)))
_MARK = bytes([0, *[0x80] * 255])


def encoded(text: str) -> bytes:
    """A folded text in the gate's alphabet. Its first and last byte are edges."""
    if text.isascii():
        return b"\0" + text.encode("ascii") + b"\0"
    wide = text.encode("utf-32-le", "surrogatepass")
    low, above = wide[::4], (wide[1::4].translate(_MARK), wide[2::4].translate(_MARK))
    bits = int.from_bytes(low, "little")
    for mark in above:
        bits |= int.from_bytes(mark, "little")
    return b"\0" + bits.to_bytes(len(text), "little") + b"\0"


def byte_of(char: str) -> int:
    """The byte that a character is written as."""
    code = ord(char)
    return code if code < 128 else 0x80 | (code & 0x7F)


def only(*chars: str) -> Bytes:
    """The bytes of these characters."""
    bits = 0
    for char in chars:
        bits |= 1 << byte_of(char)
    return bits
