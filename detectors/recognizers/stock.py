"""Recognizers of Presidio's that run beside those of the rulebook, by the rules of this house."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from presidio_analyzer import EntityRecognizer, PatternRecognizer
from presidio_analyzer.nlp_engine import NlpArtifacts, NoOpNlpEngine

from detectors.gate import Gate
from detectors.recognizers.candidate import LANGUAGE, Candidate, CandidateRecognizer, candidate_of
from detectors.recognizers.own import Context, OwnPatternRecognizer


def beside(recognizer: EntityRecognizer, gate: Gate) -> CandidateRecognizer:
    """The recognizer as it is searched with: one that finds by expressions alone stands behind the gate."""
    if isinstance(recognizer, CandidateRecognizer):
        return recognizer
    described: Any = recognizer  # its attributes carry no types
    if expressions_of(recognizer) is None:
        return StockRecognizer(recognizer)
    entity = described.supported_entities[0]
    return OwnPatternRecognizer(described.name, entity, described, Context(described.context or ()), gate)


def expressions_of(recognizer: EntityRecognizer) -> Sequence[tuple[str, int]] | None:
    """The expressions, with flags, without one of which it finds nothing; None where it has other ways."""
    described: Any = recognizer
    plain = PatternRecognizer.analyze
    if not isinstance(recognizer, PatternRecognizer) or type(recognizer).analyze is not plain:
        return None
    return [(one.regex, int(described.global_regex_flags)) for one in described.patterns]


class StockRecognizer(CandidateRecognizer):
    """A recognizer of which nothing is known but that it finds something. It always runs."""

    def __init__(self, recognizer: EntityRecognizer) -> None:
        super().__init__(recognizer.supported_entities)
        self._recognizer: Any = recognizer

    def candidates(self, text: str) -> Iterable[Candidate]:
        found = self._recognizer.analyze(text, self._recognizer.supported_entities, _no_tokens())
        return map(candidate_of, found)


@cache
def _no_tokens() -> NlpArtifacts:
    """No text is cut into tokens: spaCy takes seconds for a page of exclamation marks."""
    engine = NoOpNlpEngine([{"lang_code": LANGUAGE, "model_name": "none"}])
    engine.load()
    return engine.process_text("", LANGUAGE)
