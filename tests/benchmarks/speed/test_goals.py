"""The goals of speed: what meets one, and what does not."""

from dataclasses import replace

import pytest

from benchmarks.speed import whole
from benchmarks.speed.goals import GOALS, Goal, Reached, reached
from benchmarks.speed.results import BARE, RAAZDAR, Growth, Length, Results
from tests.benchmarks.speed.examples import GOOD


@pytest.mark.parametrize(
    ("goal", "value", "is_met"),
    [
        (Goal("speed", 60, "×", is_least=True), 60.0, True),
        (Goal("speed", 60, "×", is_least=True), 59.9, False),
        (Goal("time", 0.5, "ms"), 0.5, True),
        (Goal("time", 0.5, "ms"), 0.51, False),
        (Goal("time", 0.5, "ms"), None, False),
    ],
    ids=["as fast as it must be", "too slow", "in time", "too late", "not measured"],
)
def test_a_goal_is_met_by_its_bound_and_never_by_nothing(
    goal: Goal, value: float | None, is_met: bool
) -> None:
    assert Reached(goal, value).is_met is is_met


def test_a_run_that_reaches_everything_meets_all_goals() -> None:
    assert [one.goal.figure for one in reached(GOOD) if not one.is_met] == []


def test_nothing_measured_meets_no_goal() -> None:
    nothing = Results(machine="", seed=6, is_quick=False)
    assert [one.is_met for one in reached(nothing)] == [False] * len(GOALS)


def slower(rival: str, share: int, **change: float) -> Results:
    paces = [
        replace(one, **change) if (one.rival, one.share) == (rival, share) else one for one in GOOD.paces
    ]
    return replace(GOOD, paces=tuple(paces))


def without(rival: str) -> Results:
    return replace(GOOD, paces=tuple(one for one in GOOD.paces if one.rival != rival))


def whole_run(what: str, **change: float) -> Results:
    return replace(
        GOOD, wholes=tuple(replace(one, **change) if one.what == what else one for one in GOOD.wholes)
    )


@pytest.mark.parametrize(
    ("results", "missed"),
    [
        (slower(RAAZDAR, 0, ratio=59.0), ["clean chat, against stock Presidio with the same recognizers"]),
        (slower(RAAZDAR, 3, ratio=24.0), ["3 % to find, likewise"]),
        (slower(BARE, 0, ratio=541.0), ["clean chat, against the bare multi-pattern engine"]),
        (without(BARE), ["clean chat, against the bare multi-pattern engine"]),
        (slower(RAAZDAR, 0, short_p99=501.0), ["p99 of a message up to 500 characters, clean chat"]),
        (slower(RAAZDAR, 3, short_p99=501.0), ["p99 of a message up to 500 characters, 3 % to find"]),
        (
            replace(GOOD, lengths=(*GOOD.lengths, Length("`1-`", 65_536, 51.0))),
            ["the slowest text up to 65,536 characters"],
        ),
        (
            replace(GOOD, lengths=(*GOOD.lengths, Length("`1-`", 65_536, None))),
            ["the slowest text up to 65,536 characters"],
        ),
        (
            whole_run(whole.MANY, seconds=41.0),
            ["1,000,000 messages through `raazdar scan --jsonl`"],
        ),
        (
            whole_run(whole.MANY, messages=1_000, seconds=0.05),
            ["1,000,000 messages through `raazdar scan --jsonl`"],
        ),
        (whole_run(whole.MANY, memory=401.0), ["the memory of that, all processes"]),
        (
            replace(GOOD, growth=(Growth(50, 5.0), Growth(1_000, 10.1))),
            ["growth from 50 to 1,000 recognizers on clean chat"],
        ),
        (whole_run(whole.CLEAN, seconds=1.6), ["`raazdar scan` of one short message, clean"]),
        (whole_run(whole.FOUND, seconds=3.6), ["`raazdar scan` of one short message, with something to find"]),
    ],
)  # fmt: skip
def test_each_goal_is_missed_by_its_own_figure(results: Results, missed: list[str]) -> None:
    assert [one.goal.figure for one in reached(results) if not one.is_met] == missed
