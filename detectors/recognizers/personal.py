"""Identifiers of persons: an expression, the words around it, and a validation where there is one.

Where none is published, none is guessed: a CNIC has no checksum that anyone can compute, and an NTN's check
digit follows no rule that fits the published examples (domain facts, 3.2 and 3.3).
"""

from collections.abc import Iterable
from typing import ClassVar

import regex

from detectors.allowance import found_by, left
from detectors.finding import Evidence
from detectors.gate import Gate, Sieve
from detectors.recognizers.candidate import Candidate, CandidateRecognizer, Tally
from detectors.recognizers.views import NumberViews
from detectors.rulebook import Identifier, IdentifierPattern, sought, whole_words

_BEFORE, _AFTER = 60, 30
"""Characters before and after an identifier in which its context words count."""


class IdentifierRecognizer(CandidateRecognizer):
    """An identifier of the rulebook. A kind with a validation of its own is a subclass of a few lines."""

    entity: ClassVar[str] = ""

    def __init__(self, identifier: Identifier, gate: Gate, views: NumberViews) -> None:
        self._identifier = identifier
        self._patterns = Sieve(gate, ((one, sought(one.pattern, one.case)) for one in identifier.patterns))
        self._views = views
        self._context = whole_words(identifier.context)
        self._against = whole_words(identifier.against) if identifier.against else None
        super().__init__((identifier.entity,), self._patterns, views.asking)

    def validated(self, written: str) -> tuple[bool, str] | None:
        """Whether the identifier holds by its own rule, and the rule's name; None where there is no rule."""
        return None

    def candidates(self, text: str) -> Iterable[Candidate]:
        yield from self._read(text)
        for name, view in self._views.of(text):
            for one in self._read(view.text):
                yield one.seen_through(view, name)

    def _read(self, text: str) -> Iterable[Candidate]:
        for pattern, expression in self._patterns.within(text):
            for match in found_by(expression, text):
                start, end = match.span("value") if "value" in expression.groupindex else match.span()
                yield self._candidate(text, pattern, start, end)

    def _candidate(self, text: str, pattern: IdentifierPattern, start: int, end: int) -> Candidate:
        tally = Tally().add(pattern.name, pattern.score)
        validation = ""
        checked = self.validated(text[start:end])
        if checked is not None:
            holds, validation = checked
            tally = tally.add(validation, 0.3) if holds else tally.add(f"fails: {validation}", -1.0)
        around = f"{text[max(start - _BEFORE, 0) : start]} \n {text[end : end + _AFTER]}"
        words = tuple(dict.fromkeys(word.casefold() for word in self._context.expression.findall(around)))
        if words:
            tally = tally.add("words of its kind near it", self._identifier.bonus)
        if self._against and self._against.expression.search(around, timeout=left()):
            tally = tally.add("words of another kind near it", -self._identifier.bonus)
        return Candidate(
            self._identifier.entity,
            start,
            end,
            tally.score,
            Evidence(type(self).__name__, pattern.name, words, validation, tally.steps),
        )


class PkCnicRecognizer(IdentifierRecognizer):
    """Pakistani identity card number: 13 digits, 5-7-1. The first digit is a province, 1 to 9."""

    entity = "PK_CNIC"

    def validated(self, written: str) -> tuple[bool, str] | None:
        digits = _digits(written)
        if len(digits) != 13 or digits[0] == "0" or len(set(digits)) < 3:
            return False, "13 digits, the first a province"
        return None

    def _read(self, text: str) -> Iterable[Candidate]:
        found = list(super()._read(text))
        named = _named_in_a_list(text) if len(found) > 1 else set()
        for one in found:
            listed = (one.start, one.end) in named
            yield one.weighed("one of a list, each after a name", _LISTED) if listed else one


_LISTED = 0.35
_AFTER_A_NAME = regex.compile(
    r"(?m)(?:^|[,;|\n]|\band\b|اور)[^\S\n]*(?:\(?\d{1,3}[.)][^\S\n]*)?"
    r"\p{L}[\p{L}.'-]*(?:[^\S\n]+\(?[\p{L}.'/-]+\)?){0,6}[^\S\n]*[:=,|/(–-]*[^\S\n]*(?<!\d)(?P<number>\d{13})(?!\w)"
)
_LOCALITY = regex.compile(r"(?:1[1-7]|2[1-7]|3[1-9]|4[1-6]|5[1-6]|6[1]|7[1-3]|8[1-3])\d0\d")
"""How an identity number begins: province and division, district, tehsil, council (domain facts, 3.2)."""


