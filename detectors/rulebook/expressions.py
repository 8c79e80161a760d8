"""Regular expressions and phrases as the YAML files hold them, and what makes one useless."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import regex

from detectors.gate import Sought
from detectors.normalise import fold_letters

Case = Literal["any", "exact"]

Expression = str | tuple[str, ...]
"""A regular expression, or several of which any may match."""

CLOSED: dict[str, Any] = {"extra": "forbid"}
"""Unknown keys are mistakes."""

NEVER = "(?!)"
"""An expression that matches nothing."""


def joined(pattern: Expression) -> str:
    """One expression for any of them."""
    return pattern if isinstance(pattern, str) else "|".join(pattern)


def sought(pattern: Expression, case: Case = "any") -> Sought:
    """The expression as the detectors use it: folded, by lines, and blind to case unless told otherwise."""
    flags = regex.MULTILINE | (0 if case == "exact" else regex.IGNORECASE)
    return Sought(fold_letters(joined(pattern)), flags)


def compiled(pattern: Expression, case: Case = "any") -> regex.Pattern[str]:
    """The same, compiled at once."""
    return sought(pattern, case).expression


def flowing(pattern: Expression) -> str:
    """The expression with each plain blank standing for any gap between words, a line break included.

    Prose is wrapped and its blanks are doubled by scanners. Blanks inside a set, and blanks that carry a
    quantifier of their own, are left as they are written.
    """
    written = joined(pattern)
    out: list[str] = []
    inside, escaped = False, False
    for char, following in zip(written, written[1:] + " ", strict=True):
        if char == " " and not inside and not escaped and following not in "?*+{":
            out.append(_GAP)
        else:
            out.append(char)
        if not escaped:
            inside = char == "[" or (inside and char != "]")
        escaped = char == "\\" and not escaped
    return "".join(out)


_GAP = r"(?:[ \t]{1,4}|[ \t]?\n[ \t>]{0,4})"


def spelled(spellings: Sequence[str]) -> str:
    """An expression for any of these phrases, longest first, with blanks and hyphens written freely."""
    folded = sorted({fold_letters(spelling) for spelling in spellings}, key=lambda one: (-len(one), one))
    return "|".join(_free_blanks(phrase) for phrase in folded)


def whole_words(words: Iterable[str]) -> Sought:
    """Any of these words or phrases as whole words, also in the plural."""
    return sought(rf"(?<!\w)(?:{spelled(tuple(words))})s?(?!\w)")


def _free_blanks(phrase: str) -> str:
    return "".join(_JOINTS.get(char, regex.escape(char)) for char in phrase)


_JOINTS = {" ": r"[ \t_.-]{0,3}", "-": r"[ \t]?[-:/ ][ \t]?"}


def check_phrases(what: str, phrases: Sequence[str]) -> None:
    """Raises ValueError for an empty list, and for a phrase that says nothing."""
    if not phrases:
        raise ValueError(f"{what}: the list is empty; it would match nothing or everything")
    if any(not any(char.isalnum() for char in phrase) for phrase in phrases):
        raise ValueError(f"{what}: a phrase has no letter or digit in it")


def check_examples_given(name: str, matches: Sequence[str], misses: Sequence[str]) -> None:
    """Raises ValueError for a rule without an example of each kind."""
    if not matches or not misses:
        raise ValueError(f"rule {name}: give it at least one example under matches and one under misses")


def check_pattern(name: str, pattern: Expression, case: Case = "any") -> None:
    """Raises ValueError for an expression that does not compile, and for one that matches empty text."""
    try:
        found = compiled(pattern, case)
    except regex.error as error:
        raise ValueError(f"rule {name}: the pattern does not compile: {error}") from error
    if found.search("") is not None:
        raise ValueError(f"rule {name}: the pattern matches empty text, so it would match everything")


@dataclass(frozen=True, slots=True)
class Wording:
    """Something that is looked for in a text, with examples of it and of what only looks like it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    name: str
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    case: Case = "any"

    def __post_init__(self) -> None:
        check_examples_given(self.name, self.matches, self.misses)
        check_pattern(self.name, self.pattern, self.case)
