"""Sentences from a grammar: a seed in, always the same text out."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

_SLOT = re.compile(r"\{(\w+)\}|#")

_Piece = tuple[str, str]
"""Plain text, and the name of the slot after it: `#` for a digit, nothing at the end of a template."""


class Grammar:
    """Templates by name. `{name}` stands for any template of that name, `#` for any digit.

    Raises ValueError for a name that has no templates, when it is made.
    """

    def __init__(self, templates: Mapping[str, Sequence[str]]) -> None:
        self._rules = {name: tuple(map(_parsed, each)) for name, each in templates.items()}
        for name, rules in self._rules.items():
            for slot in (slot for rule in rules for _, slot in rule):
                if slot not in self._rules and slot not in ("", "#"):
                    raise ValueError(f"templates of {name}: there are none of {slot}")

    def text(self, name: str, random: Random) -> str:
        """A text from one of the templates of that name."""
        out: list[str] = []
        self._write(name, random.random, out)
        return "".join(out)

    def _write(self, name: str, chance: Callable[[], float], out: list[str]) -> None:
        rules = self._rules[name]
        for text, slot in rules[int(chance() * len(rules))]:
            out.append(text)
            if slot == "#":
                out.append(_DIGITS[int(chance() * 10)])
            elif slot:
                self._write(slot, chance, out)


_DIGITS = "0123456789"


def _parsed(template: str) -> tuple[_Piece, ...]:
    pieces: list[_Piece] = []
    at = 0
    for slot in _SLOT.finditer(template):
        pieces.append((template[at : slot.start()], slot[1] or "#"))
        at = slot.end()
    if at < len(template) or not pieces:
        pieces.append((template[at:], ""))
    return tuple(pieces)
