"""Reads what was written, edited and deleted in a channel while the bot was away."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord

from adapters.discord import translate
from adapters.discord.memory import Memory
from adapters.discord.refusals import UNKNOWN_MESSAGE, translated
from bot.ports import Clock, Inbox, PlatformRefused, PlatformUnavailable

Readable = (
    discord.TextChannel
    | discord.VoiceChannel
    | discord.StageChannel
    | discord.Thread
    | discord.DMChannel
    | discord.GroupChannel
    | discord.PartialMessageable
)

_PAGE = 100
_LONGEST_PAUSE = 60.0
_MOST_EARLIER = 50
"""How many messages further back are looked at one by one, the newest first."""

_LATE = timedelta(minutes=5)
"""Edits so long before the last thing that the bot saw may have passed it by."""

NO_HISTORY = (
    "The bot can't read what was written meanwhile. Give its role the permissions View Channel and"
    " Read Message History in the settings of the channel."
)

_log = logging.getLogger("raazdar.discord")


@dataclass(frozen=True, slots=True)
class CatchingUp:
    """One channel's. `start` is the last message of it that the bot saw, or could have seen.

    `away_since` is the last message of all channels that it saw; what was edited later is looked at.
    """

    channel: Readable
    memory: Memory
    clock: Clock
    inbox: Inbox
    post: Callable[..., Awaitable[None]]
    missed: Callable[[str], Awaitable[None]]
    start: int
    away_since: int
    look_back: int | None
    """None where nothing that the bot knew of is looked at again."""

    async def run(self) -> None:
        """Until all is read: nothing later of this channel may be handed over before.

        `missed` is told why, where Discord refuses for good.
        """
        if not _may_read(self.channel):
            # Discord would answer as if nothing had been written.
            await self.missed(NO_HISTORY)
            return
        refused = await _persistently(self.channel.id, self._read)
        if refused is not None:
            await self.missed(str(refused))
        elif _may_read(self.channel):
            # Where it lost sight again meanwhile, whoever regains it has to read on from here.
            self.memory.regain(self.channel.id)

    async def _read(self) -> None:
        await self._read_new()
        if self.look_back is not None:
            await self._read_changes()

    async def _read_new(self) -> None:
        after = max(self.start, self.memory.seen(self.channel.id) or 0)
        while True:
            with translated("read what was written meanwhile", "Read Message History"), _understood():
                page = [
                    message
                    async for message in self.channel.history(
                        limit=_PAGE, after=discord.Object(after), oldest_first=True
                    )
                ]
            for message in page:
                await self.post(message)
                after = message.id
            if len(page) < _PAGE:
                return

    async def _read_changes(self) -> None:
        """Among the last messages that the bot knew: which were edited, and which it warned of are gone."""
        with translated("read what was edited meanwhile", "Read Message History"), _understood():
            page = [
                message
                async for message in self.channel.history(
                    limit=self.look_back, before=discord.Object(self.start + 1), oldest_first=False
                )
            ]
        for message in reversed(page):
            if self._is_edited(message):
                await self.post(message, is_update=True)
        there = {message.id for message in page}
        oldest = min(there, default=self.start + 1) if len(page) == self.look_back else 0
        earlier = 0
        for warned in sorted(self.memory.warned(self.channel.id), reverse=True):
            if warned > self.start or warned in there or self.memory.is_removed(warned):
                continue
            if warned < oldest:
                earlier += 1
                if earlier > _MOST_EARLIER:
                    return
                if await self._stands(warned):
                    continue
            await self.inbox.put(translate.deletion(self.channel.id, warned, self.clock.now()))

    async def _stands(self, message: int) -> bool:
        """Whether a message further back is still there; where it was edited meanwhile, that is told."""
        with translated("look whether a message is gone", "Read Message History"), _understood():
            try:
                found = await self.channel.fetch_message(message)
            except discord.NotFound as error:
                if error.code == UNKNOWN_MESSAGE:
                    return False
                raise
        if self._is_edited(found):
            await self.post(found, is_update=True)
        return True

    def _is_edited(self, message: discord.Message) -> bool:
        return message.edited_at is not None and message.edited_at > self._edited_since()

    def _edited_since(self) -> datetime:
        return discord.utils.snowflake_time(self.away_since) - _LATE


async def read_archive(
    channel: discord.TextChannel | discord.ForumChannel,
    since: datetime,
    found: Callable[[discord.Thread], None],
) -> None:
    """Finds the threads that were put away while the bot was: Discord names only the open ones by itself."""

    async def read() -> None:
        with translated("look through the archived threads", "Read Message History"):
            async for thread in channel.archived_threads(limit=None):
                if thread.archive_timestamp < since:
                    return
                found(thread)

    await _persistently(channel.id, read)


async def _persistently(channel: int, read: Callable[[], Awaitable[None]]) -> PlatformRefused | None:
    """Tries until it works, or Discord refuses: returns how."""
    pause = 1.0
    while True:
        try:
            await read()
        except PlatformRefused as error:
            _log.warning("channel %d was not caught up with: %s", channel, error)
            return error
        except PlatformUnavailable as error:
            _log.warning("channel %d is caught up with later: %s", channel, error)
            await asyncio.sleep(error.retry_after or pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return None


@contextmanager
def _understood() -> Iterator[None]:
    """One message in a form that the library does not know must not stop the channel for ever."""
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise PlatformRefused(
            f"What was written meanwhile came in a form that the bot can't read ({type(error).__name__})."
        ) from None


def _may_read(channel: Readable) -> bool:
    """By what the bot knows of its permissions; what it does not know, Discord will say."""
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.me is None:
        return True
    try:
        allowed = channel.permissions_for(channel.guild.me)
    except discord.ClientException:  # a thread whose channel is hidden
        return True
    return allowed.view_channel and allowed.read_message_history
