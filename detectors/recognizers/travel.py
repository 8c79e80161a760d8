"""The machine-readable zone of a passport (ICAO Doc 9303, part 4: two lines of 44, check digits 7-3-1)."""

from collections.abc import Iterable
from dataclasses import dataclass

from detectors.allowance import found_by
from detectors.finding import Evidence
from detectors.gate import Gate, Sieve, Sought
from detectors.recognizers.candidate import Candidate, CandidateRecognizer, Tally

_ZONE = (
    r"(?<![A-Z0-9<])P[A-Z<]PAK[A-Z<]{10,39}\s{0,4}\n?\s{0,4}"
    r"(?P<number>[A-Z0-9<]{9})(?P<c1>[0-9O])PAK(?P<birth>[0-9O]{6})(?P<c2>[0-9O])[MFX<]"
    r"(?P<expiry>[0-9O]{6})(?P<c3>[0-9O])[A-Z0-9<]{14}[0-9O<][0-9O]"
)
_SECOND_LINE = (
    r"(?<![A-Z0-9<])(?P<number>[A-Z0-9<]{9})(?P<c1>[0-9O])PAK(?P<birth>[0-9O]{6})(?P<c2>[0-9O])[MFX<]"
    r"(?P<expiry>[0-9O]{6})(?P<c3>[0-9O])(?:[A-Z0-9<]{14}[0-9O<][0-9O])?"
)
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True, slots=True)
class _Zone:
    """What of a zone is there, and what that counts."""

    name: str
    base: float


class PassportZoneRecognizer(CandidateRecognizer):
    """A Pakistani passport's machine-readable zone, both lines or the second alone."""

    def __init__(self, gate: Gate) -> None:
        zones = (
            (_Zone("both lines", 0.6), Sought(_ZONE, 0)),
            (_Zone("second line", 0.35), Sought(_SECOND_LINE, 0)),
        )
        self._zones = Sieve(gate, zones)
        super().__init__(("PK_PASSPORT",), self._zones)

    def candidates(self, text: str) -> Iterable[Candidate]:
        for zone, expression in self._zones.within(text):
            for match in found_by(expression, text):
                right = sum(
                    check_digit(match[field]) == match[check].replace("O", "0")
                    for field, check in (("number", "c1"), ("birth", "c2"), ("expiry", "c3"))
                )
                tally = Tally().add(f"machine-readable zone, {zone.name}", zone.base)
                tally = tally.add(
                    f"{right} of 3 check digits are right", 0.4 if right == 3 else 0.1 * (right - 2)
                )
                yield Candidate(
                    "PK_PASSPORT",
                    match.start(),
                    match.end(),
                    tally.score,
                    Evidence(type(self).__name__, zone.name, (), f"{right} of 3 check digits", tally.steps),
                )


def check_digit(field: str) -> str:
    """The check digit of a field: letters count from 10, the filler `<` as 0, weights 7, 3, 1 in turn."""
    values = (0 if char == "<" else int(char, 36) for char in field)
    return str(sum(value * _WEIGHTS[index % 3] for index, value in enumerate(values)) % 10)
