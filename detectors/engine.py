"""The face of the detectors: parts of a message in, a scan out.

A part is folded, cut where it is very long, shown to Presidio's recognizers, and what they propose is weighed
together. What can't be scanned is undecided, never clean.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from detectors.finding import Consideration, Evidence, Finding, Part, Scan, Span, Undecided
from detectors.folded import Folded
from detectors.normalise import fold
from detectors.places import laid_out, placed
from detectors.rulebook import Rulebook
from detectors.seams import seams, starts_of

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

    from detectors.recognizers.candidate import Candidate

WINDOW = "window"
FILE_NAME = "file_name"

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
    """Finds what a rulebook describes. Made once; it holds no state of what it has seen."""

    def __init__(self, rulebook: Rulebook, more: Sequence["EntityRecognizer"] = ()) -> None:
        """`more` are Presidio recognizers that run beside those of the rulebook."""
        # Presidio takes a second to import: whoever only reads settings doesn't wait for it.
        from detectors.analysis import analyzer_of, recognizers_of
        from detectors.composite import Composite
        from detectors.recognizers.labels.words import squeezed_label_words

        self._threshold = rulebook.recognizers.threshold
        self._recognizers = (*recognizers_of(rulebook), *more)
        self._analyzer = analyzer_of(self._recognizers)
        self._composite = Composite(rulebook, self._threshold)
        self._weights = rulebook.judgement.weights
        self._repairable = tuple(fold(word).text for word in rulebook.judgement.repairable)
        self._label_words = squeezed_label_words(rulebook.schemes)

    def scan(self, parts: Sequence[Part]) -> Scan:
        """Everything that is found in the parts, in the order of the parts and of the text."""
        findings: list[Finding] = []
        undecided: list[Undecided] = []
        for part in parts:
            reading = self._read(part, self._propose)
            findings += _findings(self._considered(reading))
            undecided += (Undecided(part.name, reason) for reason in reading.failures)
        return Scan(tuple(findings), tuple(undecided))

    def consider(self, part: Part) -> tuple[Consideration, ...]:
        """Everything that was looked at in a part, kept or not, with its steps.

        What folding changed comes first, under the name `FOLDED`.
        """
        reading = self._read(part, self._one_by_one)
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

    def _read(self, part: Part, propose: "_Propose") -> _Reading:
        folded = fold(f"{part.text}\n{part.beside}" if part.beside else part.text)
        is_file_name = part.name.split(" ")[0] == FILE_NAME
        if is_file_name:
            folded = replace(folded, text=_NAME_JOINTS.sub(" ", folded.text))
        folded = replace(folded, text=laid_out(folded.text, part.place))
        candidates: dict[tuple[str, int, int, str], Candidate] = {}
        failures: list[str] = []
        for start, end in _pieces(folded.text):
            piece = folded.text[start:end]
            found, failed = propose(piece)
            failures += failed
            if is_file_name:
                found = [one.weighed("in a file name", _IN_A_FILE_NAME) for one in found]
            if part.lines:
                found = [*found, *self._misread(piece, propose)]
            found = [placed(one, piece, part.place, self._weights) for one in found]
            for one in self._composite.together(piece, found):
                moved = replace(one, start=one.start + start, end=one.end + start)
                if folded.original(moved.start, moved.end).start < len(part.text):
                    key = (moved.entity, moved.start, moved.end, moved.evidence.pattern)
                    known = candidates.setdefault(key, moved)
                    candidates[key] = max(known, moved, key=lambda one: one.score)
        return _Reading(part, folded, tuple(candidates.values()), tuple(dict.fromkeys(failures)))

    def _misread(self, text: str, propose: "_Propose") -> Iterator["Candidate"]:
        """Labels in a text that was read off an image with letters missing."""
        from detectors.recognizers.damage import misread

        view = misread(text, self._repairable)
        if view is None:
            return
        for one in propose(view.text)[0]:
            seen = one.seen_through(view, "letters restored that were lost in reading")
            if one.entity in _LABELS and text[seen.start : seen.end] != view.text[one.start : one.end]:
                yield seen

    def _propose(self, text: str) -> "_Proposed":
        """What Presidio finds in a folded text; where a recognizer fails, what the others find."""
        from detectors.recognizers.candidate import LANGUAGE, candidate_of

        try:
            results = self._analyzer.analyze(text, LANGUAGE, return_decision_process=True)
        except Exception:  # noqa: BLE001 - whatever a recognizer fails with is asked for again, one by one
            return self._one_by_one(text)
        return [candidate_of(result) for result in results], []

    def _one_by_one(self, text: str) -> "_Proposed":
        """The same, duplicates and all. A recognizer that fails costs only its own findings."""
        from detectors.recognizers.candidate import LANGUAGE, candidate_of

        found: list[Candidate] = []
        failed: list[str] = []
        no_tokens = self._analyzer.nlp_engine.process_text("", LANGUAGE)
        for recognizer in self._recognizers:
            try:
                results = recognizer.analyze(text, recognizer.supported_entities, no_tokens)
            except TimeoutError:
                failed.append("timed out")
            except Exception as error:  # noqa: BLE001 - a failure of any kind leaves the part undecided
                failed.append(f"{type(recognizer).__name__} failed: {type(error).__name__}")
            else:
                found += map(candidate_of, results)
        return found, failed

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


_Proposed = tuple[list["Candidate"], list[str]]
_Propose = Callable[[str], _Proposed]

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
