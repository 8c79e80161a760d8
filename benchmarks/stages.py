"""The platforms on which latency is measured: the tests' servers, with a watch in the hand."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count
from time import perf_counter
from typing import Any, Protocol

from tests.platforms.discord import server as discord
from tests.platforms.discord.world import Person
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import TOKEN, user


class Stage(Protocol):
    """Each message has an author of its own, by whom its warning is known."""

    name: str
    chat: str
    moderators: str

    def serving(self) -> AbstractAsyncContextManager[None]: ...

    def settings(self) -> Mapping[str, str]:
        """What stands under the platform's name in `raazdar.yaml`."""

    async def connected(self) -> None:
        """Until the bot hears what is posted."""

    async def post(self, text: str) -> str:
        """Posts as somebody new, and returns who."""

    async def warned(self, author: str) -> float:
        """Seconds from the arrival of somebody's message to the request that warns him, once it has come."""


class Watch:
    """Notes when each author's message arrived, and when his warning left; the first time counts."""

    def __init__(self) -> None:
        self._arrived: dict[str, float] = {}
        self._left: dict[str, asyncio.Future[float]] = {}

    def arrived(self, author: str) -> None:
        self._arrived.setdefault(author, perf_counter())

    def left(self, author: str) -> None:
        future = self._future(author)
        if author in self._arrived and not future.done():
            future.set_result(perf_counter() - self._arrived[author])

    async def taken(self, author: str) -> float:
        return await asyncio.shield(self._future(author))

    def _future(self, author: str) -> asyncio.Future[float]:
        return self._left.setdefault(author, asyncio.get_running_loop().create_future())


class Watched(list[Any]):
    """The list in which a server notes requests as they come in; `see` is told of each at once."""

    def __init__(self, see: Callable[[Any], None]) -> None:
        super().__init__()
        self._see = see

    def append(self, request: Any) -> None:
        self._see(request)
        super().append(request)


class TelegramStage:
    """An event arrives when the answer to a long poll leaves that holds it."""

    name = "telegram"
    chat = "-1001111111111"
    moderators = "-1003333333333"

    def __init__(self) -> None:
        self._watch = Watch()
        self._ids = count(1001)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        self._server = _Answering(self._watch)
        self._server.calls = Watched(self._see)
        self._room = self._server.supergroup(int(self.chat))
        self._server.supergroup(int(self.moderators))
        async with self._server.serving():
            yield

    def settings(self) -> Mapping[str, str]:
        return {"token": TOKEN, "base_url": self._server.base, "base_file_url": self._server.base_file}

    async def connected(self) -> None:
        await self._server.until(lambda: self._server.asked("getUpdates"))

    async def post(self, text: str) -> str:
        author = user(next(self._ids), "Amina")
        self._server.direct(author)
        await self._server.posts(self._room, author, text)
        return str(author["id"])

    async def warned(self, author: str) -> float:
        return await self._watch.taken(author)

    def _see(self, call: tuple[str, Mapping[str, Any]]) -> None:
        method, params = call
        if method == "sendMessage":
            self._watch.left(str(params.get("chat_id")))


class _Answering(Telegram):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    async def _do_getupdates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        updates = await super()._do_getupdates(params)
        for update in updates:
            if "message" in update:
                self._watch.arrived(str(update["message"]["from"]["id"]))
        return updates


class DiscordStage:
    """An event arrives when the gateway hands it to the socket."""

    name = "discord"

    def __init__(self) -> None:
        self._watch = Watch()
        self._numbers = count(1)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        async with discord.serving() as self._server:
            self._world = self._server.world
            self._server.rest.requests = Watched(self._see)
            self._world.listeners.append(self._tell)
            self.chat = self._world.general
            self.moderators = self._world.channel("moderators")
            yield

    def settings(self) -> Mapping[str, str]:
        return {
            "token": self._world.token,
            "api_base": self._server.api_base,
            "gateway_url": self._server.gateway_url,
            "cdn_base": self._server.cdn_base,
        }

    async def connected(self) -> None:
        await self._server.gateway.wait(identified=1)

    async def post(self, text: str) -> str:
        author: Person = self._world.person(f"amina{next(self._numbers)}", "Amina")
        self._world.post(author, self.chat, text)
        return author.id

    async def warned(self, author: str) -> float:
        return await self._watch.taken(author)

    def _tell(self, event: str, data: Mapping[str, Any], _: int) -> None:
        if event == "MESSAGE_CREATE":
            self._watch.arrived(data["author"]["id"])

    def _see(self, request: tuple[str, str, Any]) -> None:
        method, path, _ = request
        match path.partition("?")[0].split("/")[-3:]:
            case ["channels", channel, "messages"] if method == "POST":
                for person in self._world.channels.get(channel, {}).get("recipients", ()):
                    self._watch.left(person["id"])


STAGES: Mapping[str, Callable[[], Stage]] = {"discord": DiscordStage, "telegram": TelegramStage}
