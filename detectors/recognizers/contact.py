"""Telephone numbers and e-mail addresses, through Presidio's own recognizers where they serve."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import phonenumbers
import regex
import tldextract
from presidio_analyzer import RecognizerResult
from presidio_analyzer.predefined_recognizers import EmailRecognizer

from detectors.allowance import found_by, left, uncounted
from detectors.finding import Evidence
from detectors.gate import Gate, Sieve, Sought
from detectors.recognizers.candidate import (
    LANGUAGE,
    Candidate,
    CandidateRecognizer,
    Tally,
    candidate_of,
    result_of,
)
from detectors.recognizers.views import NumberViews

PHONE_NUMBER = "PHONE_NUMBER"


class PhoneNumberRecognizer(CandidateRecognizer):
    """Numbers that libphonenumber holds valid in the given regions, and any with a country code.

    Presidio's own recognizer tries eight regions that Pakistan isn't among, takes the first that fits, and so
    reads a mobile number of Lahore as a British one; and it gives every number the same score. This one asks
    the same library, for our regions.
    """

    def __init__(self, regions: Sequence[str], gate: Gate, views: NumberViews) -> None:
        self._regions = tuple(regions)
        self._enough = Sieve(gate, [(PHONE_NUMBER, Sought(_ENOUGH_DIGITS, 0))])
        self._views = views
        super().__init__((PHONE_NUMBER,), self._enough, views.asking)

    def candidates(self, text: str) -> Iterable[Candidate]:
        yield from self._read(text)
        for name, view in self._views.of(text):
            for one in self._read(view.text):
                yield one.seen_through(view, name)

    def _read(self, text: str) -> Iterable[Candidate]:
        for _, enough in self._enough.within(text):
            if enough.search(text, timeout=left()):
                yield from self._numbers(text, enough)

    def _numbers(self, text: str, enough: regex.Pattern[str]) -> Iterable[Candidate]:
        self._know_plans()
        for start, end in _stretches(text):
            if enough.search(text, start, end, timeout=left()):
                for region in self._regions:
                    yield from self._in_stretch(text, start, end, region)

    def _in_stretch(self, text: str, start: int, end: int, region: str) -> Iterable[Candidate]:
        for match in phonenumbers.PhoneNumberMatcher(
            text[start:end], region, leniency=phonenumbers.Leniency.VALID, max_tries=_MOST_TRIES
        ):
            first, last = start + match.start, start + match.end
            # What is cut at the edge of a stretch stands whole in the next one.
            is_cut = (first == start and start > 0) or (last == end and end < len(text))
            if not is_cut:
                yield self._candidate(text, match, first, last, region)

    def _know_plans(self) -> None:
        """Loads the numbering plans of our regions, which takes a moment when it is done first."""
        with uncounted():
            for region in self._regions:
                phonenumbers.PhoneMetadata.metadata_for_region(region)

    def _candidate(
        self, text: str, match: phonenumbers.PhoneNumberMatch, start: int, end: int, region: str
    ) -> Candidate:
        number = match.number
        country = phonenumbers.region_code_for_number(number) or ""
        international = regex.match(r"\+|00", match.raw_string.lstrip(" (")) is not None
        kind = phonenumbers.number_type(number)
        mobile = kind == phonenumbers.PhoneNumberType.MOBILE
        tally = Tally().add(f"valid in the numbering plan of {country or region}", 0.4)
        if international:
            tally = tally.add("with its country code", 0.35)
        elif mobile:
            tally = tally.add("a mobile prefix", 0.3)
        elif regex.match(r"\(?0\d{2,4}\)?[ -]", match.raw_string):
            tally = tally.add("an area code set apart", 0.15)
        if regex.search(r"[\w/#]$", text[max(start - 1, 0) : start]) or regex.match(
            r"[/\w]|-\d", text[end : end + 2]
        ):
            tally = tally.add("part of a longer number or name", -0.4)
        if _GOODS.search(text[max(start - _BEFORE, 0) : start]):
            tally = tally.add("the number of something else, by the word before it", -0.5)
        extension = _EXTENSION.search(match.raw_string)
        return Candidate(
            PHONE_NUMBER,
            start,
            start + extension.start() if extension else end,
            tally.score,
            Evidence(type(self).__name__, "libphonenumber", validation="numbering plan", steps=tally.steps),
            {"region": country},
        )


_BEFORE = 24
"""Characters before a number in which a word can say that it is a thing's."""

