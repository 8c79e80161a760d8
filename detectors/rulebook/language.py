"""The language of offices against the language of everybody, as it was learned from labelled messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from detectors.rulebook.expressions import CLOSED


@dataclass(frozen=True, slots=True)
class Language:
    """`config/language.yaml`: how much each word speaks for a paper of an office, or against it.

    `words` maps a weight, as it stands in the file, to the words that have it. A text is worth `bias` plus
    the weights of its different words, divided by the square root of their number plus `smoothing`: the
    linear part of a logistic regression, so the weights are log-odds, scaled to the unit of the weights in
    `markers.yaml`. It counts between 0 and `most`, and only from `fewest` known words on; from `alone` on
    it needs no form beside it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = CLOSED

    bias: float
    smoothing: float
    most: float
    alone: float
    fewest: int
    words: Mapping[str, str]
    weights: Mapping[str, float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.smoothing <= 0 or self.most <= 0 or self.fewest < 1:
            raise ValueError("smoothing, most and fewest must be more than nothing")
        weights = {word: _number(weight) for weight, words in self.words.items() for word in words.split()}
        object.__setattr__(self, "weights", weights)


def _number(weight: str) -> float:
    try:
        return float(weight)
    except ValueError:
        raise ValueError(f"{weight!r} is not a weight") from None
