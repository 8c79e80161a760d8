"""A server, and an adapter that listens to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.telegram.platform import TelegramPlatform
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import make_platform, running
from tests.platforms.telegram.server import Telegram


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
