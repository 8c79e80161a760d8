"""Everything that is measured in one run, one after the other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from benchmarks.machine import machine, python
from benchmarks.speed import growth, lengths, whole
from benchmarks.speed.corpus import SHARES, texts
from benchmarks.speed.patterns import counted, patterns_of
from benchmarks.speed.race import Entrant, pace, race
from benchmarks.speed.results import STOCK, Pace, Results
from benchmarks.speed.rivals import RIVALS, Load, NotThere
from bot.config.loading import load_configuration


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    `messages` of each share, so many `rounds`, `budget` seconds of a rival for a round of one share; `lines`
    through the whole program, a process that is short `times` times, `grown` messages with more recognizers.
    """

    messages: int
    rounds: int
    budget: float
    lines: int
    times: int
    grown: int


THOROUGH = Plan(messages=5_000, rounds=3, budget=4.0, lines=1_000_000, times=5, grown=1_000)
QUICK = Plan(messages=500, rounds=3, budget=1.0, lines=3_000, times=1, grown=100)

_WARM_UP = 100
"""Messages, other ones, that each rival looks through before it is measured."""


def measured(plan: Plan, seed: int, *, is_quick: bool, tell: Callable[[str], None]) -> Results:
    """Measures everything; `tell` is called with what comes next."""
    busy = f"{machine()}; {python()}"
    load = cache(load_configuration)
    # Whole processes first, while this one is small and has nothing to do.
    tell("processes from their start to their first answer")
    starts = tuple(whole.started(tuple(RIVALS), plan.times))
    tell("raazdar scan of one message")
    short = tuple(whole.scanned_short(plan.times))
    tell(f"raazdar scan of {plan.lines:,} messages")
    many = whole.scanned_many(plan.lines, seed)
    entrants, missing = _ready(load)
    paces: list[Pace] = []
    for share in SHARES:
        tell(f"the rivals on chat with {share} % to find")
        paces += _paces(entrants, plan, share, seed)
    tell("long texts")
    by_length = tuple(lengths.measured(load()))
    tell("many recognizers")
    by_recognizers = tuple(growth.measured(load(), plan.grown, plan.rounds, seed))
    return Results(
        busy,
        seed,
        is_quick,
        tuple(paces),
        starts,
        by_length,
        by_recognizers,
        (*short, many),
        missing,
        (counted(patterns_of(load().rulebook)),),
    )


def _ready(load: Load) -> tuple[Mapping[str, Entrant], Mapping[str, str]]:
    """The rivals that are there, and why the others are not."""
    entrants: dict[str, Entrant] = {}
    missing: dict[str, str] = {}
    for name, make in RIVALS.items():
        try:
            entrants[name] = make(load)
        except NotThere as error:
            missing[name] = str(error)
    return entrants, missing


def _paces(entrants: Mapping[str, Entrant], plan: Plan, share: int, seed: int) -> Iterator[Pace]:
    chat, warm_up = texts(plan.messages, share, seed), texts(_WARM_UP, share, seed + 1)
    times = race(entrants, chat, warm_up, plan.rounds, plan.budget)
    for name, entrant in entrants.items():
        yield pace(name, share, chat, times[name], times.get(STOCK), singly=entrant.is_timed_singly)
