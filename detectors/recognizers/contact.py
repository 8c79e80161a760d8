"""Telephone numbers and e-mail addresses, through Presidio's own recognizers where they serve."""

from collections.abc import Iterable, Sequence
from typing import Any

import phonenumbers
import regex
import tldextract
from presidio_analyzer import RecognizerResult
from presidio_analyzer.predefined_recognizers import EmailRecognizer

from detectors.finding import Evidence
from detectors.recognizers.candidate import (
    LANGUAGE,
    Candidate,
    CandidateRecognizer,
    Tally,
    candidate_of,
    result_of,
)
from detectors.recognizers.views import number_views

PHONE_NUMBER = "PHONE_NUMBER"


class PhoneNumberRecognizer(CandidateRecognizer):
    """Numbers that libphonenumber holds valid in the given regions, and any with a country code.

    Presidio's own recognizer tries eight regions that Pakistan isn't among, takes the first that fits, and so
    reads a mobile number of Lahore as a British one; and it gives every number the same score. This one asks
    the same library, for our regions.
    """

    def __init__(self, regions: Sequence[str]) -> None:
        self._regions = tuple(regions)
        super().__init__((PHONE_NUMBER,))

    def candidates(self, text: str) -> Iterable[Candidate]:
        yield from self._read(text)
        for name, view in number_views(text):
            for one in self._read(view.text):
                yield one.seen_through(view, name)

    def _read(self, text: str) -> Iterable[Candidate]:
        if not _ENOUGH_DIGITS.search(text, timeout=2):
            return
        for region in self._regions:
            for match in phonenumbers.PhoneNumberMatcher(
                text, region, leniency=phonenumbers.Leniency.VALID, max_tries=_MOST_TRIES
            ):
                found = self._candidate(text, match, region)
                if found is not None:
                    yield found

    def _candidate(self, text: str, match: phonenumbers.PhoneNumberMatch, region: str) -> Candidate | None:
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
        if regex.search(r"[\w/#]$", text[max(match.start - 1, 0) : match.start]) or regex.match(
            r"[/\w]|-\d", text[match.end : match.end + 2]
        ):
            tally = tally.add("part of a longer number or name", -0.4)
        if _GOODS.search(text[max(match.start - _BEFORE, 0) : match.start]):
            tally = tally.add("the number of something else, by the word before it", -0.5)
        extension = _EXTENSION.search(match.raw_string)
        return Candidate(
            PHONE_NUMBER,
            match.start,
            match.start + extension.start() if extension else match.end,
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

_ENOUGH_DIGITS = regex.compile(r"\d(?:[^\w\n]{0,3}\d){6}")
_MOST_TRIES = 65535


class EmailAddressRecognizer(EmailRecognizer):
    """Presidio's e-mail recognizer, with a public-suffix list that is never fetched from the network."""

    def __init__(self) -> None:
        super().__init__(supported_language=LANGUAGE)
        # The snapshot inside the package: without this, the first address would start a download.
        self._suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

    def validate_result(self, pattern_text: str) -> bool:
        return bool(self._suffixes(pattern_text.rpartition("@")[2]).top_domain_under_public_suffix)

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None, *rest: Any
    ) -> list[RecognizerResult]:
        # Presidio's expression takes quadratic time on long runs without an @: show it what is around one.
        results: list[RecognizerResult] = []
        for start, end in _around_each_at(text):
            for found in super().analyze(text[start:end], entities, nlp_artifacts, *rest):
                found.start, found.end = found.start + start, found.end + start
                results.append(result_of(candidate_of(found), self))
        return results


_AT = regex.compile(r"[^\s<>()\[\],;:=\"]{1,64}@[\w.-]{1,255}")


def _around_each_at(text: str) -> Iterable[tuple[int, int]]:
    for match in _AT.finditer(text, timeout=2):
        # In an address of the web, what stands before the @ is a user's name and password.
        if text[max(match.start() - 1, 0) : match.start()] not in (":", "/"):
            yield match.span()
