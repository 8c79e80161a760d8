"""The face of the detectors: parts of a message in, a scan out.

A part is folded, cut where it is very long, and shown to the gate; what gets through is searched, and what
the recognizers propose is weighed together. What can't be scanned is undecided, never clean.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from time import thread_time
from typing import TYPE_CHECKING

import regex

from detectors.allowance import allowed, left, share_for, uncounted
from detectors.finding import Consideration, Evidence, Finding, Part, Place, Scan, Span, Undecided
from detectors.folded import Folded
from detectors.gate import Gate, PatternGate, Sieve
from detectors.normalise import fold
from detectors.places import laid_out, placed
from detectors.rulebook import Rulebook
from detectors.seams import seams, starts_of
from detectors.search import TIMED_OUT, Proposer, Search

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

    from detectors.composite import Composite
    from detectors.recognizers.candidate import Candidate

WINDOW = "window"
FILE_NAME = "file_name"

PATIENCE, UNHURRIED = 0.05, 5.0
"""Seconds of work that a text of full length may take: in a chat, and where nobody waits behind it."""

_FULL_LENGTH = 65_536

_LEAST = 0.01
"""Seconds that are left to search in any case."""

_SEARCHING = 0.7
"""The share of it that is for searching; the rest is for weighing what was found."""

_SAMPLE = Part("text", "TOP SECRET\n\nNo. F.4(12)/2025-Budget")

_PIECE, _OVERLAP = 24_000, 2_000
"""Characters that are scanned at once, and how much two pieces share, so that nothing falls between them."""

OFFICIAL_DOCUMENT = "OFFICIAL_DOCUMENT"
_LABELS = ("CLASSIFICATION_LABEL", "DISTRIBUTION_LIMIT")

_IN_A_FILE_NAME = 0.15


@dataclass(frozen=True, slots=True)
class _Reading:
    """A part, folded, with everything that was proposed in it (in folded offsets) and what went wrong."""

    part: Part
    folded: Folded
    candidates: tuple["Candidate", ...]
    failures: tuple[str, ...]


class Engine:
    """Finds what a rulebook describes. Made once.

    Of what it has seen, the last few texts stay in memory with what the gate said of them: the recognizers
    ask about the same text one after the other.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        more: Sequence["EntityRecognizer"] = (),
        *,
        patience: float = PATIENCE,
        gate: Gate | None = None,
    ) -> None:
        """`more` are Presidio recognizers that run beside those of the rulebook.

        `patience` is the seconds of work that a text of 64 KB may take, and a longer one so much more. `gate`
        takes the place of the usual one.
        """
        self._rulebook = rulebook
        self._search = Search(rulebook, more, gate)
        self._patience = patience
        self._threshold = rulebook.recognizers.threshold
        self._weights = rulebook.judgement.weights

    @property
    def gate(self) -> Gate:
        """What tells which expressions may match."""
        return self._search.gate

    def always_running(self) -> Sequence[Proposer]:
        """The recognizers that run on every text, since nothing tells where they find nothing."""
        return self._search.always_running()

    def warm(self) -> None:
        """Makes everything ready that is otherwise made when it is first needed; takes some seconds."""
        self._search.warm()
        self.scan([_SAMPLE])

    def scan(self, parts: Sequence[Part]) -> Scan:
        """Everything that is found in the parts, in the order of the parts and of the text."""
        findings: list[Finding] = []
        undecided: list[Undecided] = []
        for part in parts:
            began = thread_time()
            folded = _folded(part)
            if self._is_clean(part, folded):
                continue
            reading = self._read(part, folded, thread_time() - began)
            findings += _findings(self._considered(reading))
            undecided += (Undecided(part.name, reason) for reason in reading.failures)
        return Scan(tuple(findings), tuple(undecided))

    def consider(self, part: Part) -> tuple[Consideration, ...]:
        """Everything that was looked at in a part, kept or not, with its steps.

        What folding changed comes first, under the name `FOLDED`.
        """
        reading = self._read(part, _folded(part), 0.0)
        considered = self._considered(reading)
        if not reading.folded.notes:
            return considered
        evidence = Evidence("normalise", steps=reading.folded.notes)
        folding = Consideration("FOLDED", part.name, Span(0, len(part.text)), 0.0, False, evidence)
        return (folding, *considered)

    def window(self, texts: Sequence[str]) -> tuple[Finding, ...]:
        """What several messages say together and none of them by itself.

        Spans are into the texts joined by line breaks.
        """
        if len(texts) < 2:
            return ()
        starts = starts_of(texts)
        together = [
            one
            for one in self._window_findings("\n".join(texts), 0)
            if one.entity not in _LABELS or _crosses(one, starts)
        ]
        for seam in seams(texts, self._label_words):
            for one in self._window_findings(seam.text, 0):
                moved = replace(one, span=seam.original(one.span.start, one.span.end))
                if one.entity != OFFICIAL_DOCUMENT and _crosses(moved, starts):
                    together.append(moved)
        if not together:
            return ()
        alone = [
            one
            for text, start in zip(texts, starts, strict=True)
            for one in self._window_findings(text, start)
        ]
        return tuple(one for one in _widest(together) if not _told(one, alone))

    def _window_findings(self, text: str, offset: int) -> list[Finding]:
        return [
            replace(one, span=Span(one.span.start + offset, one.span.end + offset))
            for one in self.scan([Part(WINDOW, text)]).findings
        ]

    def _is_clean(self, part: Part, folded: Folded) -> bool:
        """Whether the gate alone tells that there is nothing in a part. Most of what is written is such."""
        return not part.lines and len(folded.text) <= _PIECE and self._search.is_clean(folded.text)

    def _read(self, part: Part, folded: Folded, spent: float) -> _Reading:
        """`spent` is the seconds that it took to fold it."""
        candidates: dict[tuple[str, int, int, str], Candidate] = {}
        failures: dict[str, None] = {}
        # The time is shared by the pieces in which there may be something.
        pieces = [
            (start, end)
            for start, end in _pieces(folded.text)
            if part.lines or not self._search.is_clean(folded.text[start:end])
        ]
        with allowed(max(self._patience * max(1.0, len(folded.text) / _FULL_LENGTH) - spent, _LEAST)):
            for number, (start, end) in enumerate(pieces):
                try:
                    with allowed(left() / (len(pieces) - number)):
                        found, failed = self._proposed(part, folded.text[start:end])
                except TimeoutError:
                    failures[TIMED_OUT] = None
                    continue
                failures.update(dict.fromkeys(failed))
                for one in found:
                    moved = replace(one, start=one.start + start, end=one.end + start) if start else one
                    if folded.original(moved.start, moved.end).start < len(part.text):
                        key = (moved.entity, moved.start, moved.end, moved.evidence.pattern)
                        known = candidates.setdefault(key, moved)
                        if known.score < moved.score:
                            candidates[key] = moved
        return _Reading(part, folded, tuple(candidates.values()), tuple(failures))

    def _proposed(self, part: Part, text: str) -> tuple[Sequence["Candidate"], Sequence[str]]:
        """What is found in a piece of a part, weighed together, and what went wrong."""
        with allowed(share_for(text, _SEARCHING)):
            proposed = self._search.proposed(text)
        found: Iterable[Candidate] = proposed.candidates
        failed = proposed.failures
        if _is_file_name(part):
            found = [one.weighed("in a file name", _IN_A_FILE_NAME) for one in found]
        try:
            if part.lines:
                found = [*found, *self._misread(text)]
            found = [placed(one, text, part.place, self._weights) for one in found]
            return self._composite.together(text, found), failed
        except TimeoutError:
            return tuple(found), (*failed, TIMED_OUT)

    @cached_property
    def _composite(self) -> "Composite":
        with uncounted():
            from detectors.composite import Composite

            return Composite(self._rulebook, self._threshold)

    @cached_property
    def _repairable(self) -> tuple[str, ...]:
        return tuple(fold(word).text for word in self._rulebook.judgement.repairable)

    @cached_property
    def _label_words(self) -> Sieve[str]:
        from detectors.recognizers.labels.words import squeezed_label_words

        return Sieve(PatternGate(), [("a label", squeezed_label_words(self._rulebook.schemes))])

    def _misread(self, text: str) -> Iterator["Candidate"]:
        """Labels in a text that was read off an image with letters missing."""
        from detectors.recognizers.damage import misread

        view = misread(text, self._repairable)
        if view is None:
            return
        for one in self._search.proposed(view.text).candidates:
            seen = one.seen_through(view, "letters restored that were lost in reading")
            if one.entity in _LABELS and text[seen.start : seen.end] != view.text[one.start : one.end]:
                yield seen

    def _considered(self, reading: _Reading) -> tuple[Consideration, ...]:
        from detectors.overlaps import resolved

        return tuple(
            Consideration(
                one.entity,
                reading.part.name,
                _within(reading.part, reading.folded.original(one.start, one.end)),
                one.score,
                kept,
                one.evidence,
                one.attributes,
            )
            for one, kept in resolved(reading.candidates, self._threshold)
        )


