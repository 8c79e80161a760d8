"""A text that was made from another, and where each of its characters came from. Pure."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detectors.finding import Span

Piece = tuple[str, int, int]
"""A character, and the stretch of the text it was made from."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text and, for each of its characters, the stretch of the text it was made from.

    `starts` and `ends` are None where nothing was changed. `notes` name the kinds of change, for people.
    """

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None
    notes: tuple[str, ...] = ()

    def original(self, start: int, end: int) -> Span:
        """The stretch of the original text that `text[start:end]` was made from, in code points."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}..{end} is not inside a text of {len(self.text)} characters")
        if self.starts is None or self.ends is None:
            return Span(start, end)
        if start == end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(at, at)
        return Span(min(self.starts[start:end]), max(self.ends[start:end]))

    def then(self, later: "Folded") -> "Folded":
        """This folding followed by `later`, which was made from this one's text."""
        if later.starts is None or later.ends is None:
            return Folded(later.text, self.starts, self.ends, self.notes + later.notes)
        notes = self.notes + later.notes
        if self.starts is None or self.ends is None:
            return Folded(later.text, later.starts, later.ends, notes)
        own_starts, own_ends = array("I"), array("I")
        for start, end in zip(later.starts, later.ends, strict=True):
            if end - start == 1:
                own_starts.append(self.starts[start])
                own_ends.append(self.ends[start])
            else:
                span = self.original(start, end)
                own_starts.append(span.start)
                own_ends.append(span.end)
        return Folded(later.text, own_starts, own_ends, notes)


def pieces(text: str, start: int, end: int) -> Iterable[Piece]:
    """The characters of a stretch as they stand."""
    return ((text[index], index, index + 1) for index in range(start, end))


def put_together(made: Iterable[Piece], notes: tuple[str, ...] = ()) -> Folded:
    """The text that the pieces make."""
    listed = list(made)
    return Folded(
        "".join(letter for letter, _, _ in listed),
        array("I", (start for _, start, _ in listed)),
        array("I", (end for _, _, end in listed)),
        notes,
    )
