"""What the figures must reach, and what they did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

from benchmarks.speed import whole
from benchmarks.speed.figures import readable
from benchmarks.speed.results import BARE, RAAZDAR, Results, Whole

CLEAN_SHARE, USUAL_SHARE = 0, 3


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on a figure: what it must reach at least, or may reach at most."""

    figure: str
    bound: float
    unit: str
    is_least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.is_least else '≤'} {self.bound:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal and what was measured for it; None where nothing was."""

    goal: Goal
    value: float | None

    @property
    def is_met(self) -> bool:
        """Never where nothing was measured."""
        if self.value is None:
            return False
        return self.value >= self.goal.bound if self.goal.is_least else self.value <= self.goal.bound

    @property
    def told(self) -> str:
        if self.value is None:
            return "not measured"
        return "too slow to be tried" if self.value == inf else f"{readable(self.value)} {self.goal.unit}"


def _against_stock(share: int) -> Callable[[Results], float | None]:
    def of(results: Results) -> float | None:
        one = results.pace(RAAZDAR, share)
        return one.ratio if one else None

    return of


def _against_bare(results: Results) -> float | None:
    ours, bare = results.pace(RAAZDAR, CLEAN_SHARE), results.pace(BARE, CLEAN_SHARE)
    return bare.ratio / ours.ratio if ours and bare and ours.ratio and bare.ratio else None


def _p99(share: int) -> Callable[[Results], float | None]:
    def of(results: Results) -> float | None:
        one = results.pace(RAAZDAR, share)
        return one.short_p99 / 1000 if one and one.short_p99 is not None else None

    return of


def _longest(results: Results) -> float | None:
    """The slowest text; without end where one took too long for the longer ones to be tried."""
    taken = [inf if one.milliseconds is None else one.milliseconds for one in results.lengths]
    return max(taken, default=None)


def _grown(results: Results) -> float | None:
    cost = {one.recognizers: one.microseconds for one in results.growth}
    return cost[1_000] / cost[50] if cost.keys() >= {50, 1_000} else None


def _whole(what: str, figure: Callable[[Whole], float]) -> Callable[[Results], float | None]:
    return lambda results: next((figure(one) for one in results.wholes if one.what == what), None)


GOALS: Sequence[tuple[Goal, Callable[[Results], float | None]]] = (
    (Goal("clean chat, against stock Presidio with the same recognizers", 60, "×", True), _against_stock(0)),
    (Goal("3 % to find, likewise", 25, "×", True), _against_stock(USUAL_SHARE)),
    (Goal("clean chat, against the bare multi-pattern engine", 6, "× its time"), _against_bare),
    (Goal("p99 of a message up to 500 characters, clean chat", 0.5, "ms"), _p99(CLEAN_SHARE)),
    (Goal("p99 of a message up to 500 characters, 3 % to find", 0.5, "ms"), _p99(USUAL_SHARE)),
    (Goal("the slowest text up to 65,536 characters", 50, "ms"), _longest),
    (
        Goal("1,000,000 messages through `raazdar scan --jsonl`", 40, "s"),
        _whole(whole.MANY, lambda one: one.seconds * 1_000_000 / one.messages),
    ),
    (Goal("the memory of that, all processes", 400, "MB"), _whole(whole.MANY, lambda one: one.memory)),
    (Goal("growth from 50 to 1,000 recognizers on clean chat", 2, "×"), _grown),
    (
        Goal("`raazdar scan` of one short message, clean", 1.5, "s"),
        _whole(whole.CLEAN, lambda one: one.seconds),
    ),
    (
        Goal("`raazdar scan` of one short message, with something to find", 3.5, "s"),
        _whole(whole.FOUND, lambda one: one.seconds),
    ),
)


def reached(results: Results) -> Sequence[Reached]:
    """Each goal with its figure."""
    return tuple(Reached(goal, figure(results)) for goal, figure in GOALS)
