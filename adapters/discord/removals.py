"""Takes messages off their channels: those that the product wants gone, and the bot's own passing replies."""

import asyncio
import logging
from contextlib import suppress

import discord

from adapters.discord.memory import Memory
from adapters.discord.refusals import ARCHIVED, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, translated
from bot.ports import Clock, PlatformError, PlatformUnavailable

_GONE = {UNKNOWN_CHANNEL, UNKNOWN_MESSAGE}
_PAUSE = 30.0
_log = logging.getLogger("raazdar.discord")


async def _deleted(client: discord.Client, channel: int, message: int) -> None:
    """In a thread that was put away nothing can be deleted: it is opened, and Discord puts it away again."""
    there = client.get_partial_messageable(channel).get_partial_message(message)
    try:
        try:
            await there.delete()
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
            with translated("open the thread that the message is in", "Manage Threads"):
                await client.http.edit_channel(channel, archived=False)
            await there.delete()
    except discord.NotFound as error:
        if error.code not in _GONE:
            raise


class Removals:
    """What the bot removes is kept in mind, so that Discord's news of it is not taken for its author's."""

    def __init__(self, memory: Memory, clock: Clock) -> None:
        self._memory = memory
        self._clock = clock
        self._news = asyncio.Event()

    async def remove(self, client: discord.Client, channel: int, message: int) -> None:
        self._memory.removing(message)
        try:
            with translated("remove a message", "Manage Messages"):
                await _deleted(client, channel, message)
        except PlatformUnavailable:
            raise  # it may have worked all the same
        except PlatformError:
            self._memory.not_removed(message)
            raise

    async def is_removed(self, client: discord.Client, channel: int, message: int) -> bool:
        with translated("look whether a message is gone", "Read Message History"):
            try:
                await client.get_partial_messageable(channel).get_partial_message(message).fetch()
            except discord.NotFound as error:
                if error.code in _GONE:
                    return True
                raise
        return False

    def hurry(self) -> None:
        """There is something new that will have to go."""
        self._news.set()

    async def run(self, client: discord.Client) -> None:
        """Removes passing replies when their time is over, those of before a restart too."""
        while True:
            self._news.clear()
            now = self._clock.now().timestamp()
            for reply in self._memory.replies():
                if reply.due <= now and await self._is_gone(client, reply.channel, reply.message):
                    self._memory.gone(reply.message)
            waits = [reply.due - now for reply in self._memory.replies()]
            pause = None if not waits else waits[0] if waits[0] > 0 else _PAUSE
            # Not wait_for, which on Python 3.11 swallows being cancelled when news come at the same moment.
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._news.wait()

    async def _is_gone(self, client: discord.Client, channel: int, message: int) -> bool:
        """What the bot may not delete it will not be able to delete later."""
        try:
            await self.remove(client, channel, message)
        except PlatformUnavailable:
            return False
        except PlatformError as error:
            _log.warning("a reply of the bot stays in channel %d: %s", channel, error)
        return True
