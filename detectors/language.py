"""How much a text sounds as papers of offices do: a sum of learned weights of its words. Pure."""

from dataclasses import dataclass
from math import sqrt

import regex

from detectors.rulebook import Language

_WORD = regex.compile(r"\d+|[^\W\d_]+")
_LONGEST_NUMBER = 5
_TELLING = 5
"""Words that are named as the reason."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What the words of a text are worth together, and those that say most."""

    worth: float
    telling: tuple[str, ...]


def words_of(text: str) -> frozenset[str]:
    """The different words of a folded text: in small letters, and a number by how many digits it has."""
    return frozenset(
        "#" * min(len(word), _LONGEST_NUMBER) if word[0].isdigit() else word.casefold()
        for word in _WORD.findall(text)
    )


def sound(language: Language, text: str) -> Sound | None:
    """What the words of a folded text are worth; None where too few of them are known."""
    known = {word: language.weights[word] for word in words_of(text) if word in language.weights}
    if len(known) < language.fewest:
        return None
    worth = language.bias + sum(known.values()) / sqrt(len(known) + language.smoothing)
    telling = sorted(known, key=lambda word: -known[word])[:_TELLING]
    return Sound(round(min(max(worth, 0.0), language.most), 3), tuple(telling))
