"""A server, and an adapter that listens to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.telegram.platform import TelegramPlatform
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import ALI, SUPER, make_platform, running
from tests.fakes.desk import FakeDesk
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import Room


@pytest.fixture
async def server() -> AsyncIterator[Telegram]:
    async with Telegram().serving() as server:
        yield server


@pytest.fixture
async def platform(server: Telegram, tmp_path: Path) -> TelegramPlatform:
    return make_platform(server, tmp_path)


@pytest.fixture
async def inbox(platform: TelegramPlatform) -> AsyncIterator[FakeInbox]:
    """Where everything lies that the platform, which runs meanwhile, handed over."""
    inbox = FakeInbox()
    async with running(platform, inbox):
        yield inbox


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
async def asked(server: Telegram, tmp_path: Path, desk: FakeDesk) -> AsyncIterator[FakeInbox]:
    """The inbox of a platform that runs, with a desk that answers commands."""
    inbox = FakeInbox()
    async with running(make_platform(server, tmp_path, public_notice_seconds=0.4), inbox, desk):
        yield inbox


@pytest.fixture
def room(server: Telegram) -> Room:
    return server.supergroup(SUPER)


@pytest.fixture
def direct(server: Telegram) -> Room:
    return server.direct(ALI)
