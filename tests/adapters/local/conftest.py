"""A chat that is served and runs, for the tests that speak HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from adapters.local.platform import LocalPlatform
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.local.serving import make_platform, outer, running, served
from tests.fakes.desk import FakeDesk


@pytest.fixture
def platform(tmp_path: Path) -> LocalPlatform:
    return make_platform(tmp_path)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
async def inbox(platform: LocalPlatform, desk: FakeDesk) -> AsyncIterator[FakeInbox]:
    """Where everything lies that the platform, which runs meanwhile, handed over."""
    inbox = FakeInbox()
    async with running(platform, inbox, desk):
        yield inbox


@pytest.fixture
async def http(platform: LocalPlatform) -> AsyncIterator[httpx.AsyncClient]:
    """A client whose paths start at the chat's mount."""
    async with (
        served(outer(platform)) as address,
        httpx.AsyncClient(base_url=f"{address}{platform.mount}", timeout=20) as client,
    ):
        yield client
