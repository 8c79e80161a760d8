"""The configuration and the detectors as they are delivered, made once for all tests of the measurement."""

import pytest

from bot.config.loading import Configuration, load_configuration
from detectors.engine import Engine


@pytest.fixture(scope="session")
def configuration() -> Configuration:
    return load_configuration()


@pytest.fixture(scope="session")
def engine(configuration: Configuration) -> Engine:
    return Engine(configuration.rulebook)
