"""What one text costs by its length: clean, full of things to find, and made to be slow."""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from time import perf_counter

from benchmarks.speed.chat import message
from benchmarks.speed.leaks import KINDS, deck
from benchmarks.speed.results import Length
from bot.config.loading import Configuration
from bot.wiring import build_detectors
from detectors.finding import Part

LENGTHS = (16, 64, 256, 1_024, 4_096, 16_384, 65_536)
CLEAN, DENSE = "clean", "full of leaks"

TOO_LONG = 2.0
"""Seconds of one text after which none longer is tried."""

_TIMES = 5
"""How often a text is looked through; the fastest counts, as a text is always the same."""

_LONG_ENOUGH = 0.2
"""Seconds after which once is enough."""


def _chat(length: int) -> str:
    random = Random(length)  # noqa: S311 - chat by chance, no secret
    return _cut(lambda: message(random), length)


def _leaks(length: int) -> str:
    random = Random(length)  # noqa: S311 - chat by chance, no secret
    kinds: list[str] = []

    def leak() -> str:
        nonlocal kinds
        kinds = kinds or deck(random)
        return KINDS[kinds.pop()](random)

    return _cut(leak, length)


def _cut(line: Callable[[], str], length: int) -> str:
    text = ""
    while len(text) < length:
        text += f"{line()}\n"
    return text[:length]


def _again_and_again(unit: str) -> Callable[[int], str]:
    return lambda length: (unit * (length // len(unit) + 1))[:length]


TEXTS: Mapping[str, Callable[[int], str]] = {CLEAN: _chat, DENSE: _leaks} | {
    f"`{unit}` again and again": _again_and_again(unit)
    for unit in (
        "a.",
        "!",
        "1",
        "1 ",
        "1-",
        "a@",
        "(",
        "SECRET ",
        "S E C R E T ",
        "5ECR3T ",
        "aGVs",
        "خفیہ ",
    )
}
"""Texts of any length by their names; what comes again and again is what slow patterns stumble over."""


def measured(configuration: Configuration) -> Iterator[Length]:
    """Every text at every length, until it takes too long."""
    detectors = build_detectors(configuration)
    detectors.scan([Part("text", _leaks(2_000))])
    for name, make in TEXTS.items():
        is_over = False
        for length in LENGTHS:
            seconds = None if is_over else _fastest(lambda part: detectors.scan([part]), make(length))
            is_over = seconds is None or seconds > TOO_LONG
            yield Length(name, length, None if seconds is None else round(1000 * seconds, 3))


def _fastest(scan: Callable[[Part], object], text: str) -> float:
    part, best = Part("text", text), float("inf")
    for _ in range(_TIMES):
        start = perf_counter()
        scan(part)
        taken = perf_counter() - start
        best = min(best, taken)
        if taken > _LONG_ENOUGH:
            break
    return best
