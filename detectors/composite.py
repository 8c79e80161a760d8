"""What several findings say together: an official document, and a label that stands on one.

Pure. Works on the candidates of one text after every recognizer has spoken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detectors.allowance import left
from detectors.finding import Evidence
from detectors.language import sound
from detectors.overlaps import resolved
from detectors.recognizers.candidate import Candidate, Tally
from detectors.rulebook import Rulebook, compiled, flowing

OFFICIAL_DOCUMENT = "OFFICIAL_DOCUMENT"

_LABELS = ("CLASSIFICATION_LABEL", "DISTRIBUTION_LIMIT")


@dataclass(frozen=True, slots=True)
class _Sign:
    """One thing that speaks for a document: what it is called, weighs and says, and where it stands."""

    group: str
    name: str
    weight: float
    words: str
    candidate: Candidate


class Composite:
    """Adds up the markers of a text by the rulebook's weights."""

    def __init__(self, rulebook: Rulebook, threshold: float) -> None:
        self._threshold = threshold
        self._language = rulebook.language
        self._official = rulebook.markers.official
        self._label_on_document = rulebook.judgement.weights.official
        self._markers = {marker.name: marker for marker in rulebook.markers.markers}
        self._counters = tuple(
            (counter, compiled(flowing(counter.pattern), counter.case))
            for counter in rulebook.markers.official.counters
        )

    def together(self, text: str, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """The candidates, with labels weighed again by the rest, and the document if it is one."""
        document = self._document(text, candidates)
        official = document is not None and document.score >= self._threshold
        weighed = tuple(
            candidate.weighed("stands on an official document", self._label_on_document)
            if official and candidate.entity in _LABELS and _can_gain(candidate)
            else candidate
            for candidate in candidates
        )
        return (*weighed, document) if document else weighed

    def _document(self, text: str, candidates: Sequence[Candidate]) -> Candidate | None:
        signs = tuple(self._signs(text, candidates))
        if not signs:
            return None
        groups = {sign.group for sign in signs}
        forms = groups - set(self._official.vocabulary)
        heard = sound(self._language, text)
        is_formal = len(forms) >= self._official.forms and bool(groups - set(self._official.everyday))
        if not (is_formal or (heard and heard.worth >= self._language.alone)):
            return None
        tally = self._added(signs)
        if heard and heard.worth:
            tally = tally.add(f"the language of offices ({', '.join(heard.telling)})", heard.worth)
        certain = 2 * self._official.enough
        if tally.total > certain:
            tally = tally.add("no more than certain", certain - tally.total)
        for counter, expression in self._counters:
            if expression.search(text, timeout=left()):
                tally = tally.add(counter.name, counter.weight)
        # `enough` is a score of one half; twice as much is certainty.
        score = round(min(max(tally.total / certain, 0.0), 0.99), 3)
        return Candidate(
            OFFICIAL_DOCUMENT,
            min(sign.candidate.start for sign in signs),
            max(sign.candidate.end for sign in signs),
            score,
            Evidence("OfficialDocumentComposite", "markers together", steps=tally.steps),
            {"groups": tuple(sorted(groups))},
        )

    def _added(self, signs: Iterable[_Sign]) -> Tally:
        tally = Tally()
        counted: dict[str, set[tuple[str, str]]] = {}
        for sign in sorted(signs, key=lambda one: -one.weight):
            seen = counted.setdefault(sign.group, set())
            if not seen:
                tally = tally.add(f"{sign.group}: {sign.name}", sign.weight)
            elif (sign.name, sign.words) not in seen and len(seen) <= self._official.most:
                more = round(sign.weight * self._official.same_group, 3)
                tally = tally.add(f"{sign.group} too: {sign.name}", more)
            seen.add((sign.name, sign.words))
        return tally

    def _signs(self, text: str, candidates: Iterable[Candidate]) -> Iterable[_Sign]:
        sure = []
        for one in candidates:
            words = text[one.start : one.end].casefold()
            names = one.attributes.get("markers", ())
            if isinstance(names, tuple):
                for marker in map(self._markers.__getitem__, names):
                    yield _Sign(marker.group, marker.name, marker.weight, words, one)
            if one.score >= self._threshold:
                sure.append(one)
        # Several rules may see the same label or number; it counts once, as what will be told of it.
        for one, kept in resolved(sure, self._threshold):
            words = text[one.start : one.end].casefold()
            if kept and one.entity == "DOCUMENT_REFERENCE" and not one.attributes.get("public"):
                yield _Sign("reference", "a reference number", self._official.reference, words, one)
            elif kept and one.entity in _LABELS and one.attributes.get("level", 1):
                yield _Sign("label", "a label", self._official.label, words, one)


def _can_gain(candidate: Candidate) -> bool:
    """A label in running text says no more for standing in a letter; one in its own line does."""
    return candidate.attributes.get("form") in ("banner", "stamp", "field", "portion")
