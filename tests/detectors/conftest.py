"""What is found in a text, by the engine over the default configuration."""

from collections.abc import Callable

import pytest

from detectors.engine import Engine
from detectors.finding import Finding, Part

Found = Callable[[str], list[tuple[str, str]]]


@pytest.fixture(scope="session")
def findings(engine: Engine) -> Callable[[str], tuple[Finding, ...]]:
    """The findings in one text."""
    return lambda text: engine.scan([Part("text", text)]).findings


@pytest.fixture(scope="session")
def found(findings: Callable[[str], tuple[Finding, ...]]) -> Found:
    """Each finding in one text as its entity and what it cuts from the original."""
    return lambda text: [(one.entity, text[one.span.start : one.span.end]) for one in findings(text)]
