"""Reference numbers of official letters.

There is no one grammar: seven families are known (domain facts, 2.3), each an expression in
`config/references.yaml`. What looks alike but is none (a court case, an invoice, a roll number) is told by
the words that stand beside it.
"""

from collections.abc import Iterable

import regex

from detectors.allowance import found_by
from detectors.finding import Evidence
from detectors.gate import Gate, Sieve
from detectors.recognizers.asking import Contexts
from detectors.recognizers.candidate import Candidate, CandidateRecognizer, Tally
from detectors.recognizers.page import Page
from detectors.recognizers.views import NumberViews
from detectors.rulebook import Family, References, sought

DOCUMENT_REFERENCE = "DOCUMENT_REFERENCE"


class DocumentReferenceRecognizer(CandidateRecognizer):
    """Finds reference numbers of every family, and says which of them are of published instruments."""

    def __init__(self, references: References, gate: Gate, around: Gate, views: NumberViews) -> None:
        self._families = Sieve(
            gate,
            (
                (family, sought(references.expression(family), family.case))
                for family in references.references
            ),
        )
        self._views = views
        self._lookalikes = Contexts(references.lookalikes, around)
        super().__init__((DOCUMENT_REFERENCE,), self._families, views.asking)

    def candidates(self, text: str) -> Iterable[Candidate]:
        yield from self._read(text)
        for name, view in self._views.of(text):
            for one in self._read(view.text):
                yield one.seen_through(view, name)

    def _read(self, text: str) -> Iterable[Candidate]:
        page = Page(text)
        for family, expression in self._families.within(text):
            for match in found_by(expression, text):
                start, end = match.span("value") if match.groupdict().get("value") else match.span()
                written = _number(text[start:end])
                yield self._candidate(page, family, start, start + len(written))

    def _candidate(self, page: Page, family: Family, start: int, end: int) -> Candidate:
        tally = Tally().add(f"written as {family.name}", family.score)
        for lookalike in self._lookalikes.holding(page, start, end):
            tally = tally.add(lookalike.name, lookalike.weight)
        return Candidate(
            DOCUMENT_REFERENCE,
            start,
            end,
            tally.score,
            Evidence(type(self).__name__, family.name, steps=tally.steps),
            {"family": family.name, "public": family.public},
        )


_NO_MORE_NUMBER = regex.compile(
    r"(?<=[\w)/])(?<=\d[^\n]*)[\s(]*(?:dated?|dt)\b.*|\s\(\w*$", regex.IGNORECASE | regex.DOTALL
)
"""What follows a number: its date, or a bracket that is opened and not closed."""


def _number(written: str) -> str:
    """The number alone, without its date and without the bracket that it may stand in."""
    number = _NO_MORE_NUMBER.sub("", written).rstrip(" .,;:-")
    while number.endswith(")") and number.count(")") > number.count("("):
        number = number[:-1].rstrip(" .,;:-")
    return number
