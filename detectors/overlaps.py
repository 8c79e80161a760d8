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
        rivals = [taken.setdefault(kind, []) for kind in _kinds(one)]
        if any(_overlaps(places, one) for places in rivals):
            steps = (*one.evidence.steps, "the same place says more as something else")
            out.append((replace(one, evidence=replace(one.evidence, steps=steps)), False))
            continue
        for places in rivals:
            insort(places, (one.start, one.end))
        out.append((one, True))
    return sorted(out, key=lambda pair: (pair[0].start, pair[0].end))


def _kinds(one: Candidate) -> tuple[str, ...]:
    """Candidates of one kind exclude each other: a stretch of digits is one identifier, not two.

    What an admin's recognizer finds excludes only its own entity. However much it takes for itself, it can't
    hide an identity card number from the policy.
    """
    if one.entity in _LABELS:
        return ("label",)
    if one.entity in _DOCUMENTS:
        return ("marker",)
    if one.own or one.entity == "OFFICIAL_DOCUMENT":
        return (one.entity,)
    return (one.entity, "identifier")


def _overlaps(places: list[tuple[int, int]], one: Candidate) -> bool:
    at = bisect_left(places, (one.end, -1))
    return at > 0 and places[at - 1][1] > one.start
