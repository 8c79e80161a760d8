"""The live stream, over a real server: what is told in it, and that it ends with the server."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
import uvicorn

from bot.console.accounts import FIRST_ACCOUNT
from bot.console.app import web_application
from bot.console.server import address, bind
from bot.wiring import Bot


@pytest.fixture
async def server(bot: Bot) -> AsyncIterator[tuple[str, uvicorn.Server]]:
    listener = bind("127.0.0.1", 0)
    config = uvicorn.Config(web_application(bot, "127.0.0.1"), log_level="error", timeout_graceful_shutdown=5)
    served = uvicorn.Server(config)
    task = asyncio.create_task(served.serve(sockets=[listener]))
    yield address(listener), served
    served.should_exit = True
    await task


async def test_a_moderator_is_told_of_changes_until_the_server_stops(
    server: tuple[str, uvicorn.Server], bot: Bot, password: str
) -> None:
    url, served = server
    async with httpx.AsyncClient(base_url=url, timeout=10) as client:
        await client.post("/login", data={"name": FIRST_ACCOUNT, "password": password})
        async with client.stream("GET", "/events") as answer:
            lines = answer.aiter_lines()
            assert await anext(lines) == "event: ready"
            bot.bus.publish("cases")
            heard = [line async for line in _until(lines, "event: cases")]
            assert heard[-1] == "event: cases"
            served.should_exit = True
            assert "SECRET" not in "".join([line async for line in lines])


async def _until(lines: AsyncIterator[str], last: str) -> AsyncIterator[str]:
    async for line in lines:
        yield line
        if line == last:
            return
