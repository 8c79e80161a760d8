"""The admins' own recognizers: Presidio's, run by the rules of this house.

What takes too long is undecided, where Presidio would skip it; context words are whole words, where Presidio
finds `lic` in `public`; and no text is cut into tokens for them.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import regex
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer

from detectors.allowance import found_by, left
from detectors.finding import Evidence
from detectors.gate import Gate, Sieve, Sought
from detectors.normalise import fold_letters
from detectors.predefined import predefined_recognizer
from detectors.recognizers.candidate import Candidate, CandidateRecognizer, Tally
from detectors.rulebook import OwnRecognizer, OwnRecognizers, whole_words

_BONUS, _LEAST = 0.35, 0.4
"""What a context word adds, and what the score then is at least: Presidio's defaults."""

_WORDS_BEFORE, _NEAR = 5, 200
"""Presidio looks at five words before a match. They are searched for in so many characters."""

_WORD = regex.compile(r"\w+")

_NO_TOKENS: Any = None


def own_recognizers(own: OwnRecognizers, gate: Gate) -> list[CandidateRecognizer]:
    """One recognizer for each that is enabled."""
    return [_made(one, own.global_regex_flags, gate) for one in own.enabled]


def _made(own: OwnRecognizer, flags: int, gate: Gate) -> CandidateRecognizer:
    stock = predefined_recognizer(own.stock_name) if own.predefined else _custom(own, flags)
    context = Context(own.context_words or stock.context)
    if isinstance(stock, PatternRecognizer):
        return OwnPatternRecognizer(own.name, own.entity, stock, context, gate)
    return OwnCodeRecognizer(own.name, own.entity, stock, context)


def _custom(own: OwnRecognizer, flags: int) -> PatternRecognizer:
    return PatternRecognizer(
        supported_entity=own.entity,
        name=own.name,
        patterns=[Pattern(one.name, one.regex, one.score) for one in own.patterns or ()],
        deny_list=list(own.deny_list or ()),
        deny_list_score=own.deny_list_score,
        global_regex_flags=flags,
    )


class Context:
    """Words that speak for a match where they stand shortly before it."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = whole_words(words) if words else None

    def weighed(self, tally: Tally, text: str, start: int) -> tuple[Tally, tuple[str, ...]]:
        """The score with what the words before a match add, and these words."""
        if self._words is None or tally.score == 0:
            return tally, ()
        begins = [word.start() for word in _WORD.finditer(text, max(start - _NEAR, 0), start)]
        first = begins[-_WORDS_BEFORE:][:1] or [start]
        found = [
            one.casefold() for one in self._words.expression.findall(text, first[0], start, timeout=left())
        ]
        if not found:
            return tally, ()
        score = min(max(tally.score + _BONUS, _LEAST), 1.0)
        tally = tally.add("words of its kind before it", round(score - tally.score, 3))
        return tally, tuple(dict.fromkeys(found))


class OwnPatternRecognizer(CandidateRecognizer):
    """Expressions, with Presidio's validation where the recognizer has one.

    `patterns` are its expressions, folded as the texts are, and `global_regex_flags` how they are compiled:
    the names under which Presidio's pattern recognizers hold theirs.
    """

    def __init__(
        self, name: str, entity: str, stock: PatternRecognizer, context: Context, gate: Gate
    ) -> None:
        described: Any = stock  # its attributes carry no types
        self._called = name
        self._stock = stock
        self._entity = entity
        self._context = context
        self.patterns = [Pattern(one.name, fold_letters(one.regex), one.score) for one in described.patterns]
        self.global_regex_flags = int(described.global_regex_flags)
        self._sieve = Sieve(
            gate, ((one, Sought(one.regex, self.global_regex_flags)) for one in self.patterns)
        )
        super().__init__((entity,), self._sieve)

    @property
    def called(self) -> str:
        return self._called

    def candidates(self, text: str) -> Iterable[Candidate]:
        for pattern, expression in self._sieve.within(text):
            for match in found_by(expression, text):
                if match[0]:
                    yield self._candidate(text, pattern, match)

    def _candidate(self, text: str, pattern: Pattern, match: "regex.Match[str]") -> Candidate:
        tally = Tally().add(pattern.name, pattern.score)
        checked = _validated(self._stock, match[0])
        if checked is not None:
            step = "holds by its validation" if checked else "fails its validation"
            tally = tally.add(step, round((1.0 if checked else 0.0) - tally.score, 3))
        tally, words = self._context.weighed(tally, text, match.start())
        validation = f"{type(self._stock).__name__}'s" if checked is not None else ""
        evidence = Evidence(self._called, pattern.name, words, validation, tally.steps)
        return Candidate(self._entity, match.start(), match.end(), tally.score, evidence, own=True)


def _validated(stock: PatternRecognizer, written: str) -> bool | None:
    """Whether what was found holds by Presidio's validation; None where there is none."""
    if stock.invalidate_result(written):
        return False
    holds: bool | None = stock.validate_result(written)
    return holds


class OwnCodeRecognizer(CandidateRecognizer):
    """One of Presidio's that finds by code and not by expressions, such as telephone numbers of a country."""

    def __init__(self, name: str, entity: str, stock: EntityRecognizer, context: Context) -> None:
        self._called = name
        self._stock = stock
        self._entity = entity
        self._context = context
        super().__init__((entity,))

    @property
    def called(self) -> str:
        return self._called

    def candidates(self, text: str) -> Iterable[Candidate]:
        how = type(self._stock).__name__
        for found in self._stock.analyze(text, self._stock.supported_entities, _NO_TOKENS):
            tally = Tally().add(how, float(found.score))
            tally, words = self._context.weighed(tally, text, found.start)
            evidence = Evidence(self._called, how, words, steps=tally.steps)
            yield Candidate(self._entity, found.start, found.end, tally.score, evidence, own=True)
