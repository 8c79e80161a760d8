"""Behind the gate the same is found as without it: whatever the text, its place, and the recognizers."""

import dataclasses
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import CryptoRecognizer, UsSsnRecognizer

from detectors import analysis
from detectors.engine import Engine
from detectors.finding import Box, Line, Part, Place, Span
from detectors.gate import Gate, OpenGate, PatternGate, Sought
from detectors.rulebook import OwnPattern, OwnRecognizer, OwnRecognizers, Rulebook
from tests.conftest import PATIENT
from tests.detectors.test_engine import PIECES

LABELLED = Path(__file__).parents[2] / "seeds" / "labelled"

MORE_PIECES = st.sampled_from([
    "TERCES", "SECREI", "S ECRET", "CQNFIDENTIAL", "SSEECCRREETT", "SEC*RET", "SEC-RET", "S3CR3T", "t0p s3cr3t", "CONFI-\nDENTIAL",
    "انتمائی خفیر", "حفیہ", "O3OO-55l8299", "0300 five five one 8299", "صفر تین صفر صفر", "15602🌸7730194🌸1", "35202 dash 1234567 dash 1",
    "F . 7 ( 3 ) / 2 0 2 3", "+92 300 5518276", "PK36SCBL0000001123456702", "4111 1111 1111 1111", "AKIAIOSFODNN7EXAMPLA",
    "postgres://me:pw99@host/db", "P<PAKKHAN<<ALI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nLK55182762PAK8501011M3001019<<<<<<<<<<<<<<06",
    "staff ", "MOX-20417", "the nightjar", "536-90-4399", "a1b c2d e3f g4h i5j ", "x" * 520, "word " * 40, "Title: ", "Keywords: ", ";", "\t",
    "   ", "this letter is ", "not ", "do not forward", "\u212a", "ſ", "İ",
])  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, MORE_PIECES, st.text(max_size=8)), max_size=10).map("".join)


def _with_lines(part: Part) -> Part:
    """The part as one that was read off an image, line by line."""
    lines, start = [], 0
    for line in part.text.split("\n"):
        if line:
            lines.append(Line(Span(start, start + len(line)), Box(0, 0, 1, 1)))
        start += len(line) + 1
    return dataclasses.replace(part, lines=tuple(lines))


PARTS = st.builds(
    Part,
    st.sampled_from(["text", "caption", "file_name", "file_name 2", "attachment 1 / page 2"]),
    TEXTS,
    st.one_of(st.just(""), st.just("plan_SECRET.pdf")),
    st.sampled_from(Place),
)
PARTS = st.one_of(PARTS, PARTS.map(_with_lines))


def same(engine: Engine, other: Engine, part: Part) -> bool:
    """Whether both find the same in a part, for the same reasons, and let go of the same."""
    return engine.scan([part]) == other.scan([part]) and engine.consider(part) == other.consider(part)


def _behind(gate: Gate, around: Callable[[], Gate], rulebook: Rulebook, *more: EntityRecognizer) -> Engine:
    """An engine behind a gate, and what it asks about the words around a label behind another."""
    engine = Engine(rulebook, more, patience=PATIENT, gate=gate)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis, "PatternGate", around)
        assert engine._search.proposers
    return engine


@pytest.fixture(scope="module")
def everything(rulebook: Rulebook) -> Engine:
    """The engine with all its recognizers run on every text, each with all its expressions."""
    return _behind(OpenGate(), OpenGate, rulebook)


@given(PARTS)
def test_the_same_is_found_in_every_part(engine: Engine, everything: Engine, part: Part) -> None:
    assert same(engine, everything, part)


@given(st.lists(TEXTS, max_size=4))
def test_the_same_is_found_in_every_window(engine: Engine, everything: Engine, texts: list[str]) -> None:
    assert engine.window(texts) == everything.window(texts)


def _labelled() -> Iterator[str]:
    for path in sorted(LABELLED.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]


@pytest.fixture(scope="module")
def labelled() -> Sequence[str]:
    """Three labelled messages for each text that a property is tried on, and so all of them in a campaign."""
    texts = list(_labelled())
    return Random(6).sample(texts, min(len(texts), 3 * settings().max_examples))  # noqa: S311 - no secret


