from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.ports import Store
from bot.store import open_store
from tests.bot.house import House, build_house
from tests.fakes.store import FakeStore


@pytest.fixture(params=["fake", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The fake and the real store: what is tested of one holds for the other."""
    if request.param == "fake":
        yield FakeStore()
        return
    real = open_store(f"sqlite:///{tmp_path}/raazdar.db", create=True)
    yield real
    real.close()


@pytest.fixture
def house(store: Store) -> House:
    return build_house(store)
