"""What a recognizer proposes, with a score that is explained step by step."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult

from detectors.finding import AttributeValue, Evidence
from detectors.folded import Folded
from detectors.gate import Sieve

_CANDIDATE = "candidate"

LANGUAGE = "en"
"""The one language that recognizers are registered under. They read every script themselves."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A score in the making: each step has a name and what it adds or takes."""

    total: float = 0.0
    steps: tuple[str, ...] = ()

    def add(self, name: str, weight: float) -> "Tally":
        return Tally(self.total + weight, (*self.steps, f"{name} {weight:+.2f}"))

    @property
    def score(self) -> float:
        return round(min(max(self.total, 0.0), 1.0), 3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be a finding, in offsets of the FOLDED text. `own`: by an admin's recognizer."""

    entity: str
    start: int
    end: int
    score: float
    evidence: Evidence
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    own: bool = False

    def weighed(self, name: str, weight: float) -> "Candidate":
        """The same candidate after one more step."""
        tally = Tally(self.score, self.evidence.steps).add(name, weight)
        return replace(self, score=tally.score, evidence=replace(self.evidence, steps=tally.steps))

    def seen_through(self, view: Folded, name: str) -> "Candidate":
        """The same candidate, found in another way to read the text, at its place in the text itself."""
        span = view.original(self.start, self.end)
        evidence = replace(self.evidence, steps=(*self.evidence.steps, name))
        attributes = {**self.attributes, "fuzzy": True}
        return replace(self, start=span.start, end=span.end, evidence=evidence, attributes=attributes)


class CandidateRecognizer(EntityRecognizer):
    """A Presidio recognizer that proposes candidates, also those that fall below the threshold.

    They are kept to be explained; the engine lets go of them afterwards.
    """

    def __init__(self, entities: Iterable[str], *needs: Sieve[Any]) -> None:
        """`needs` hold all that of which something must match for anything to be found.

        Without any, it always runs.
        """
        super().__init__(supported_entities=list(entities), supported_language=LANGUAGE)
        self.needs = needs

    def load(self) -> None:
        """Nothing to load: everything comes with the rulebook."""

    def warm(self) -> None:
        """Compiles its expressions now, and not when each is first needed."""
        for sieve in self.needs:
            sieve.warm()

    @property
    def called(self) -> str:
        """The name that it is known by."""
        return type(self).__name__

    @property
    def always_runs(self) -> bool:
        """Whether it states nothing that a text must hold for it to find something."""
        return not self.needs

    @abstractmethod
    def candidates(self, text: str) -> Iterable[Candidate]:
        """Everything in the folded text that looks like what this recognizer knows.

        Raises TimeoutError where an expression takes too long; the part is then undecided.
        """

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        return [result_of(candidate, self) for candidate in self.candidates(text)]


def result_of(candidate: Candidate, recognizer: EntityRecognizer) -> RecognizerResult:
    """The candidate as Presidio passes results around."""
    return RecognizerResult(
        entity_type=candidate.entity,
        start=candidate.start,
        end=candidate.end,
        score=candidate.score,
        analysis_explanation=AnalysisExplanation(
            recognizer=candidate.evidence.recognizer,
            original_score=candidate.score,
            pattern_name=candidate.evidence.pattern,
            textual_explanation="; ".join(candidate.evidence.steps),
        ),
        recognition_metadata={
            RecognizerResult.RECOGNIZER_NAME_KEY: type(recognizer).__name__,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: recognizer.id,
            _CANDIDATE: candidate,
        },
    )


def candidate_of(result: RecognizerResult) -> Candidate:
    """The candidate that a result carries, or one made from what a stock recognizer says."""
    metadata = result.recognition_metadata or {}
    candidate = metadata.get(_CANDIDATE)
    if isinstance(candidate, Candidate):
        return candidate
    explanation = result.analysis_explanation
    pattern = (explanation.pattern_name or "") if explanation else ""
    steps = (f"{pattern or result.entity_type} {result.score:+.2f}",)
    name = str(metadata.get(RecognizerResult.RECOGNIZER_NAME_KEY, ""))
    return Candidate(
        result.entity_type, result.start, result.end, round(float(result.score), 3),
        Evidence(name, pattern, steps=steps),
    )  # fmt: skip
