"""All recognizers behind one gate: what each proposes in a text, where it can propose anything.

What the gate needs to know of them is kept, so that a text in which nothing can be found is let go without
making them: making them imports Presidio, which takes a second.
"""

import gc
import pickle
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol

from detectors.allowance import allowed, left, share_for, uncounted
from detectors.gate import Gate, PatternGate, Sieve
from detectors.kept import kept
from detectors.rulebook import Rulebook

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

    from detectors.recognizers.candidate import Candidate


@dataclass(frozen=True, slots=True)
class Proposed:
    """What may be something, and why some of the text could not be looked through."""

    candidates: tuple["Candidate", ...] = ()
    failures: tuple[str, ...] = ()


NOTHING = Proposed()

TIMED_OUT = "timed out"

_DECIDING = ("regex", "presidio-analyzer", "detect-secrets", "confusable-homoglyphs")
"""Packages that bring expressions of their own, or decide how ours are folded."""

_SHARE = 0.4
"""How much of the time that is left one recognizer may take of a long text."""


class Proposer(Protocol):
    """A recognizer, as it is searched with."""

    @property
    def always_runs(self) -> bool: ...

    @property
    def called(self) -> str: ...

    @property
    def needs(self) -> Sequence[Sieve[Any]]: ...

    def warm(self) -> None: ...

    def candidates(self, text: str) -> Iterable["Candidate"]: ...


class Search:
    """The recognizers of a rulebook, and `more` of Presidio's beside them. Any thread may search."""

    def __init__(
        self, rulebook: Rulebook, more: Sequence["EntityRecognizer"] = (), gate: Gate | None = None
    ) -> None:
        """`gate` takes the place of the one that is made of what the recognizers state."""
        self._rulebook = rulebook
        self._more = more
        self._making = RLock()
        self.gate: Gate
        if gate is not None:
            self._some_always_run, self.gate = True, gate
            return
        versions = [sys.version, *map(metadata.version, _DECIDING)]
        key = repr((versions, _code(), rulebook, [_stated(one) for one in more]))
        # Made by us, and kept in a folder of ours.
        self._some_always_run, needs = pickle.loads(kept("gate", key.encode(), self._needed))  # noqa: S301
        self.gate = PatternGate(needs)

    def warm(self) -> None:
        """Compiles everything now that is otherwise compiled when it is first needed."""
        self.gate.through("")
        for one in self.proposers:
            one.warm()

    def is_clean(self, text: str) -> bool:
        """Whether no recognizer can find anything in a folded text."""
        return not self._some_always_run and not self.gate.through(text)

    def proposed(self, text: str) -> Proposed:
        """What the recognizers propose in a folded text. One that fails costs only its own candidates."""
        if self.is_clean(text):
            return NOTHING
        asked = list(self._worth_asking(text))
        # None takes the time of all; what is left in the end is for those that had too little.
        answers = {number: _asked(one, text, _SHARE) for number, one in enumerate(asked)}
        if len(asked) > 1:
            for number, answer in answers.items():
                if answer.failures == (TIMED_OUT,):
                    again = _asked(asked[number], text, 1.0)
                    answers[number] = max(again, answer, key=lambda one: len(one.candidates))
        return Proposed(
            tuple(candidate for answer in answers.values() for candidate in answer.candidates),
            tuple(failure for answer in answers.values() for failure in answer.failures),
        )

    def always_running(self) -> tuple[Proposer, ...]:
        """The recognizers that run on every text: they state nothing, or nothing that the gate can read."""
        through = {number for one in self.gate.always for number in self._askers.get(one, ())}
        return tuple(one for number, one in enumerate(self.proposers) if one.always_runs or number in through)

    def _worth_asking(self, text: str) -> Iterable[Proposer]:
        """The recognizers that may find something, in the order in which they speak."""
        proposers = self.proposers
        asked = {number for one in self.gate.through(text) for number in self._askers.get(one, ())}
        return (one for number, one in enumerate(proposers) if number in asked or one.always_runs)

    @cached_property
    def _askers(self) -> Mapping[int, Sequence[int]]:
        """For each expression by its number in the gate, which recognizers need it, by theirs."""
        askers: dict[int, list[int]] = {}
        for number, one in enumerate(self.proposers):
            for sieve in one.needs:
                for expression in sieve.numbers:
                    askers.setdefault(expression, []).append(number)
        return askers

    @property
    def proposers(self) -> tuple[Proposer, ...]:
        """Every recognizer, in the order in which they speak."""
        with self._making, uncounted():
            return self._proposers

    @cached_property
    def _proposers(self) -> tuple[Proposer, ...]:
        made = _made(self._rulebook, self._more, self.gate)
        # So many new objects make the collector run for long, and it should not be while a text is searched.
        gc.collect()
        return made

    def _needed(self) -> bytes:
        gate = PatternGate()
        proposers = _made(self._rulebook, self._more, gate)
        return pickle.dumps((any(one.always_runs for one in proposers), gate.needs))


def _asked(proposer: Proposer, text: str, share: float) -> Proposed:
    """What a recognizer proposes in its share of the time. What it found before it fails counts."""
    found: list[Candidate] = []
    try:
        with allowed(share_for(text, share)):
            for candidate in proposer.candidates(text):
                found.append(candidate)
                left()
    except TimeoutError:
        return Proposed(tuple(found), (TIMED_OUT,))
    except Exception as error:  # noqa: BLE001 - a failure of any kind leaves the part undecided
        return Proposed(tuple(found), (f"{type(proposer).__name__} failed: {type(error).__name__}",))
    return Proposed(tuple(found))


def _made(rulebook: Rulebook, more: Sequence["EntityRecognizer"], gate: Gate) -> tuple[Proposer, ...]:
    from detectors.analysis import recognizers_of
    from detectors.recognizers.stock import beside

    return (*recognizers_of(rulebook, gate), *(beside(one, gate) for one in more))


def _stated(recognizer: "EntityRecognizer") -> object:
    """What decides what a recognizer states to the gate."""
    from detectors.recognizers.stock import expressions_of

    return type(recognizer).__qualname__, expressions_of(recognizer)


@cache
def _code() -> str:
    """What all the code is that decides what recognizers state."""
    digest = sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        if "extract" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()
