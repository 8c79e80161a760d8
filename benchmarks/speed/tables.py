"""The results as tables, for the terminal and for the documentation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.speed.charts import slowest
from benchmarks.speed.figures import readable
from benchmarks.speed.goals import Reached, reached
from benchmarks.speed.lengths import CLEAN, DENSE
from benchmarks.speed.results import Pace, Results


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of words under titles."""

    titles: Sequence[str]
    rows: Sequence[Sequence[str]]


def goals(results: Results) -> Sheet:
    """Each goal, what was reached, and whether that is enough."""
    return Sheet(("Figure", "Goal", "Reached", ""), [_goal(one) for one in reached(results)])


def _goal(one: Reached) -> Sequence[str]:
    return one.goal.figure, str(one.goal), one.told, "met" if one.is_met else "MISSED"


def paces(results: Results, share: int) -> Sheet:
    """Every rival on chat of one share to find, the fastest first; in the end who is missing, and why."""
    of_share = [one for one in results.paces if one.share == share]
    return Sheet(
        ("Who", "Messages", "Messages a second", "× stock Presidio", "p50 µs", "p99 µs", "Slowest µs"),
        [
            *(_pace(one) for one in sorted(of_share, key=lambda one: one.per_second, reverse=True)),
            *((rival, why, *[""] * 5) for rival, why in results.missing.items()),
        ],
    )


def _pace(one: Pace) -> Sequence[str]:
    ratio = "" if one.ratio is None else readable(one.ratio)
    times = ("" if time is None else readable(time) for time in (one.p50, one.p99, one.slowest))
    return one.rival, f"{one.messages:,}", f"{one.per_second:,.0f}", ratio, *times


def starts(results: Results) -> Sheet:
    """How long each rival takes from nothing to its first answer."""
    return Sheet(
        ("Who", "Seconds", "MB"),
        [(one.rival, f"{one.seconds:.2f}", f"{one.memory:.0f}") for one in results.starts],
    )


def wholes(results: Results) -> Sheet:
    """Whole runs of the program."""
    return Sheet(
        ("What", "Messages", "Seconds", "Messages a second", "MB"),
        [
            (
                one.what,
                f"{one.messages:,}",
                f"{one.seconds:.2f}",
                f"{one.messages / one.seconds:,.0f}" if one.messages > 1 else "",
                f"{one.memory:.0f}",
            )
            for one in results.wholes
        ],
    )


def lengths(results: Results) -> Sheet:
    """What a text costs by its length."""
    return Sheet(
        ("Characters", "Clean", "Full of leaks", "The slowest made to be slow", "Which"),
        list(_lengths(results)),
    )


def _lengths(results: Results) -> Iterator[Sequence[str]]:
    taken = {(one.text, one.characters): one.milliseconds for one in results.lengths}
    worst = {one.characters: one for one in slowest(results.lengths)}
    for length in sorted({one.characters for one in results.lengths}):
        slow = worst.get(length)
        yield (
            f"{length:,}",
            _milliseconds(taken.get((CLEAN, length))),
            _milliseconds(taken.get((DENSE, length))),
            _milliseconds(slow.milliseconds if slow else None),
            slow.text if slow else "",
        )


def _milliseconds(taken: float | None) -> str:
    return "not tried: too slow" if taken is None else readable(taken)


def growth(results: Results) -> Sheet:
    """What a clean message costs by the number of recognizers."""
    return Sheet(
        ("Recognizers", "Microseconds"),
        [(f"{one.recognizers:,}", readable(one.microseconds)) for one in results.growth],
    )
