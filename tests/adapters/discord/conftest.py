"""A server on loopback, and the adapter over it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.playing import Play
from tests.adapters.fake_inbox import FakeInbox
from tests.platforms.discord.server import Discord, serving


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    async with serving() as server:
        yield server


@pytest.fixture
def play(server: Discord, tmp_path: Path) -> Play:
    return Play(server, tmp_path)


@pytest.fixture
def inbox() -> FakeInbox:
    return FakeInbox()
