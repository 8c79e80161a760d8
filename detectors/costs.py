"""What the recognizers cost that run on every text, because they state nothing that one must hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from detectors.engine import Engine
from detectors.finding import Part
from detectors.normalise import fold

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """A recognizer that always runs, by its name, and the seconds that a text takes it in the mean."""

    name: str
    seconds: float


def costs(engine: Engine, texts: Sequence[str]) -> tuple[Cost, ...]:
    """The cost of each recognizer that always runs, on these texts; none where all state what they need."""
    folded = [fold(text).text for text in texts]
    measured: list[Cost] = []
    for one in engine.always_running():
        for text in folded:  # what is made when it is first needed is no cost of a text
            list(one.candidates(text))
        start = perf_counter()
        for _ in range(_ROUNDS):
            for text in folded:
                list(one.candidates(text))
        measured.append(Cost(one.called, (perf_counter() - start) / (_ROUNDS * len(folded))))
    return tuple(measured)


def cost_of_clean(engine: Engine, texts: Sequence[str]) -> float:
    """The seconds that one of these texts takes in the mean, with everything that looks at it."""
    parts = [[Part("text", text)] for text in texts]
    for one in parts:
        engine.scan(one)
    start = perf_counter()
    for _ in range(_ROUNDS):
        for one in parts:
            engine.scan(one)
    return (perf_counter() - start) / (_ROUNDS * len(parts))
