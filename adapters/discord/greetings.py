"""Tells that the bot was added to a server: of each of its official channels, or else of its general one."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import discord

from adapters.discord import translate
from adapters.discord.lanes import Lanes
from adapters.discord.memory import Memory
from bot.model import Joined
from bot.ports import Clock, Inbox

_RECENT = timedelta(hours=24)
"""How long ago the bot may have been added while it was not running."""


class Greetings:
    """Once for each time that it was added; what the memory keeps is when that was."""

    def __init__(
        self,
        inbox: Inbox,
        memory: Memory,
        clock: Clock,
        lanes: Lanes,
        configured: frozenset[int],
        moderating: frozenset[int],
    ) -> None:
        self._inbox = inbox
        self._memory = memory
        self._clock = clock
        self._lanes = lanes
        self._configured = configured
        self._moderating = moderating

    def present(self, guild: discord.Guild, *, is_new: bool = False) -> None:
        """The bot is in a server. `is_new` says that Discord just told of it for the first time."""
        now = self._clock.now()
        joined = guild.me.joined_at if guild.me else None
        if joined is None:
            if not is_new:
                return
            joined = now
        if now - joined < _RECENT and not self._memory.is_greeted(guild.id, joined.timestamp()):
            self._lanes.put(guild.id, lambda: self._tell(guild, joined))

    async def _tell(self, guild: discord.Guild, joined: datetime) -> None:
        if self._memory.is_greeted(guild.id, joined.timestamp()):
            return
        for channel in self._places(guild):
            await self._inbox.put(Joined(translate.chat(channel.id), channel.name, joined))
        self._memory.greet(guild.id, joined.timestamp())

    def _places(self, guild: discord.Guild) -> Iterable[discord.abc.GuildChannel | discord.Thread]:
        known = [guild.get_channel_or_thread(id_) for id_ in sorted(self._configured)]
        official = [channel for channel in known if channel is not None and _may_write(channel)]
        if official or any(guild.get_channel_or_thread(id_) for id_ in self._moderating):
            return official  # where moderators meet nobody is watched
        general = guild.system_channel
        return [general] if general is not None and _may_write(general) else []


def _may_write(channel: discord.abc.GuildChannel | discord.Thread) -> bool:
    if channel.guild.me is None:
        return True  # Discord will say
    try:
        allowed = channel.permissions_for(channel.guild.me)
    except discord.ClientException:  # a thread whose channel is hidden
        return False
    is_thread = isinstance(channel, discord.Thread)
    return allowed.view_channel and (allowed.send_messages_in_threads if is_thread else allowed.send_messages)
