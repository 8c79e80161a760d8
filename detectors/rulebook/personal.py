"""Personal data and credentials (`config/recognizers.yaml`)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from detectors.rulebook.expressions import (
    CLOSED,
    Case,
    Expression,
    Wording,
    check_examples_given,
    check_pattern,
    check_phrases,
)


@dataclass(frozen=True, slots=True)
class IdentifierPattern:
    """One written form of an identifier, with what it counts before context and validation."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    name: str
    score: float
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    case: Case = "any"

    def __post_init__(self) -> None:
        check_examples_given(self.name, self.matches, self.misses)
        check_pattern(self.name, self.pattern, self.case)


@dataclass(frozen=True, slots=True)
class Identifier:
    """Personal data of one kind. `context` words near it add `bonus`; `against` words take as much away.

    Where a pattern has a group named `value`, that group is the finding.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    entity: str
    patterns: tuple[IdentifierPattern, ...]
    context: tuple[str, ...]
    bonus: float
    against: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.patterns:
            raise ValueError(f"{self.entity}: patterns may not be empty")
        check_phrases(f"{self.entity}: context", self.context)
        if any(not word.strip() for word in self.against):
            raise ValueError(f"{self.entity}: a word in `against` is empty")


@dataclass(frozen=True, slots=True)
class Recognizers:
    """`config/recognizers.yaml`: personal data and credentials, and the score that makes a finding.

    `phone_regions` are libphonenumber's regions in which a number without a country code is read.
    `credential_plugins` are classes of detect-secrets; what they find is let go where it is one of the
    `placeholders`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    threshold: float
    phone_regions: tuple[str, ...]
    credential_plugins: tuple[str, ...]
    placeholders: tuple[Wording, ...]
    identifiers: tuple[Identifier, ...]

    def __post_init__(self) -> None:
        if not 0 < self.threshold < 1:
            raise ValueError(f"threshold {self.threshold} is not between 0 and 1")
        if not self.phone_regions or not self.credential_plugins or not self.identifiers:
            raise ValueError("phone_regions, credential_plugins and identifiers may not be empty")

    def identifier(self, entity: str) -> Identifier | None:
        """What is said about this entity, None where the file does not name it."""
        return next((one for one in self.identifiers if one.entity == entity), None)
