"""One finding a thing: where candidates of a kind overlap, the longer of the sure ones stays."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import replace

from detectors.recognizers.candidate import Candidate

_LABELS = frozenset({"CLASSIFICATION_LABEL", "DISTRIBUTION_LIMIT"})
_DOCUMENTS = frozenset({"DOCUMENT_LETTERHEAD", "DOCUMENT_KIND", "DOCUMENT_STRUCTURE"})


def resolved(candidates: Iterable[Candidate], threshold: float) -> list[tuple[Candidate, bool]]:
    """Every candidate in the order of the text, and whether it is a finding.

    It is where its score reaches `threshold` and no other sure candidate of its kind covers the same place
    with more text, or as much text and a higher score.
    """
    taken: dict[str, list[tuple[int, int]]] = {}
    out: list[tuple[Candidate, bool]] = []
    for one in sorted(candidates, key=lambda one: (one.start - one.end, -one.score, one.start)):
        if one.score < threshold:
            out.append((one, False))
            continue
        places = taken.setdefault(_kind(one.entity), [])
        if _overlaps(places, one):
            steps = (*one.evidence.steps, "the same place says more as something else")
            out.append((replace(one, evidence=replace(one.evidence, steps=steps)), False))
            continue
        insort(places, (one.start, one.end))
        out.append((one, True))
    return sorted(out, key=lambda pair: (pair[0].start, pair[0].end))


def _kind(entity: str) -> str:
    """Entities of one kind exclude each other: a stretch of digits is one identifier, not two."""
    if entity in _LABELS:
        return "label"
    if entity in _DOCUMENTS:
        return "marker"
    return entity if entity == "OFFICIAL_DOCUMENT" else "identifier"


def _overlaps(places: list[tuple[int, int]], one: Candidate) -> bool:
    at = bisect_left(places, (one.end, -1))
    return at > 0 and places[at - 1][1] > one.start
