"""The pieces that a message passes through, each by itself, with pytest-benchmark: `make bench-speed`."""

from collections.abc import Callable
from random import Random

import pytest

from benchmarks.speed.bare import bare_of
from benchmarks.speed.leaks import KINDS
from bot.config.loading import Configuration, load_configuration
from bot.model import Audience, Message, MessageRef, Person
from bot.policy import decide
from bot.scanning import scan_message
from detectors.engine import Engine
from detectors.finding import Part
from detectors.normalise import fold

CLEAN = "See you at four in the canteen, bring the cake and the new charger"
URDU = "امی آج بازار سے دیر سے آئیں، کھانا تیار ہے"

Benchmark = Callable[..., object]


@pytest.fixture(scope="module")
def configuration() -> Configuration:
    return load_configuration()


@pytest.fixture(scope="module")
def engine(configuration: Configuration) -> Engine:
    return Engine(configuration.rulebook)


@pytest.mark.parametrize("text", [CLEAN, URDU], ids=["Latin", "Urdu"])
def test_fold(benchmark: Benchmark, text: str) -> None:
    benchmark(fold, text)


@pytest.mark.parametrize("text", [CLEAN, URDU], ids=["Latin", "Urdu"])
def test_gate(benchmark: Benchmark, engine: Engine, text: str) -> None:
    bare = bare_of(engine)
    assert bare is not None  # noqa: S101 - a test
    benchmark(bare, [text])


@pytest.mark.parametrize("text", [CLEAN, URDU], ids=["Latin", "Urdu"])
def test_a_clean_message(benchmark: Benchmark, engine: Engine, text: str) -> None:
    benchmark(engine.scan, [Part("text", text)])


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_message_with(benchmark: Benchmark, engine: Engine, kind: str) -> None:
    text = KINDS[kind](Random(1))  # noqa: S311 - chat by chance, no secret
    benchmark(engine.scan, [Part("text", text)])


def test_decision(benchmark: Benchmark, configuration: Configuration, engine: Engine) -> None:
    message = Message(MessageRef("", "", "m1"), Person("amina"), KINDS["cnic"](Random(1)))  # noqa: S311
    scan = scan_message(engine, message).scan
    benchmark(decide, configuration.policy, message, scan, Audience())
