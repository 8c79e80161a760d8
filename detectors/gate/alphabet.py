"""The gate's alphabet: every text as bytes, one a character, so that a small machine can search it. Pure.

ASCII stands for itself. Above it, the letters of Urdu have a byte each, other letters of the Arabic block
share some, signs and pictures have 32, and whatever else there is has 32. An edge stands before and after the
text. Expressions are written in the same bytes, so what a text matches in characters it matches in bytes as
well: bytes can only say too much.

What is read here was folded (`detectors.normalise`): a digit or a blank is an ASCII one, and NUL is none.
"""

import unicodedata

Bytes = int
"""A set of bytes, as the bits of a number."""

EDGE = 1
"""Where the text begins and ends: byte 0."""

ASCII = (1 << 128) - 1
ANY = (1 << 256) - 1
OTHER = ((1 << 32) - 1) << 0xC0
"""The bytes of all that is neither ASCII, nor of the Arabic block, nor a sign."""

_URDU = "ءآأؤئابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھیے"
_NO_LETTER = 0xBF
_SHARED = 0xBF - 0x80 - len(_URDU)

ARABIC = "".join(char for char in map(chr, range(0x600, 0x700)) if unicodedata.category(char) != "Nd")
SIGNS = "".join(map(chr, (*range(0x2000, 0x2C00), *range(0x1F000, 0x20000))))
"""The characters that have bytes of their own: `detectors.gate.classes` asks after every one of them."""


def byte_of(char: str) -> int:
    """The byte that a character is written as."""
    code = ord(char)
    if code < 0x80:
        return code
    if 0x600 <= code < 0x700:
        own = _URDU.find(char)
        if own >= 0:
            return 0x80 + own
        return 0x80 + len(_URDU) + code % _SHARED if char.isalpha() else _NO_LETTER
    if 0x2000 <= code < 0x2C00 or 0x1F000 <= code < 0x20000:
        return 0xE0 | code & 0x1F
    return 0xC0 | code & 0x1F


class _Alphabet(dict[int, str]):
    """How each character is written, as it is met."""

    def __missing__(self, code: int) -> str:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[code] = chr(byte_of(chr(code)))
        return self[code]


_MOST_KNOWN = 10_000
_alphabet = _Alphabet()


def encoded(text: str) -> bytes:
    """A folded text in the gate's alphabet. Its first and last byte are edges."""
    if text.isascii():
        return b"\0" + text.encode("ascii") + b"\0"
    return b"\0" + text.translate(_alphabet).encode("latin-1") + b"\0"


def only(*chars: str) -> Bytes:
    """The bytes of these characters."""
    bits = 0
    for char in chars:
        bits |= 1 << byte_of(char)
    return bits
