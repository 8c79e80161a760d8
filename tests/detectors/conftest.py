"""The engine over the default configuration, made once for all tests of the detectors."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config.rulebook import read_rulebook
from bot.errors import Problem
from detectors.engine import Engine
from detectors.finding import Finding, Part
from detectors.rulebook import Rulebook

CONFIG = Path(__file__).parents[2] / "config"

Found = Callable[[str], list[tuple[str, str]]]


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    problems: list[Problem] = []
    read = read_rulebook(CONFIG, problems)
    assert read is not None, "\n".join(map(str, problems))
    return read


@pytest.fixture(scope="session")
def engine(rulebook: Rulebook) -> Engine:
    return Engine(rulebook)


@pytest.fixture(scope="session")
def findings(engine: Engine) -> Callable[[str], tuple[Finding, ...]]:
    """The findings in one text."""
    return lambda text: engine.scan([Part("text", text)]).findings


@pytest.fixture(scope="session")
def found(findings: Callable[[str], tuple[Finding, ...]]) -> Found:
    """Each finding in one text as its entity and what it cuts from the original."""
    return lambda text: [(one.entity, text[one.span.start : one.span.end]) for one in findings(text)]
