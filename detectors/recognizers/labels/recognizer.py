"""The Presidio recognizer of classification labels and distribution limits."""

from collections import Counter
from collections.abc import Iterable, Sequence

import regex

from detectors.allowance import in_time, left, share_for
from detectors.finding import AttributeValue, Evidence
from detectors.folded import Folded
from detectors.gate import Gate, Sieve, Sought
from detectors.normalise import fold
from detectors.recognizers.candidate import Candidate, CandidateRecognizer, Tally
from detectors.recognizers.damage import repaired, signs_of_damage
from detectors.recognizers.labels.grammar import Sighting, rules_of
from detectors.recognizers.labels.judgement import Judge, Verdict
from detectors.recognizers.labels.words import label_words
from detectors.recognizers.page import Page
from detectors.recognizers.views import LabelViews
from detectors.rulebook import Judgement, Scheme, sought, spelled

CLASSIFICATION_LABEL = "CLASSIFICATION_LABEL"
DISTRIBUTION_LIMIT = "DISTRIBUTION_LIMIT"


_MOST_MENTIONS = 200
"""Mentions in running text that are weighed on one page. A page with more is a word list, not a leak."""


class ClassificationLabelRecognizer(CandidateRecognizer):
    """Finds the labels of every scheme, however they are written, and judges each in its place."""

    def __init__(self, schemes: Sequence[Scheme], judgement: Judgement, gate: Gate, around: Gate) -> None:
        rules = [rule for scheme in schemes for rule in rules_of(scheme)]
        self._rules = Sieve(gate, ((rule, rule.sought) for rule in rules))
        self._views = LabelViews(gate, (rule.sought for rule in rules))
        self._signs = {
            scheme.scheme: sought(rf"(?<!\w)(?:{spelled(scheme.signs)})(?!\w)")
            for scheme in schemes
            if scheme.signs
        }
        self._weights = judgement.weights
        self._repairable = tuple(fold(word).text for word in judgement.repairable)
        self._damage = Sieve(
            gate, ((sign, Sought(sign, regex.MULTILINE)) for sign in signs_of_damage(self._repairable))
        )
        self._judge = Judge(judgement, label_words(schemes), around)
        super().__init__(
            (CLASSIFICATION_LABEL, DISTRIBUTION_LIMIT), self._rules, *self._views.needs, self._damage
        )

    def candidates(self, text: str) -> Iterable[Candidate]:
        found: list[Candidate] = []
        for one in self._read(text, text, None, ""):
            found.append(one)
            yield one
        for name, view in self._other_readings(text):
            disguised = list(self._read(view.text, text, view, name))
            more = [one for one in disguised if not any(_says_more(other, one) for other in found)]
            found += more
            yield from more

    def _other_readings(self, text: str) -> Iterable[tuple[str, Folded]]:
        yield from self._views.of(text)
        restored = repaired(text, self._repairable) if self._damage.is_open(text) else None
        if restored is not None:
            yield "damaged letters restored", restored

    def _read(self, read: str, text: str, view: Folded | None, name: str) -> Iterable[Candidate]:
        page = Page(read)
        sighted = (one for rule, _ in self._rules.within(read) for one in rule.sightings(read))
        if view is not None:
            sighted = (one for one in sighted if _changed(one, read, text, view))
        # Some of a page that is full of labels is better than none.
        sightings, all_sighted = in_time(sighted, share_for(read, 0.3))
        looked_at = ((one, self._judge.look(page, one)) for one in sightings)
        looks, all_seen = in_time(looked_at, share_for(read, 0.4))
        lines = Counter((one.rule.name, one.level.label) for one, look in looks if look.own_line)
        mentions = 0
        for one, look in looks:
            mentions += not look.own_line
            if look.own_line or mentions <= _MOST_MENTIONS:
                verdict = self._judge.verdict(page, one, look, lines[one.rule.name, one.level.label] - 1)
            else:
                verdict = Verdict(Tally().add("one of too many mentions on a page", 0.0), "inline")
            yield self._candidate(page, one, verdict, view, name)
        if not (all_sighted and all_seen):
            raise TimeoutError

    def _shows_signs(self, page: Page, scheme: str) -> bool:
        signs = self._signs.get(scheme)
        return signs is not None and page.answer(
            f"signs of {scheme}", lambda text: signs.expression.search(text, timeout=left()) is not None
        )

    def _candidate(
        self, page: Page, sighting: Sighting, verdict: Verdict, view: Folded | None, name: str
    ) -> Candidate:
        tally = verdict.tally
        scheme = sighting.rule.scheme.scheme
        if self._shows_signs(page, scheme):
            tally = tally.add("words of its own country or body in the text", self._weights.signs)
        for fault in sighting.faults:
            tally = tally.add(f"ill-formed, but a marking: {fault}", 0.0)
        start, end = sighting.start, sighting.end
        attributes: dict[str, AttributeValue] = {
            "scheme": scheme,
            "level": sighting.level.level,
            "label": sighting.level.label,
            "form": verdict.form,
            "caveats": sighting.caveats,
        }
        if view is not None:
            span = view.original(start, end)
            start, end = span.start, span.end
            tally = tally.add(name, self._weights.disguised)
            attributes["fuzzy"] = True
        return Candidate(
            sighting.rule.rule.entity,
            start,
            end,
            tally.score,
            Evidence(type(self).__name__, sighting.rule.name, steps=tally.steps),
            attributes,
        )


def _says_more(one: Candidate, other: Candidate) -> bool:
    """Whether the first is at the place of the second and no weaker, or is the same words undisguised."""
    if (one.start, one.end, one.evidence.pattern) == (other.start, other.end, other.evidence.pattern):
        return True
    return one.start < other.end and other.start < one.end and one.score >= other.score


def _changed(sighting: Sighting, read: str, text: str, view: Folded) -> bool:
    """Whether the view reads these words otherwise than the text does; if not, the text itself tells more."""
    span = view.original(sighting.start, sighting.end)
    return read[sighting.start : sighting.end] != text[span.start : span.end]
