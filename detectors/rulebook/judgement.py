"""How a marking is told from a mention, and a reference number from what looks alike."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from detectors.rulebook.expressions import (
    CLOSED,
    Case,
    Expression,
    check_examples_given,
    check_pattern,
    check_phrases,
)
from detectors.rulebook.schemes import Form

Where = Literal["just before", "just after", "itself", "sentence", "clause", "message"]
Place = Literal["anywhere", "own line", "prose", "opening"]


@dataclass(frozen=True, slots=True)
class Context:
    """Words around a candidate that speak for it or against it.

    `where`: `just before` and `just after` touch the candidate; `itself` is what it is written as; `sentence`
    is the sentence that it stands in, `clause` the same without what a colon after the candidate introduces:
    that is the paper's own text; `message` is the whole text. `on` limits it to candidates that fill their
    line, to those that don't, or to those of the latter that open it.
    `form` is the form that a marking has in this company.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    name: str
    where: Where
    weight: float
    pattern: Expression
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    on: Place = "anywhere"
    form: Form | None = None
    case: Case = "any"

    def __post_init__(self) -> None:
        check_examples_given(self.name, self.matches, self.misses)
        check_pattern(self.name, self.pattern, self.case)


@dataclass(frozen=True, slots=True)
class Weights:
    """What the place and the look of a level's words count, each a step of its own."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    fixed: float
    distinctive: float
    ordinary: float
    capitals: float
    first_capital: float
    no_case: float
    own_line: float
    own_line_small: float
    heads: float
    heads_small: float
    closes: float
    repeated: float
    opens: float
    bracketed: float
    prose: float
    disguised: float
    list_of_levels: float
    compound: float
    code: float
    signs: float
    official: float
    margin: float
    stamp: float
    properties: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a marking is told from a mention.

    `companions` are expressions for what may share a banner's line. `repairable` are label words, in
    capitals, that are restored where a scanner damaged them.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    weights: Weights
    companions: tuple[str, ...]
    repairable: tuple[str, ...]
    contexts: tuple[Context, ...]

    def __post_init__(self) -> None:
        if not self.contexts:
            raise ValueError("contexts may not be empty")
        check_phrases("repairable", self.repairable)
        for companion in self.companions:
            check_pattern(f"companion {companion}", companion)