_GOODS = regex.compile(
    r"\b(?:gtin|ean|upc|isbn|issn|bar ?code|sku|imei|serial|s/n|asin|awb|tracking|consignment|iccid)s?\b"
    r"(?:[- ]?1[0234])?[ \t]*(?:no\.?|number|code|id|#|is|of|hai)?[ \t]*[:=#-]?[ \t]*$",
    regex.IGNORECASE,
)
_EXTENSION = regex.compile(r"[ \t,;]*(?:\bext(?:n|ension)?\b|\bx)[.: \t]*\d+$", regex.IGNORECASE)
"""An extension inside the house, which is no part of the number that can be called."""

_ENOUGH_DIGITS = r"\d(?:[^\w\n]{0,3}\d){6}"
_MOST_TRIES = 65535
_STRETCH, _OVERLAP = 400, 100
"""Characters that are looked through at once, and more than any number has."""


def _stretches(text: str) -> Iterable[tuple[int, int]]:
    """Where a text is cut, so that it can be asked in between how much time is left."""
    start = 0
    while len(text) - start > _STRETCH:
        yield start, start + _STRETCH
        start += _STRETCH - _OVERLAP
    yield start, len(text)


class EmailAddressRecognizer(EmailRecognizer):
    """Presidio's e-mail recognizer, with a public-suffix list that is never fetched from the network."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(supported_language=LANGUAGE)
        self._at = Sieve(gate, [("an address", Sought(_AT, 0))])

    @cached_property
    def _suffixes(self) -> tldextract.TLDExtract:
        with uncounted():
            # The snapshot inside the package: without this, the first address would start a download.
            suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
            suffixes("example.org")
            return suffixes

    def validate_result(self, pattern_text: str) -> bool:
        return bool(self._suffixes(pattern_text.rpartition("@")[2]).top_domain_under_public_suffix)

    def candidates(self, text: str) -> Iterable[Candidate]:
        """Every address in a folded text."""
        # Presidio's expression takes quadratic time on long runs without an @: show it what is around one.
        for start, end in self._around_each_at(text):
            for found in super().analyze(text[start:end], self.supported_entities, None):
                found.start, found.end = found.start + start, found.end + start
                yield candidate_of(found)

    def analyze(self, text: str, *asked: Any, **named: Any) -> list[RecognizerResult]:
        return [result_of(candidate, self) for candidate in self.candidates(text)]

    @property
    def needs(self) -> tuple[Sieve[Any], ...]:
        """What holds all that of which something must match for anything to be found."""
        return (self._at,)

    def warm(self) -> None:
        """Compiles its expressions and loads the suffixes now."""
        self._at.warm()
        self._suffixes("example.org")

    @property
    def called(self) -> str:
        """The name that it is known by."""
        return type(self).__name__

    @property
    def always_runs(self) -> bool:
        """Whether it states nothing that a text must hold for it to find something: it does."""
        return False

    def _around_each_at(self, text: str) -> Iterable[tuple[int, int]]:
        for _, at in self._at.within(text):
            for match in found_by(at, text):
                # In an address of the web, what stands before the @ is a user's name and password.
                if text[max(match.start() - 1, 0) : match.start()] not in (":", "/"):
                    yield match.span()


_AT = r"[^\s<>()\[\],;:=\"]{1,64}@[\w.-]{1,255}"