def _named_in_a_list(text: str) -> set[tuple[int, int]]:
    """Where several different numbers stand, each after a name, that begin as identity numbers do.

    One alone may be anything of thirteen digits. The articles of a shop have check digits that all hold.
    """
    listed = [
        one
        for one in _AFTER_A_NAME.finditer(text, overlapped=True, timeout=left())
        if _LOCALITY.match(one["number"])
    ]
    numbers = {one["number"] for one in listed}
    if len(numbers) < 2 or all(map(_is_article, numbers)):
        return set()
    return {one.span("number") for one in listed}


def _is_article(number: str) -> bool:
    """Whether the check digit of GTIN-13 (GS1: weights 1 and 3 in turn) holds."""
    return sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(number)) % 10 == 0


class PkPassportRecognizer(IdentifierRecognizer):
    """Pakistani passport number: two letters and seven digits."""

    entity = "PK_PASSPORT"


class PkNtnRecognizer(IdentifierRecognizer):
    """National tax number: seven digits and one more. No check digit rule is confirmed."""

    entity = "PK_NTN"


class PkPersonnelNumberRecognizer(IdentifierRecognizer):
    """Personnel number of the accounts offices: eight digits, told only by the words beside it."""

    entity = "PK_PERSONNEL_NUMBER"


class PkVehicleRegistrationRecognizer(IdentifierRecognizer):
    """Vehicle plate, told only by the words beside it: BPS-17 and F-16 have the same shape."""

    entity = "PK_VEHICLE_REGISTRATION"


class IbanRecognizer(IdentifierRecognizer):
    """Bank account number with the check digits of ISO 13616 (mod 97), letters in the account part too."""

    entity = "IBAN_CODE"

    def validated(self, written: str) -> tuple[bool, str] | None:
        plain = regex.sub(r"[\W_]", "", written).upper()
        number = "".join(str(int(char, 36)) for char in plain[4:] + plain[:4])
        return int(number) % 97 == 1, "check digits (mod 97)"


class CreditCardRecognizer(IdentifierRecognizer):
    """Payment card number with its Luhn digit (ISO/IEC 7812)."""

    entity = "CREDIT_CARD"

    def validated(self, written: str) -> tuple[bool, str] | None:
        digits = [int(digit) for digit in _digits(written)]
        doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
        holds = (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 and len(set(digits)) > 1
        return holds, "check digit (Luhn)"


class IpAddressRecognizer(IdentifierRecognizer):
    """Address of a machine. A version number looks alike, so words beside it must speak for it."""

    entity = "IP_ADDRESS"


class PasswordRecognizer(IdentifierRecognizer):
    """A password, PIN or one-time code that is told in words: `password: ...`, `pwd is ...`."""

    entity = "CREDENTIAL"

    def validated(self, written: str) -> tuple[bool, str] | None:
        kinds = sum(bool(regex.search(kind, written)) for kind in (r"[a-z]", r"[A-Z]", r"\d", r"[^\w\s]"))
        number = written.isdigit() and len(written) >= 4
        mixed = kinds >= 2 and any(map(str.isdigit, written))
        return number or mixed, "digits among other characters"


class OtherIdentifierRecognizer(IdentifierRecognizer):
    """Any other identifier that the rulebook names."""


_KINDS: tuple[type[IdentifierRecognizer], ...] = (
    PkCnicRecognizer,
    PkPassportRecognizer,
    PkNtnRecognizer,
    PkPersonnelNumberRecognizer,
    PkVehicleRegistrationRecognizer,
    IbanRecognizer,
    CreditCardRecognizer,
    IpAddressRecognizer,
    PasswordRecognizer,
)


def identifier_recognizers(
    identifiers: Iterable[Identifier], gate: Gate, views: NumberViews
) -> list[IdentifierRecognizer]:
    """One recognizer for each identifier that the rulebook names."""
    kinds = {kind.entity: kind for kind in _KINDS}
    return [kinds.get(one.entity, OtherIdentifierRecognizer)(one, gate, views) for one in identifiers]


def _digits(written: str) -> str:
    return "".join(char for char in written if char.isdigit())
