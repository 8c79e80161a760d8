"""Keeps Discord's list of the bot's commands in step with ours."""

import asyncio
import logging

import discord

from adapters.discord import command_list
from adapters.discord.memory import Memory
from adapters.discord.refusals import translated
from bot.ports import PlatformError, PlatformUnavailable, Words

_FIRST_PAUSE = 30.0
_LONGEST_PAUSE = 3600.0
_log = logging.getLogger("raazdar.discord")


class Registering:
    """Discord allows few changes of the list in a day, so it is changed only where it differs."""

    def __init__(self, memory: Memory, words: Words, language: str) -> None:
        self._memory = memory
        self._wanted = command_list.commands(words, language)

    async def run(self, client: discord.Client) -> None:
        """Until it worked, and then for ever: nothing else depends on it."""
        pause = _FIRST_PAUSE
        while True:
            try:
                await self.register(client)
                break
            except PlatformError as error:
                _log.warning("the commands are not registered yet: %s", error)
                asked = error.retry_after if isinstance(error, PlatformUnavailable) else None
            await asyncio.sleep(asked or pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        await asyncio.Event().wait()

    async def register(self, client: discord.Client) -> None:
        application = client.application_id
        if application is None:
            raise PlatformUnavailable("Discord has not said which application the bot belongs to.")
        with translated("register the commands"):
            there = await client.http.get_global_commands(application)
            if self._is_registered(application, there):
                return
            payload = [dict(one) for one in self._wanted]
            await client.http.bulk_upsert_global_commands(application, payload)
        self._memory.register(application, command_list.mark(self._wanted))
        _log.info("registered %d commands", len(self._wanted))

    def _is_registered(self, application: int, there: object) -> bool:
        """Where Discord words a command otherwise than we do, what it was given last decides."""
        listed = there if isinstance(there, list) else []
        if command_list.are_same(self._wanted, listed):
            return True
        is_given = self._memory.registered(application) == command_list.mark(self._wanted)
        return is_given and command_list.have_same_names(self._wanted, listed)
