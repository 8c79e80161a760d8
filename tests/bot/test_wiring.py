"""The bot as a whole keeps its parts running, and says which broke."""

import asyncio
from typing import cast

import pytest

from bot.bus import MemoryBus
from bot.config.loading import Configuration
from bot.ports import Desk, Inbox, PlatformRefused
from bot.wiring import Bot
from tests.bot.house import build_house
from tests.fakes.platform import FakePlatform
from tests.fakes.store import FakeStore


class BrokenPlatform(FakePlatform):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    async def run(self, inbox: Inbox, desk: Desk) -> None:
        raise self._error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PlatformRefused("The token is wrong; put the new one in its place."), "The token is wrong"),
        (ValueError("what somebody wrote"), "ValueError"),
    ],
    ids=["a platform says why", "anything else may hold content"],
)
async def test_a_part_that_breaks_is_put_on_record_with_its_reason(
    error: Exception, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    house, bus = build_house(FakeStore()), MemoryBus()
    for part in (house.pipeline, house.delivery):
        object.__setattr__(part, "bus", bus)
    bot = Bot(
        cast(Configuration, None),
        house.store,
        house.clock,
        bus,
        house.in_force,
        house.cases,
        house.pipeline.judge.chats,
        house.intake,
        house.desk,
        house.pipeline,
        house.delivery,
        {"fake": BrokenPlatform(error)},
    )
    async with asyncio.timeout(5), bot.running():
        while not house.store.audit.entries():  # noqa: ASYNC110 - a store tells nobody what was added
            await asyncio.sleep(0)
    [entry] = house.store.audit.entries()
    assert (entry.act, entry.subject, told in entry.details) == ("part broke", "fake", True)
    assert told in caplog.text
    assert "what somebody wrote" not in caplog.text + entry.details
