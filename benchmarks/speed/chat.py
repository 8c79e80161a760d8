"""Clean chat as it is really written: mostly short, hasty, in three languages and two scripts."""

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import yaml

from benchmarks.speed.grammar import Grammar

_GRAMMAR = Grammar(yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8")))

_URDU = 0.065
_NEAR_MISSES = 0.015
_HASTY = 0.12
"""Shares of messages: in Urdu script, with words or numbers as leaks have them, and with a typo."""


def message(random: Random) -> str:
    """A message that has nothing to find."""
    chance = random.random()
    if chance < _NEAR_MISSES:
        return _GRAMMAR.text("near_miss", random)
    return _finished(_of_some_length(random), random)


def _of_some_length(random: Random) -> str:
    kind = "urdu_" if random.random() < _URDU else ""
    chance = random.random()
    if chance < 0.10 and not kind:
        return _GRAMMAR.text("tiny", random)
    if chance < 0.45:
        return _GRAMMAR.text(f"{kind}short", random)
    if chance < 0.76:
        return _GRAMMAR.text(f"{kind}sentence", random)
    if chance < 0.92:
        return _several(kind, 2, random)
    if chance < 0.982:
        return _several(kind, random.randint(3, 6), random)
    return _several(kind, random.randint(7, 14), random)


def _several(kind: str, count: int, random: Random) -> str:
    """Sentences one after another; some people press the return key instead of the full stop."""
    joint = random.choice((". ", ". ", ", ", " ", "\n", "!! ", "... "))
    return joint.join(_GRAMMAR.text(f"{kind}sentence", random) for _ in range(count))


def _finished(text: str, random: Random) -> str:
    """The text as fingers leave it."""
    if random.random() < _HASTY:
        text = random.choice(_HABITS)(text, random)
    chance = random.random()
    if chance < 0.25:
        return text[:1].upper() + text[1:]
    if chance < 0.33:
        return text + random.choice(_ENDINGS)
    return text


def _swapped(text: str, random: Random) -> str:
    """Two neighbouring letters the wrong way round."""
    at = random.randrange(max(len(text) - 1, 1))
    return (
        text
        if not text[at : at + 2].isalpha()
        else text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
    )


def _dropped(text: str, random: Random) -> str:
    at = random.randrange(max(len(text), 1))
    return text[:at] + text[at + 1 :] if text[at : at + 1].isalpha() and len(text) > 6 else text


def _drawn_out(text: str, random: Random) -> str:
    return text + text[-1:] * random.randint(2, 6) if text[-1:].isalpha() else text


def _shortened(text: str, _: Random) -> str:
    return " ".join(_SHORT.get(word, word) for word in text.split(" "))


_SHORT: Mapping[str, str] = {
    "you": "u",
    "your": "ur",
    "please": "plz",
    "are": "r",
    "and": "n",
    "tomorrow": "tmrw",
    "before": "b4",
    "because": "bcz",
    "the": "da",
    "to": "2",
}
_HABITS: tuple[Callable[[str, Random], str], ...] = (_swapped, _dropped, _drawn_out, _shortened)
_ENDINGS = ("!", "!!!", "...", "??", " 😂", " 🙏", " lol", " haha", ".", " :)", " xD", " ;)")
