"""The real adapter, with the real library, against the server on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.telegram import Settings, adapter
from adapters.telegram.platform import TelegramPlatform
from bot.model import (
    Audience,
    Card,
    CardChoice,
    Chat,
    ChatRef,
    Choice,
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
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import BOT, TOKEN, Json, Room, user

GROUP, SUPER, CHANNEL, MODERATORS = -4001, -1001111111111, -1002222222222, -1003333333333
ALI = user(501, "Ali", last="Raza")
SANA = user(502, "Sana")
CHOICES = (
    (Choice.REMOVE, "Remove the message"),
    (Choice.AUTHORISED, "I am authorised"),
    (Choice.DISPUTE, "This is wrong"),
)


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def chats() -> tuple[Chat, ...]:
    moderators = Moderators(ChatRef("telegram", str(MODERATORS)))
    return tuple(
        Chat(ChatRef("telegram", str(id_)), str(id_), Mode.ENFORCE, Audience(), moderators)
        for id_ in (GROUP, SUPER, CHANNEL)
    )


def make_platform(server: Telegram, data: Path, **more: Any) -> TelegramPlatform:
    own = {"token": TOKEN, "base_url": server.base, "base_file_url": server.base_file}
    own |= {"album_seconds": 0.2, "gap_seconds": 0}
    settings = Settings(**(own | more))
    surroundings = Surroundings(WallClock(), chats(), FakeWords(), "en", data)
    platform = adapter.build(settings, surroundings)
    assert isinstance(platform, TelegramPlatform)
    return platform


@asynccontextmanager
async def running(
    platform: TelegramPlatform, inbox: Inbox, desk: FakeDesk | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(platform.run(inbox, desk or FakeDesk()))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def heard(inbox: FakeInbox, count: int) -> list[Any]:
    async with asyncio.timeout(5):
        return list(await inbox.has(count))


def ref(chat: int, message: dict[str, Any]) -> MessageRef:
    return MessageRef("telegram", str(chat), str(message["message_id"]))


def notice(target: MessageRef, key: str = "k1", *, author: str = "501", ending: bool = False) -> Notice:
    title = "It is over" if ending else "Please look <again>"
    choices = () if ending else CHOICES
    return Notice(key, target, Person(author, "Ali"), title, "A label & more.", "Provision: 1", choices)


def card(key: str = "c1", case: int = 7, revision: int = 1, **more: Any) -> Card:
    plain = {
        "moderators": ChatRef("telegram", str(MODERATORS)),
        "ref": MessageRef("telegram", str(SUPER), "57"),
        "severity": Severity.HIGH,
        "title": f"Case {case}: Budget & more",
        "body": "Ali: a <label>.",
        "link": f"http://127.0.0.1:8710/cases/{case}",
        "choices": ((CardChoice.ACKNOWLEDGE, "I take it"), (CardChoice.LEAK, "Leak")),
    }
    return Card(key=key, case=case, revision=revision, **plain | more)


def from_bot(room: Room) -> list[Json]:
    """What the bot has posted in a chat, as it stands."""
    return [one for one in room.messages.values() if one.get("from", {}).get("id") == BOT["id"]]


def said(room: Room) -> list[str]:
    return [one["text"] for one in from_bot(room)]
