"""The adapter with the real client library, against Discord on loopback."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.discord import Settings, adapter
from adapters.discord.platform import DiscordPlatform
from bot.model import (
    Audience,
    Card,
    Chat,
    ChatRef,
    Choice,
    Event,
    MessageRef,
    Mode,
    Moderators,
    Notice,
    Person,
    Severity,
)
from bot.ports import Inbox, Surroundings
from tests.adapters.fake_inbox import FakeInbox
from tests.fakes.desk import FakeDesk
from tests.fakes.words import FakeWords
from tests.platforms.discord import world as discord_world
from tests.platforms.discord.server import Discord
from tests.platforms.discord.world import Payload, World

PATIENCE = 8.0
CHOICES = (
    (Choice.REMOVE, "Remove the message"),
    (Choice.AUTHORISED, "I am authorised"),
    (Choice.DISPUTE, "This is wrong"),
)


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Play:
    """One server, a person in it, and the adapter's folder, which outlives each platform made over it."""

    server: Discord
    data: Path
    chats: tuple[str, ...] = ()
    moderators: str = ""
    desk: FakeDesk = field(default_factory=FakeDesk)
    ali: discord_world.Person = field(init=False)

    def __post_init__(self) -> None:
        self.ali = self.world.person("ali", "Ali Raza", nick="Ali (Budget)")

    @property
    def world(self) -> World:
        return self.server.world

    def settings(self, **changed: Any) -> Settings:
        own: dict[str, Any] = {
            "token": self.world.token,
            "api_base": self.server.api_base,
            "gateway_url": self.server.gateway_url,
            "cdn_base": self.server.cdn_base,
            "max_attachment_mb": 1,
        }
        return Settings(**(own | changed))

    def platform(self, **changed: Any) -> DiscordPlatform:
        led = Moderators(ChatRef("discord", self.moderators)) if self.moderators else None
        chats = tuple(
            Chat(ChatRef("discord", id_), "A chat", Mode.ENFORCE, Audience(), led)
            for id_ in (self.chats or (self.world.general,))
        )
        surroundings = Surroundings(WallClock(), chats, FakeWords(), "en", self.data)
        built = adapter.build(self.settings(**changed), surroundings)
        assert isinstance(built, DiscordPlatform)
        return built

    @asynccontextmanager
    async def running(
        self, inbox: Inbox | None = None, platform: DiscordPlatform | None = None
    ) -> AsyncIterator[DiscordPlatform]:
        """A platform that listens, until the block ends. What breaks it breaks the test."""
        platform = platform or self.platform()
        before = self.server.gateway.identified
        task = asyncio.create_task(platform.run(inbox or FakeInbox(), self.desk))
        connected = asyncio.create_task(self.server.gateway.wait(identified=before + 1))
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.wait({task, connected}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
            yield platform
        finally:
            connected.cancel()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def notice(self, message: Payload, key: str = "k1", **changed: Any) -> Notice:
        own: dict[str, Any] = {
            "key": key,
            "ref": ref(message),
            "author": Person(message["author"]["id"], "Ali"),
            "title": "Please look at this message again",
            "body": "A label was seen.",
            "provision": "Provision: rule 1",
            "choices": CHOICES,
        }
        return Notice(**(own | changed))

    def notices(self) -> Sequence[Payload]:
        """What the bot has told Ali in direct messages that are still there."""
        return self.world.sent_to(self.world.dm(self.ali))


def ref(message: Payload) -> MessageRef:
    return MessageRef("discord", message["channel_id"], message["id"])


def card(channel: str, key: str = "c1", **changed: Any) -> Card:
    own: dict[str, Any] = {
        "key": key,
        "moderators": ChatRef("discord", channel),
        "case": 7,
        "ref": None,
        "revision": 1,
        "severity": Severity.HIGH,
        "title": "Case 7: Budget",
        "body": "Ali: a label.",
        "link": "http://127.0.0.1:8710/cases/7",
    }
    return Card(**(own | changed))


async def has(inbox: FakeInbox, count: int) -> list[Event]:
    async with asyncio.timeout(PATIENCE):
        return list(await inbox.has(count))


async def until(condition: Any) -> None:
    """Waits for something that nobody announces, such as a row in a database."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0.01)


def button(message: Payload, number: int = 0) -> str:
    return str(message["components"][0]["components"][number]["custom_id"])


async def response(pressed: Payload) -> dict[str, Any]:
    """How the bot answered an interaction first."""
    await until(lambda: pressed["response"] is not None)
    found = pressed["response"]
    assert isinstance(found, dict)
    return found
