"""Which bytes a single character of an expression may be, asked of the `regex` library itself."""

from functools import cache

import regex

from detectors.gate.alphabet import ABOVE, ASCII, EDGE, byte_of
from detectors.gate.nodes import One

_ASCII_CHARACTERS = "".join(map(chr, range(1, 128)))
"""All but NUL, which no folded text holds: its byte is the edge."""

_NEAR_ASCII = "\u0130\u0131\u017f\u212a"
"""The letters beyond ASCII that are a letter of ASCII in another case."""

WITHIN_ASCII = frozenset({r"\d", r"\s"})
"""Classes of which a folded text holds only those of ASCII."""


@cache
def any_of(source: str, flags: int, above: int) -> One:
    """What the expression `source` matches, which stands for one character.

    `above` are the bytes that it may match beyond ASCII. What it doesn't match beyond ASCII is anything.
    """
    expression = regex.compile(source, flags)
    ascii_part = 0
    for char in expression.findall(_ASCII_CHARACTERS):
        ascii_part |= 1 << ord(char)
    if flags & regex.IGNORECASE:
        for char in expression.findall(_NEAR_ASCII):
            above |= 1 << byte_of(char)
    return One(ascii_part | above, (ASCII & ~ascii_part) | ABOVE | EDGE)


@cache
def above(char: str, flags: int) -> int:
    """The bytes beyond ASCII that a character of an expression may match."""
    if flags & regex.IGNORECASE and len({char, char.lower(), char.upper(), char.casefold()}) > 1:
        return 0 if char.isascii() else ABOVE
    return 0 if char.isascii() else 1 << byte_of(char)


WORD = any_of(r"\w", 0, ABOVE)
