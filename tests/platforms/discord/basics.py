"""The numbers and the small things that all of Discord on loopback speaks of."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

EPOCH = 1_420_070_400_000
TEXT, VOICE, ANNOUNCEMENT, PUBLIC_THREAD, FORUM, DM = 0, 2, 5, 11, 15, 1

VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
READ_MESSAGE_HISTORY = 1 << 16
SEND_IN_THREADS = 1 << 38
EMBED_LINKS = 1 << 14
MANAGE_WEBHOOKS = 1 << 29
EVERYBODY_HERE = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY | SEND_IN_THREADS | EMBED_LINKS
EVERYTHING_HERE = EVERYBODY_HERE | MANAGE_MESSAGES | MANAGE_WEBHOOKS

GUILDS = 1 << 0
GUILD_MESSAGES = 1 << 9
DIRECT_MESSAGES = 1 << 12
MESSAGE_CONTENT = 1 << 15

Payload = dict[str, Any]
Listener = Callable[[str, Payload, int], None]


def stamp(at: datetime | None = None) -> str:
    """A time as Discord writes it: with microseconds and an offset."""
    return (at or datetime.now(UTC)).isoformat(timespec="microseconds")


class Snowflakes:
    """Ids that rise, with the time in them."""

    def __init__(self) -> None:
        self._number = count()
        self._last = 0

    def next(self) -> str:
        made = (int(time.time() * 1000) - EPOCH) << 22 | (next(self._number) % 4096)
        self._last = max(made, self._last + 1)
        return str(self._last)


@dataclass
class Person:
    """`takes_messages` is False for one who has switched off direct messages from members of the server."""

    id: str
    username: str
    name: str
    nick: str | None = None
    bot: bool = False
    takes_messages: bool = True

    def user(self) -> Payload:
        return {
            "id": self.id,
            "username": self.username,
            "discriminator": "0",
            "global_name": self.name,
            "avatar": None,
            "avatar_decoration_data": None,
            "banner": None,
            "accent_color": None,
            "collectibles": None,
            "primary_guild": None,
            "public_flags": 0,
            "flags": 0,
            **({"bot": True} if self.bot else {}),
        }

    def member(self, roles: Sequence[str] = ()) -> Payload:
        return {
            "avatar": None,
            "banner": None,
            "communication_disabled_until": None,
            "deaf": False,
            "flags": 0,
            "joined_at": "2025-01-01T09:00:00.000000+00:00",
            "mute": False,
            "nick": self.nick,
            "pending": False,
            "premium_since": None,
            "roles": list(roles),
        }
