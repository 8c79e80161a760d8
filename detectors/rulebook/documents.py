"""What official documents look like: reference numbers, markers, and how they add up."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from detectors.rulebook.expressions import (
    CLOSED,
    Case,
    Expression,
    check_examples_given,
    check_pattern,
    joined,
)
from detectors.rulebook.judgement import Context

MarkerEntity = Literal["DOCUMENT_LETTERHEAD", "DOCUMENT_KIND", "DOCUMENT_STRUCTURE"]


@dataclass(frozen=True, slots=True)
class Family:
    """One shape of reference number. `public`: numbers of instruments that are published anyway."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    name: str
    score: float
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    public: bool = False
    case: Case = "any"

    def __post_init__(self) -> None:
        check_examples_given(self.name, self.matches, self.misses)


@dataclass(frozen=True, slots=True)
class Marker:
    """One sign of an official document.

    Signs of one `group` say the same thing, so the strongest of a group counts in full and the others little.
    `alone` is its score where it stands by itself.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    name: str
    entity: MarkerEntity
    group: str
    weight: float
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    alone: float = 0.3
    case: Case = "any"

    def __post_init__(self) -> None:
        check_examples_given(self.name, self.matches, self.misses)
        check_pattern(self.name, self.pattern, self.case)
        if self.weight <= 0:
            raise ValueError(f"{self.name}: a marker must weigh something")


@dataclass(frozen=True, slots=True)
class Counter:
    """A sign that a text is public, quoted or no document at all. `weight` is below zero."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    name: str
    weight: float
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    case: Case = "any"

    def __post_init__(self) -> None:
        check_examples_given(self.name, self.matches, self.misses)
        check_pattern(self.name, self.pattern, self.case)
        if self.weight >= 0:
            raise ValueError(f"{self.name}: a counter-signal must weigh less than nothing")


@dataclass(frozen=True, slots=True)
class Official:
    """How markers make an `OFFICIAL_DOCUMENT`: weights are added, and `enough` is a score of one half.

    At least `forms` groups that aren't `vocabulary` must be there, and one that isn't `everyday`: words of
    government stand in every newspaper, and a private letter has a subject and a closing too. What is found
    again in a group counts `same_group` of its weight, at most `most` times.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    enough: float
    forms: int
    vocabulary: tuple[str, ...]
    everyday: tuple[str, ...]
    most: int
    same_group: float
    reference: float
    label: float
    counters: tuple[Counter, ...]

    def __post_init__(self) -> None:
        if self.enough <= 0 or self.forms < 1:
            raise ValueError("a document needs markers of at least one form, and some weight")


@dataclass(frozen=True, slots=True)
class References:
    """`config/references.yaml`: the families of reference numbers, and what looks like one and is none."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    pieces: dict[str, str]
    references: tuple[Family, ...]
    lookalikes: tuple[Context, ...]

    def __post_init__(self) -> None:
        if not self.references:
            raise ValueError("references may not be empty")
        for family in self.references:
            check_pattern(family.name, self.expression(family), family.case)

    def expression(self, family: Family) -> str:
        """The family's pattern with the `pieces` filled in that it names in braces."""
        pattern = joined(family.pattern)
        for name, piece in self.pieces.items():
            pattern = pattern.replace("{" + name + "}", f"(?:{piece})")
        return pattern


@dataclass(frozen=True, slots=True)
class Markers:
    """`config/markers.yaml`: the signs of an official document, and how they add up."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    markers: tuple[Marker, ...]
    official: Official

    def __post_init__(self) -> None:
        if not self.markers:
            raise ValueError("markers may not be empty")
