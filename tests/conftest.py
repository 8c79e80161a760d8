"""How thoroughly properties are tried, and the engine over the default configuration, made once for all."""

import os
from collections.abc import Iterator
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

PATIENT = 10.0
"""Seconds that 64 KB may take where it is not asked how long they take: machines may be busy."""

CONFIG = Path(__file__).parents[1] / "config"


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept is not the user's own, and is shared by all processes of this run of the tests."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAAZDAR_CACHE", str(shared / "cache"))
        yield


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    problems: list[Problem] = []
    read = read_rulebook(CONFIG, problems)
    assert read is not None, "\n".join(map(str, problems))
    return read


@pytest.fixture(scope="session")
def engine(rulebook: Rulebook) -> Engine:
    made = Engine(rulebook, patience=PATIENT)
    made.warm()  # so that no test waits while the gate is compiled
    return made
