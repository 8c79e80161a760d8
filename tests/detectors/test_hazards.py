"""What brings Presidio and spaCy down or makes them lie does neither here, and hostile texts take little work."""

import socket
import sys
from collections.abc import Iterable
from time import thread_time

import pytest

from detectors.engine import PATIENCE, Engine
from detectors.finding import Part, Scan
from detectors.recognizers.candidate import Candidate, CandidateRecognizer
from detectors.rulebook import Rulebook

LONG = 65_536
SLACK = 3
"""How many times its bound a text may take: other work on the machine slows this one, too."""


@pytest.fixture(scope="module")
def hurried(rulebook: Rulebook, engine: Engine) -> Engine:
    """The engine with the patience that it has in a chat, warm. What is compiled is shared with the other."""
    hurried = Engine(rulebook, patience=PATIENCE)
    hurried.warm()
    for piece in HOSTILE.values():
        hurried.scan([Part("text", piece * 40)])
    return hurried


HOSTILE = {
    "dots": "a.", "bangs": "!", "labels": "SECRET\n", "labels in a row": "top secret ", "portions": "(S//NF) ", "caveats": "SECRET//NOFORN//",
    "addresses": "a.b@example.org ", "ats": "a@", "one address": "a" * 60 + "@", "mobiles": "0300-1234567 ", "digits": "1", "digits apart": "1-",
    "identity cards": "35202-1234567-1 ", "cards": "4111 1111 1111 1111 ", "ibans": "PK36SCBL0000001123456702 ", "strokes": "a\u0336", "zalgo": "e\u0301\u0302\u0303\u0304",
    "overrides": "\u202eab\u202c", "open overrides": "\u202eab", "surrogates": "\ud800", "tags": "<b>a</b>", "open tags": "<", "entities": "&amp;", "numbered entities": "&#83;",
    "spaced letters": "s e c r e t ", "letters apart": "a ", "doubled": "SSEECCRREETT ", "leet": "s3cr3t ", "inner marks": "SEC*RET ", "hyphens": "SE-",
    "digits in words": "five ", "numbers in words": "0300 five five one ", "emoji": "🔒", "regional": "🇸", "brackets": "(", "blanks": " ", "tabs": "a\t", "short lines": "a\nbc\n",
    "Urdu": "خفیہ ", "references": "No.F.8-2/2004-Admn-II\n", "letterheads": "GOVERNMENT OF PAKISTAN\n", "passwords": "password: Ab1@xyz9 ", "zones": "P<PAKKHAN<<", "escapes": "%53",
    "no blank": "x", "quoted": "=53", "underscores": "_a", "upside down": "ʇǝɹɔǝs ", "full stops": "。",
}  # fmt: skip


def _scanned(engine: Engine, text: str) -> tuple[float, Scan]:
    """What is found in a text, and the seconds of work that it took."""
    start = thread_time()
    scan = engine.scan([Part("text", text)])
    return thread_time() - start, scan


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_of_full_length_takes_more_than_it_may(hurried: Engine, piece: str) -> None:
    text = (piece * LONG)[:LONG]
    first, again = _scanned(hurried, text), _scanned(hurried, text)
    # What is made ready when it is first needed is made once, and not for this text.
    assert min(first[0], again[0]) <= SLACK * PATIENCE
    assert {one.reason for _, scan in (first, again) for one in scan.undecided} <= {"timed out"}


@pytest.mark.parametrize("text", ["a." * 2000, "a." * 32_000, "!" * 4000], ids=["dots", "many dots", "bangs"])
def test_what_takes_presidio_seconds_takes_no_more_than_it_may(hurried: Engine, text: str) -> None:
    took, scan = _scanned(hurried, text)
    assert took <= SLACK * PATIENCE
    assert scan.findings == ()
    assert {one.reason for one in scan.undecided} <= {"timed out"}


def test_the_first_address_asks_nobody(rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", asked)
    monkeypatch.setattr(socket, "getaddrinfo", asked)
    scan = Engine(rulebook, patience=10).scan([Part("text", "write to s.qureshi@finance.gov.pk")])
    assert [one.entity for one in scan.findings] == ["EMAIL_ADDRESS"]
    assert scan.undecided == ()


@pytest.mark.parametrize("text", ["\ud800", "SECRET \udfff\nplan", "\ud83dcnic 35202-1234567-1"])
def test_a_lone_surrogate_is_scanned_like_any_letter(hurried: Engine, text: str) -> None:
    assert hurried.scan([Part("text", text)]).undecided == ()


class _Slow(CandidateRecognizer):
    def candidates(self, text: str) -> Iterable[Candidate]:
        raise TimeoutError


def test_what_is_out_of_time_is_undecided_and_no_silent_miss(rulebook: Rulebook) -> None:
    scan = Engine(rulebook, [_Slow(["X"])]).scan([Part("text", "lunch at one?")])
    assert [(one.part, one.reason) for one in scan.undecided] == [("text", "timed out")]


@pytest.mark.parametrize(
    ("text", "entity", "attributes"),
    [
        ("call 0300-1234567", "PHONE_NUMBER", {"region": "PK"}),
        ("transfer to PK36SCBL0000001123456702", "IBAN_CODE", {}),
        ("transfer to PK60HABB00A0B1C234567890", "IBAN_CODE", {}),
    ],
)
def test_numbers_of_pakistan_are_known(
    hurried: Engine, text: str, entity: str, attributes: dict[str, str]
) -> None:
    found = hurried.scan([Part("text", text)]).findings
    assert [one.entity for one in found] == [entity]
    assert all(dict(one.attributes) == attributes for one in found)


def test_memory_stays_as_it_is_however_many_messages_come(hurried: Engine) -> None:
    before = 0
    for number in range(20_000):
        hurried.scan([Part("text", f"word{number} is what they said {number}x{number}")])
        before = before or (sys.getallocatedblocks() if number == 5000 else 0)
    assert sys.getallocatedblocks() - before < 5000  # one for each three messages
