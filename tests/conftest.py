"""How thoroughly properties are tried, and the engine over the default configuration, made once for all."""

from pathlib import Path

import pytest
from hypothesis import settings

from bot.config.rulebook import read_rulebook
from bot.errors import Problem
from detectors.engine import Engine
from detectors.rulebook import Rulebook

# A little at each run of the tests, much in `make fuzz`.
settings.register_profile("tests", max_examples=100, deadline=None)
settings.register_profile("campaign", max_examples=20_000, deadline=None)
settings.load_profile("tests")

CONFIG = Path(__file__).parents[1] / "config"


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    problems: list[Problem] = []
    read = read_rulebook(CONFIG, problems)
    assert read is not None, "\n".join(map(str, problems))
    return read


@pytest.fixture(scope="session")
def engine(rulebook: Rulebook) -> Engine:
    return Engine(rulebook)
