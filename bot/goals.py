"""What the measured accuracy must reach, and how it compares with an earlier run."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import ClassVar

from bot.errors import InputError
from bot.evaluation import Result, share, tally


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on the messages of some classes, which are named by patterns like `banner-*`.

    `recall` counts messages to flag, or with `entity` messages in which that entity is labelled;
    `alarms` is the greatest share of clean messages that may be flagged.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    name: str
    classes: tuple[str, ...]
    recall: float | None = None
    alarms: float | None = None
    entity: str = ""

    def __post_init__(self) -> None:
        if not self.classes:
            raise ValueError("a goal needs classes, and would be met by anything now")
        if self.recall is None and self.alarms is None:
            raise ValueError("a goal needs recall or alarms")


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal and what was measured: how many messages count, how many are wrong, and the rate."""

    goal: Goal
    what: str
    bound: float
    counted: int
    wrong: int

    @property
    def rate(self) -> float | None:
        """Recall, or the share of false alarms."""
        right_or_wrong = self.wrong if self.what == "false alarms" else self.counted - self.wrong
        return share(right_or_wrong, self.counted)

    @property
    def is_met(self) -> bool:
        """Never where nothing was counted: a goal without messages proves nothing."""
        if self.rate is None:
            return False
        return self.rate <= self.bound if self.what == "false alarms" else self.rate >= self.bound


def reach(goals: Sequence[Goal], results: Sequence[Result]) -> Sequence[Reached]:
    """Each bound of each goal with what was measured."""
    reached: list[Reached] = []
    for goal in goals:
        group = [
            result
            for result in results
            if any(fnmatchcase(result.label.group, pattern) for pattern in goal.classes)
        ]
        counted = tally(goal.name, group)
        if goal.recall is not None and goal.entity:
            labelled = [result for result in group if goal.entity in result.label.entities]
            wrong = sum(goal.entity in result.missed for result in labelled)
            reached.append(Reached(goal, f"recall of {goal.entity}", goal.recall, len(labelled), wrong))
        elif goal.recall is not None:
            reached.append(Reached(goal, "recall", goal.recall, counted.to_flag, counted.missed))
        if goal.alarms is not None:
            reached.append(Reached(goal, "false alarms", goal.alarms, counted.clean, counted.alarms))
    return reached


def snapshot(results: Sequence[Result]) -> str:
    """A run as JSON, for comparing a later one with it."""
    wrong = {result.label.id: sorted(result.missed) for result in results if not result.is_right}
    right = sorted(result.label.id for result in results if result.is_right)
    return json.dumps({"right": right, "wrong": dict(sorted(wrong.items()))}, indent=1) + "\n"


def regressions(baseline: Path, results: Sequence[Result]) -> Sequence[Result]:
    """What the run in `baseline` had right and this one has not.

    Raises InputError for a file of another form.
    """
    try:
        was_right = frozenset(json.loads(baseline.read_text(encoding="utf-8"))["right"])
    except OSError as error:
        raise InputError(f"{baseline} can't be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{baseline} is not a run that `raazdar eval --save` wrote.") from error
    return [result for result in results if not result.is_right and result.label.id in was_right]