def _folded(part: Part) -> Folded:
    """The part as it is searched: folded, and laid out as its place asks for."""
    folded = fold(f"{part.text}\n{part.beside}" if part.beside else part.text)
    text = folded.text
    if _is_file_name(part):
        text = _NAME_JOINTS.sub(" ", text)
    if part.place is not Place.BODY:
        text = laid_out(text, part.place)
    return folded if text is folded.text else replace(folded, text=text)


def _is_file_name(part: Part) -> bool:
    return part.name.startswith(FILE_NAME) and part.name.split(" ")[0] == FILE_NAME


_NAME_JOINTS = regex.compile(r"_|\.(?=\w+$)")
"""What stands between the words of a file name."""


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Cuts a long text into overlapping stretches, at line breaks where there are any."""
    start = 0
    while len(text) - start > _PIECE:
        end = start + _PIECE
        cut = text.rfind("\n", end - _OVERLAP // 2, end)
        end = cut if cut > 0 else end
        yield start, end
        start = end - _OVERLAP
    yield start, len(text)


def _within(part: Part, span: Span) -> Span:
    """The span without what it has of the text beside the part."""
    return Span(span.start, min(span.end, len(part.text)))


def _findings(considered: Iterable[Consideration]) -> Iterator[Finding]:
    for one in considered:
        if one.kept:
            yield Finding(one.entity, one.part, one.span, one.score, one.evidence, one.attributes)


def _crosses(finding: Finding, starts: Sequence[int]) -> bool:
    """Whether it reaches from one message into another."""
    return any(finding.span.start < start < finding.span.end for start in starts)


def _told(finding: Finding, alone: Iterable[Finding]) -> bool:
    """Whether a message by itself already says the same, or no less."""
    return any(
        one.entity == finding.entity
        and one.span.overlaps(finding.span)
        and one.attributes.get("level", 0) == finding.attributes.get("level", 0)
        for one in alone
    )


def _widest(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a thing, in the order of the text: the widest, then the surest."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda one: (one.span.start - one.span.end, -one.score)):
        if not any(one.entity == other.entity and one.span.overlaps(other.span) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.span)
