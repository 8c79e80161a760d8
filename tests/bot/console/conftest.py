from collections.abc import AsyncIterator

import httpx
import pytest

from bot.bus import MemoryBus
from bot.config.loading import Configuration, load_configuration
from bot.console.accounts import FIRST_ACCOUNT, first_password
from bot.console.app import web_application
from bot.in_force import InForce, Rules
from bot.wiring import Bot
from tests.bot.house import House, build_house
from tests.fakes.store import FakeStore


@pytest.fixture(scope="session")
def configuration() -> Configuration:
    return load_configuration()


@pytest.fixture
def house() -> House:
    return build_house(FakeStore())


@pytest.fixture
def bot(house: House, configuration: Configuration) -> Bot:
    return Bot(
        configuration=configuration,
        store=house.store,
        clock=house.clock,
        bus=MemoryBus(),
        in_force=InForce(Rules(house.detectors, configuration.policy, "this edition")),
        cases=house.cases,
        chats=house.pipeline.judge.chats,
        intake=house.intake,
        desk=house.desk,
        pipeline=house.pipeline,
        delivery=house.delivery,
        platforms={"fake": house.platform},
    )


@pytest.fixture
def password(bot: Bot) -> str:
    made = first_password(bot.store, bot.clock)
    assert made
    return made


@pytest.fixture
async def browser(bot: Bot) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is not signed in."""
    transport = httpx.ASGITransport(web_application(bot, "127.0.0.1"))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8710") as client:
        yield client


@pytest.fixture
async def moderator(browser: httpx.AsyncClient, password: str) -> httpx.AsyncClient:
    """Somebody who is signed in."""
    answer = await browser.post("/login", data={"name": FIRST_ACCOUNT, "password": password})
    assert answer.status_code == 303
    return browser
