"""Recognizers of Presidio's that are none of ours, run by the rules of this house."""

from collections.abc import Iterable, Sequence
from functools import cache

from presidio_analyzer import EntityRecognizer, PatternRecognizer
from presidio_analyzer.nlp_engine import NlpArtifacts, NoOpNlpEngine

from detectors.gate import Gate, Sieve, Sought
from detectors.recognizers.candidate import LANGUAGE, Candidate, CandidateRecognizer, candidate_of


class StockRecognizer(CandidateRecognizer):
    """Any recognizer of Presidio's; of one that finds by expressions alone, the gate knows when to run it."""

    def __init__(self, recognizer: EntityRecognizer, gate: Gate) -> None:
        expressions = expressions_of(recognizer)
        self._recognizer = recognizer
        needs = () if expressions is None else (Sieve(gate, ((one, Sought(*one)) for one in expressions)),)
        super().__init__(recognizer.supported_entities, *needs)
        self.name = recognizer.name

    def candidates(self, text: str) -> Iterable[Candidate]:
        found = self._recognizer.analyze(text, self._recognizer.supported_entities, _no_tokens())
        return map(candidate_of, found)


def expressions_of(recognizer: EntityRecognizer) -> Sequence[tuple[str, int]] | None:
    """The expressions, with their flags, without one of which it finds nothing; None where it has other ways."""
    if (
        not isinstance(recognizer, PatternRecognizer)
        or type(recognizer).analyze is not PatternRecognizer.analyze
    ):
        return None
    flags = int(recognizer.global_regex_flags)
    return [(one.regex, flags) for one in recognizer.patterns]


@cache
def _no_tokens() -> NlpArtifacts:
    """No text is cut into tokens: spaCy takes seconds for a page of exclamation marks."""
    engine = NoOpNlpEngine([{"lang_code": LANGUAGE, "model_name": "none"}])
    engine.load()
    return engine.process_text("", LANGUAGE)
