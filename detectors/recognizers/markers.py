"""The signs of an official document: letterheads, kinds, and the phrases and blocks of its form.

Each by itself proves little. `detectors.composite` adds them up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from detectors.allowance import left
from detectors.finding import Evidence
from detectors.gate import Gate, Sieve, Sought
from detectors.recognizers.candidate import Candidate, CandidateRecognizer, Tally
from detectors.recognizers.views import digits_as_letters
from detectors.rulebook import Marker, flowing, sought

ENTITIES = ("DOCUMENT_LETTERHEAD", "DOCUMENT_KIND", "DOCUMENT_STRUCTURE")


class DocumentMarkerRecognizer(CandidateRecognizer):
    """Finds every marker of the rulebook.

    Markers of one entity that overlap are one candidate, which names them all: Presidio keeps only one of
    them, and `detectors.composite` has to know each.
    """

    def __init__(self, markers: Sequence[Marker], gate: Gate) -> None:
        self._markers = Sieve(gate, ((one, _in_lines(one)) for one in markers))
        self._mixed = Sieve(gate, [("much mixed", Sought(_MUCH_MIXED, 0))])
        super().__init__(ENTITIES, self._markers, self._mixed)

    def candidates(self, text: str) -> Iterable[Candidate]:
        readings = [with_lines(text)]
        if self._mixed.is_open(text) and len(_MIXED.findall(text)) >= _MANY_MIXED:
            readings += (with_lines(digits_as_letters(text, stroke).text) for stroke in "Il")
        seen = [one for reading in readings for one in self._sightings(reading)]
        for entity in ENTITIES:
            own = (one for one in seen if one.marker.entity == entity)
            yield from map(_merged, _clusters(sorted(own, key=_place)))

    def _sightings(self, text: str) -> Iterable["_Sighting"]:
        for marker, expression in self._markers.within(text):
            for match in expression.finditer(text, timeout=left()):
                start, end = match.span("value") if "value" in expression.groupindex else match.span()
                yield _Sighting(marker, start, end)


def _in_lines(marker: Marker) -> Sought:
    """What a marker is told by, in a text in which a blank may be read as the end of a line."""
    plain = sought(flowing(marker.pattern), marker.case)
    return Sought(plain.source, plain.flags, ((" ", "\n"), ("\t", "\n")))


_MIXED = regex.compile(r"[^\W\d_]\d[^\W\d_]")
_MANY_MIXED = 5
"""Words with a digit inside, from which on a text is taken for leetspeak or a bad scan."""

_MUCH_MIXED = rf"(?s){_MIXED.pattern}(?:.*{_MIXED.pattern}){{{_MANY_MIXED - 1}}}"


def with_lines(text: str) -> str:
    """The text with its lines given back where it was pasted as one: of the same length, only blanks change.

    Where a line is too long to be one, a new one starts after a stop, at a paragraph's number, and around
    words in capitals, as headings are.
    """
    if len(text) < _LONG:
        return text
    return _LONG_LINE.sub(lambda line: _LINE_STARTS.sub("\n", line[0]), text, timeout=left())


_LONG = 180
_LONG_LINE = regex.compile(rf"[^\n]{{{_LONG},}}")
_LINE_STARTS = regex.compile(
    r"(?<=[.:;,)-])[ \t](?=\(?[A-Z\d\u0600-\u06ff])"
    r"|[ \t](?=\d{1,2}[.)][ \t])"
    r"|[ \t](?=\(?\p{Lu}{3,}[ \t]\p{Lu}{3,})"
    r"|(?<=\p{Lu}{3,})[ \t](?=\p{Lu}\p{Ll})"
    r"|[ \t](?=(?:Subject|Sub|Copy|Encl|Dated|Yours|Sd/|To|From|No\.)[ :.,-])"
)


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A marker at a place."""

    marker: Marker
    start: int
    end: int


def _place(sighting: _Sighting) -> tuple[int, int]:
    return sighting.start, sighting.end


def _clusters(sightings: Sequence[_Sighting]) -> Iterator[list[_Sighting]]:
    """Sightings in order, put together where they overlap."""
    cluster: list[_Sighting] = []
    end = 0
    for one in sightings:
        if cluster and one.start >= end:
            yield cluster
            cluster = []
        cluster.append(one)
        end = max(end, one.end) if len(cluster) > 1 else one.end
    if cluster:
        yield cluster


def _merged(cluster: Sequence[_Sighting]) -> Candidate:
    strongest = max(cluster, key=lambda one: one.marker.alone)
    tally = Tally().add(strongest.marker.name, strongest.marker.alone)
    names = tuple(dict.fromkeys(one.marker.name for one in cluster))
    return Candidate(
        strongest.marker.entity,
        min(one.start for one in cluster),
        max(one.end for one in cluster),
        tally.score,
        Evidence(DocumentMarkerRecognizer.__name__, strongest.marker.name, steps=tally.steps),
        {"markers": names},
    )
