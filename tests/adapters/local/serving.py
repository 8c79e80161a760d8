"""Serves the local chat over a real socket, with the headers that the product puts around it.

`python -m tests.adapters.local.serving [FOLDER]` serves it alone, to look at.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import Mount

from adapters.local import PersonSetting, Settings, adapter
from adapters.local.house import House
from adapters.local.platform import LocalPlatform
from adapters.local.rows import Kind
from bot.config.catalogue import read_catalogue
from bot.data import CONFIG
from bot.model import Audience, Chat, ChatRef, Mode, Moderators
from bot.ports import ASGIApp, Clock, Desk, Inbox, Surroundings
from tests.fakes.desk import FakeDesk

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PEOPLE = (
    PersonSetting("ayesha", "Ayesha Khan", "Section Officer, Budget"),
    PersonSetting("bilal", "Bilal Ahmed", "Assistant Director"),
    PersonSetting("sana", "ثنا اللہ", "ڈپٹی سیکرٹری"),
)
MODERATORS = Moderators(ChatRef("local", "moderators"), frozenset({"sana"}))
WORDS = read_catalogue(CONFIG, [])
CHATS = (
    Chat(ChatRef("local", "budget"), "Budget wing", Mode.COACH, Audience(), MODERATORS),
    Chat(ChatRef("local", "all-staff"), "All staff", Mode.OBSERVE, Audience()),
    Chat(ChatRef("telegram", "-100"), "Elsewhere", Mode.OBSERVE, Audience()),
)
SUGGESTIONS = (
    "Is the meeting still at eleven?",
    "SECRET\n\nNo. F.4(12)/2025-Budget\n\nSubject: Revised allocation",
    "My CNIC is 00000-0000000-0",
)


@dataclass(slots=True)
class TickingClock:
    """Each look at it is a second later."""

    at: datetime = field(default=datetime(2026, 3, 2, 9, 0, tzinfo=UTC))

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def make_platform(
    data: Path,
    people: tuple[PersonSetting, ...] = PEOPLE,
    chats: tuple[Chat, ...] = CHATS,
    clock: Clock | None = None,
    *,
    language: str = "en",
    is_new: bool = False,
) -> LocalPlatform:
    """A platform that is `is_new` has rooms that were never opened before."""
    settings = Settings(people=people, suggestions=SUGGESTIONS, max_attachment_mb=1)
    around = Surroundings(clock or TickingClock(), chats, WORDS, language, data)
    platform = adapter.build(settings, around)
    assert isinstance(platform, LocalPlatform)
    if not is_new:
        _open(platform.house)
    return platform


def _open(house: House) -> None:
    for room in house.directory:
        house.doors.open(room, house.clock.now())
    while (happening := house.journal.waiting()) and happening.kind is Kind.JOINED:
        house.journal.handed(happening.number)


def outer(platform: LocalPlatform) -> ASGIApp:
    app = Starlette(routes=[Mount(platform.mount, app=platform.web)])

    async def strict(
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        async def send_strictly(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy"] = POLICY
            await send(message)

        await app(scope, receive, send_strictly)

    return strict


@asynccontextmanager
async def served(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """The address of a server that listens on a free port."""
    config = uvicorn.Config(app, "127.0.0.1", port, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:
            if serving.done():
                serving.result()
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def running(
    platform: LocalPlatform, inbox: Inbox, desk: Desk | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """The platform's `run`, until the block ends."""
    task = asyncio.create_task(platform.run(inbox, desk or FakeDesk()))
    await asyncio.sleep(0)
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _alone(folder: Path) -> None:
    platform = make_platform(folder, clock=WallClock())
    async with served(outer(platform), 8710) as address:
        sys.stdout.write(f"{address}{platform.mount}/\n")
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_alone(Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())))
