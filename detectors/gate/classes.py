"""Which bytes a single character of an expression may be, asked of the `regex` library itself."""

from functools import cache

import regex

from detectors.gate.alphabet import ARABIC, ASCII, EDGE, OTHER, SIGNS, Bytes, byte_of, encoded
from detectors.gate.nodes import One

_KNOWN = "".join((*map(chr, range(1, 128)), ARABIC, SIGNS))
"""The characters that are tried one by one. NUL is none of them: its byte is the edge."""

_NEAR_ASCII = "\u0130\u0131\u017f\u212a"
"""The letters beyond ASCII that are a letter of ASCII in another case."""

WITHIN_ASCII = frozenset({r"\d", r"\s"})
"""Classes of which a folded text holds only those of ASCII."""


@cache
def any_of(source: str, flags: int, above: int) -> One:
    """What the expression `source` matches, which stands for one character.

    `above` are the bytes that it may match beyond ASCII, as far as how it is written tells them. What it
    doesn't match of `OTHER` is anything.
    """
    expression = regex.compile(source, flags)
    of = _bytes_of("".join(expression.findall(_KNOWN))) | above & OTHER
    if flags & regex.IGNORECASE:
        of |= _bytes_of("".join(expression.findall(_NEAR_ASCII)))
    if source in WITHIN_ASCII:
        of &= ASCII
    return One(of, _bytes_of(expression.sub("", _KNOWN)) | OTHER | EDGE)


def _bytes_of(text: str) -> Bytes:
    bits = 0
    for byte in set(encoded(text)[1:-1]):
        bits |= 1 << byte
    return bits


@cache
def above(char: str, flags: int) -> int:
    """The bytes beyond ASCII that a character of an expression may match."""
    if char.isascii():
        return 0
    if flags & regex.IGNORECASE and len({char, char.lower(), char.upper(), char.casefold()}) > 1:
        return OTHER
    return 1 << byte_of(char)


WORD = any_of(r"\w", 0, OTHER)
