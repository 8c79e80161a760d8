"""A server on loopback, and the adapter over it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.discord.listener import Listener
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


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library waits five seconds before each further session, as Discord asks it to."""

    async def at_once(*_: object, **__: object) -> None:
        return

    monkeypatch.setattr(Listener, "before_identify_hook", at_once)


@pytest.fixture
def inbox() -> FakeInbox:
    return FakeInbox()
