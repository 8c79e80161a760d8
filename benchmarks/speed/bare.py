"""The multi-pattern engine alone, without anything of ours around it: the limit of what can be reached."""

from collections.abc import Sequence
from time import perf_counter
from typing import Protocol

from detectors.engine import Engine
from detectors.gate import PatternGate
from detectors.gate.alphabet import encoded
from detectors.normalise import fold


class Bare(Protocol):
    """Shows texts to the multi-pattern engine and does nothing with what it reports."""

    def __call__(self, texts: Sequence[str]) -> float:
        """Seconds that all of them took together."""


def bare_of(engine: Engine) -> Bare | None:
    """The multi-pattern engine inside the detectors; None where they have none."""
    gate = engine.gate
    if not isinstance(gate, PatternGate):
        return None
    matching = gate.shelves.matching

    def bare(texts: Sequence[str]) -> float:
        written = [encoded(fold(text).text) for text in texts]
        start = perf_counter()
        for one in written:
            matching(one)
        return perf_counter() - start

    return bare


class Together:
    """The bare engine as an entrant: all texts at once, as even a clock around each would cost too much."""

    is_timed_singly = False

    def __init__(self, bare: Bare) -> None:
        self._bare = bare

    def run(self, texts: Sequence[str]) -> Sequence[float]:
        return [self._bare(texts) / len(texts)] * len(texts)
