"""Classification schemes: one file each under `config/labels/`."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from detectors.rulebook.expressions import (
    CLOSED,
    NEVER,
    Case,
    Expression,
    Wording,
    check_examples_given,
    check_pattern,
    check_phrases,
    joined,
    spelled,
)

LabelEntity = Literal["CLASSIFICATION_LABEL", "DISTRIBUTION_LIMIT"]
Form = Literal["position", "banner", "portion", "field", "stamp", "inline", "metadata"]

_LEVEL_IN_PATTERN = ("{level}", "{portion}", "(?P<level>")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scheme.

    `level` is on the common scale from 0 (unmarked) to 4 (top secret). `portions` are its short forms in
    portion marks. `ordinary` says that people also write the word for other reasons, so that its form must
    speak for it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    label: str
    level: int
    spellings: tuple[str, ...]
    portions: tuple[str, ...] = ()
    ordinary: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.level <= 4:
            raise ValueError(f"level {self.level} is not on the scale from 0 to 4")
        check_phrases(f"level {self.label}", self.spellings)
        if any(not portion.strip() for portion in self.portions):
            raise ValueError(f"level {self.label}: a portion mark is empty")


@dataclass(frozen=True, slots=True)
class Caveat:
    """A qualifier that stands beside a level: a handling instruction, a descriptor, a codeword, an owner."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    name: str
    spellings: tuple[str, ...]

    def __post_init__(self) -> None:
        check_phrases(f"caveat {self.name}", self.spellings)


@dataclass(frozen=True, slots=True)
class LabelRule:
    """One way in which a scheme is written.

    `{level}`, `{portion}` and `{caveat}` in `pattern` stand for the scheme's own spellings. With `form:
    position` the place of the words decides whether they are a marking and of which form; any other form is
    given, and `base` is what it counts before anything else is weighed. `label` names the level of a rule
    whose pattern holds none.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    name: str
    form: Form
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    entity: LabelEntity = "CLASSIFICATION_LABEL"
    label: str = ""
    case: Case = "any"
    base: float | None = None

    def __post_init__(self) -> None:
        check_examples_given(self.name, self.matches, self.misses)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One classification scheme: a file under `config/labels/`.

    `signs` are words of the country or body that owns it; where levels are spelled alike in several schemes,
    they say whose this one is. `faults` are what makes a marking of it ill-formed.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    scheme: str
    title: str
    levels: tuple[Level, ...]
    rules: tuple[LabelRule, ...]
    caveats: tuple[Caveat, ...] = ()
    signs: tuple[str, ...] = ()
    faults: tuple[Wording, ...] = ()

    def __post_init__(self) -> None:
        if not self.levels or not self.rules:
            raise ValueError(f"scheme {self.scheme}: levels and rules may not be empty")
        labels = {level.label for level in self.levels}
        for rule in self.rules:
            if rule.label and rule.label not in labels:
                raise ValueError(f"rule {rule.name}: {rule.label} is not a level of this scheme")
            if not rule.label and not any(one in joined(rule.pattern) for one in _LEVEL_IN_PATTERN):
                raise ValueError(f"rule {rule.name}: the pattern names no level; give it a label")
            check_pattern(rule.name, self.expression(rule), rule.case)

    def expression(self, rule: LabelRule) -> str:
        """The rule's pattern with this scheme's spellings filled in."""
        levels = spelled([s for level in self.levels for s in level.spellings])
        portions = "|".join(
            sorted((p for level in self.levels for p in level.portions), key=lambda one: (-len(one), one))
        )
        caveats = spelled([s for caveat in self.caveats for s in caveat.spellings])
        return (
            joined(rule.pattern)
            .replace("{level}", rf"(?P<level>(?<!\w)(?:{levels})(?!\w))")
            .replace("{portion}", f"(?P<level>{portions or NEVER})")
            .replace("{caveat}", rf"(?<!\w)(?i:{caveats or NEVER})(?!\w)")
        )