def test_the_same_is_found_in_labelled_messages(
    engine: Engine, everything: Engine, labelled: Sequence[str]
) -> None:
    differing = [text for text in labelled if not same(engine, everything, Part("text", text))]
    assert differing == []


class _Blind:
    """A gate that lets some of what may match not through."""

    def __init__(self, is_seen: Callable[[int], bool]) -> None:
        self._gate = OpenGate()
        self._is_seen = is_seen

    def take(self, sought: Sequence[Sought]) -> int:
        return self._gate.take(sought)

    def through(self, text: str) -> Sequence[int]:
        return [number for number in self._gate.through(text) if self._is_seen(number)]


@pytest.mark.parametrize(
    ("gate", "around"),
    [
        pytest.param(_Blind(lambda _: False), OpenGate, id="to everything"),
        pytest.param(_Blind(lambda number: number % 7 != 3), OpenGate, id="to every seventh expression"),
        pytest.param(OpenGate(), lambda: _Blind(lambda _: False), id="to what stands around"),
        pytest.param(OpenGate(), lambda: _Blind(lambda number: number % 7 != 3), id="to a seventh of that"),
    ],
)
def test_a_blind_gate_is_noticed(
    rulebook: Rulebook, everything: Engine, labelled: Sequence[str], gate: Gate, around: Callable[[], Gate]
) -> None:
    blind = _behind(gate, around, rulebook)
    differing = sum(not same(blind, everything, Part("text", text)) for text in labelled[:60])
    assert differing >= 3


def test_every_recognizer_of_the_house_states_what_it_needs(engine: Engine) -> None:
    assert [type(one).__name__ for one in engine._search.proposers if one.always_runs] == []
    assert isinstance(engine.gate, PatternGate)
    assert engine.gate.always == ()


OWN = OwnRecognizers(
    (
        OwnRecognizer(
            "Staff number",
            supported_entity="STAFF_NUMBER",
            patterns=(OwnPattern("staff number", r"\bMOX-\d{5}\b", 0.4),),
            context=("staff",),
        ),
        OwnRecognizer("Code names", supported_entity="CODE_NAME", deny_list=("Nightjar", "Blue Heron")),
        OwnRecognizer("UsSsnRecognizer"),
    )
)


def _stock() -> list[EntityRecognizer]:
    """Some of Presidio's: one that can't be stated in advance is among them."""
    unreadable = Pattern("either spelling", "(?|(blue) heron|(blaue) reiher)", 0.6)
    return [
        UsSsnRecognizer(),
        CryptoRecognizer(),
        PatternRecognizer("DENIED", deny_list=["nightjar", "annex"], deny_list_score=0.7),
        PatternRecognizer("BIRD", patterns=[unreadable], context=["marked"]),
    ]


@pytest.fixture(scope="module")
def with_own(rulebook: Rulebook) -> tuple[Engine, Engine]:
    """Behind the gate and without it, with recognizers of an admin and of Presidio's beside those of the house."""
    rulebook = dataclasses.replace(rulebook, own=OWN)
    return Engine(rulebook, _stock(), patience=PATIENT), _behind(OpenGate(), OpenGate, rulebook, *_stock())


@given(TEXTS)
def test_the_same_is_found_with_recognizers_of_others(with_own: tuple[Engine, Engine], text: str) -> None:
    assert same(*with_own, Part("text", text))


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("staff number MOX-20417", ["STAFF_NUMBER"]),
        ("the nightjar sang", ["CODE_NAME", "DENIED"]),
        ("my ssn is 536-90-4399", ["US_SSN"]),
        ("marked blaue reiher", ["BIRD"]),
        ("lunch at one?", []),
    ],
)
def test_recognizers_of_others_find_what_is_theirs_behind_the_gate(
    with_own: tuple[Engine, Engine], text: str, entities: list[str]
) -> None:
    for engine in with_own:
        assert sorted({one.entity for one in engine.scan([Part("text", text)]).findings}) == entities
