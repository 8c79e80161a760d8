"""A text with its lines, as a person looks at it: what stands alone, on top, at the bottom, in a sentence."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

_AROUND = 100
"""Characters of neighbourhood that are looked at on each side of a candidate."""

_SENTENCE_ENDS = regex.compile(r"(?<=[.!?])[\s\"')]+(?=\S)|\n")
_INTRODUCED = regex.compile(r"(?<=_[^:]{3,}:)\s.*")
_WORDS = regex.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: where it starts and ends, without its line break."""

    start: int
    end: int


class Page:
    """A folded text, split into what its layout says. Made once a text and only read afterwards."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._answers: dict[str, bool] = {}

    def answer(self, question: str, ask: Callable[[str], bool]) -> bool:
        """What `ask` says of the whole text, asked only once."""
        if question not in self._answers:
            self._answers[question] = ask(self.text)
        return self._answers[question]

    @cached_property
    def lines(self) -> Sequence[Line]:
        """The lines that hold a letter or a digit, in order."""
        found: list[Line] = []
        start = 0
        for raw in self.text.split("\n"):
            end = start + len(raw)
            if _WORDS.search(raw):
                found.append(Line(start, end))
            start = end + 1
        return found

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_number(self, at: int) -> int:
        """Which of the written lines the place stands in, from 0."""
        return max(bisect_right(self._line_starts, at) - 1, 0)

    def line(self, at: int) -> Line:
        return self.lines[self.line_number(at)]

    def before(self, start: int) -> str:
        """What stands right before, at most some words of it."""
        return self.text[max(start - _AROUND, 0) : start]

    def after(self, end: int) -> str:
        """What stands right after, at most some words of it."""
        return self.text[end : end + _AROUND]

    def sentence(self, start: int, end: int) -> str:
        """The sentence around a place, with the place itself left out."""
        left = self.text[max(start - 3 * _AROUND, 0) : start]
        right = self.text[end : end + 3 * _AROUND]
        cuts = [match.end() for match in _SENTENCE_ENDS.finditer(left)]
        stop = _SENTENCE_ENDS.search(right)
        sentence = f"{left[cuts[-1] if cuts else 0 :]} _ {right[: stop.start() if stop else None]}"
        return " ".join(sentence.split())

    def clause(self, start: int, end: int) -> str:
        """The sentence without what a colon after the place introduces; it ends in that colon then."""
        return _INTRODUCED.sub("", self.sentence(start, end))
