"""Several rivals on the same messages, in turns, so that whatever else the machine does hits all alike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median, quantiles
from time import perf_counter
from typing import Protocol

from benchmarks.speed.results import Pace

TURN = 500
"""Messages that a rival is given before the next one gets the same."""

SHORT = 500
"""Characters of a message that a platform's user types at most as a rule."""

Times = Sequence[Sequence[float]]
"""Seconds of each message, round by round."""


class Entrant(Protocol):
    """What runs in a race."""

    is_timed_singly: bool

    def run(self, texts: Sequence[str]) -> Sequence[float]:
        """Looks through each text, and tells the seconds that each took."""


class OneByOne:
    """An entrant that looks at one text at a time."""

    is_timed_singly = True

    def __init__(self, scan: "_Scan") -> None:
        self._scan = scan

    def run(self, texts: Sequence[str]) -> Sequence[float]:
        scan, taken = self._scan, list[float]()
        for text in texts:
            start = perf_counter()
            scan(text)
            taken.append(perf_counter() - start)
        return taken


class _Scan(Protocol):
    def __call__(self, text: str, /) -> object: ...


def race(
    entrants: Mapping[str, Entrant], texts: Sequence[str], warm_up: Sequence[str], rounds: int, budget: float
) -> Mapping[str, Times]:
    """Each entrant's times on the texts, each text once a round.

    Who would take longer than `budget` seconds a round gets the first of the texts only.
    """
    turns = {}
    for name, entrant in entrants.items():
        cost = sum(entrant.run(warm_up)) / len(warm_up)
        turns[name] = affordable(cost, budget, len(texts))
    taken: dict[str, list[list[float]]] = {name: [[] for _ in range(rounds)] for name in entrants}
    for number in range(rounds):
        for turn in range(max(turns.values(), default=0)):
            for name, entrant in entrants.items():
                if turn < turns[name]:
                    taken[name][number] += entrant.run(texts[turn * TURN : (turn + 1) * TURN])
    return taken


def affordable(cost: float, budget: float, count: int) -> int:
    """Turns over so many messages that fit into a budget, given the seconds of one message; one at least."""
    all_of_them = -(-count // TURN)
    if cost * TURN * all_of_them <= budget:
        return all_of_them
    return max(1, int(budget / (cost * TURN)))


def ratio(times: Times, others: Times) -> float:
    """How many times longer the others took, on the messages that both were given; the middle round's."""
    return median(
        sum(theirs[: len(own)]) / sum(own[: len(theirs)]) for own, theirs in zip(times, others, strict=True)
    )


def pace(
    rival: str, share: int, texts: Sequence[str], times: Times, stock: Times | None, *, singly: bool = True
) -> Pace:
    """The figures of a rival: the speed of the middle round; percentiles over each message's middle time."""
    count = len(times[0])
    measured = Pace(
        rival,
        share,
        count,
        round(median(count / sum(taken) for taken in times)),
        None if stock is None else round(ratio(times, stock), 3),
    )
    if not singly:
        return measured
    middle = [median(taken) for taken in zip(*times, strict=True)]
    short = [taken for text, taken in zip(texts, middle, strict=False) if len(text) <= SHORT]
    return replace(
        measured,
        p50=_microseconds(percentile(middle, 50)),
        p99=_microseconds(percentile(middle, 99)),
        slowest=_microseconds(max(map(max, times))),
        short_p99=_microseconds(percentile(short, 99)),
    )


def percentile(taken: Sequence[float], of_hundred: int) -> float:
    return quantiles(taken, n=100, method="inclusive")[of_hundred - 1]


def _microseconds(seconds: float) -> float:
    return round(seconds * 1e6, 1)
