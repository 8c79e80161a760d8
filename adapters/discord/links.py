"""Links to messages, and the numbers in the links that people give. The pattern is pure."""

import re
from collections.abc import Callable

import discord

from adapters.discord.translate import PLATFORM
from bot.model import MessageRef

_LINK = re.compile(
    r"https?://(?:\w+\.)?discord(?:app)?\.com/channels/(?:\d{1,20}|@me)/(?P<channel>\d{1,20})/(?P<message>\d{1,20})"
)
_ID = re.compile(r"(?:(?P<channel>\d{15,20})-)?(?P<message>\d{15,20})")


def message_link(client: discord.Client, ref: MessageRef, around: Callable[[int], int | None]) -> str:
    """Leads to a message of Discord's, where its server is known.

    `around` says which channel a thread is in: the library does not know those that were put away.
    """
    if ref.platform != PLATFORM or not ref.chat.isdecimal():
        return ""
    channel = client.get_channel(int(ref.chat)) or client.get_channel(around(int(ref.chat)) or 0)
    guild = getattr(channel, "guild", None)
    return f"https://discord.com/channels/{guild.id}/{ref.chat}/{ref.id}" if guild else ""


def pointed(words: str, here: int) -> tuple[tuple[int, int] | None, str]:
    """The channel and the message that somebody named by a link or by number, and what he said besides.

    A bare number is a message of the channel `here`.
    """
    found = _LINK.search(words) or _ID.search(words)
    if found is None:
        return None, words.strip()
    rest = " ".join(f"{words[: found.start()]} {words[found.end() :]}".split())
    return (int(found["channel"] or here), int(found["message"])), rest
