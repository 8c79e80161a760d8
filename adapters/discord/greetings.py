"""Tells that the bot was added to a server: of each of its official channels, or else of its general one."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

import discord

from adapters.discord import translate
from adapters.discord.lanes import Lanes
from adapters.discord.memory import Memory
from adapters.discord.sight import permissions
from bot.model import Joined
from bot.ports import Clock, Inbox

_RECENT = timedelta(hours=24)
"""How long ago the bot may have been added while it was not running."""

_Place = discord.abc.GuildChannel | discord.Thread


class Greetings:
    """Once for each time that it was added; what the memory keeps is when that was.

    Where nothing could be said, it is tried again when the bot's permissions change or it starts anew.
    """

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
        """The bot is in a server. `is_new` says that it was added just now, whatever Discord says of when."""
        now = self._clock.now()
        joined = now if is_new else guild.me.joined_at if guild.me else None
        if joined is not None and now - joined < _RECENT:
            self._lanes.put(guild.id, partial(self._tell, guild, joined))

    async def _tell(self, guild: discord.Guild, joined: datetime) -> None:
        for channel, key in self._places(guild):
            if not self._memory.is_greeted(key, joined.timestamp()):
                await self._inbox.put(Joined(translate.chat(channel.id), channel.name, joined))
                self._memory.greet(key, joined.timestamp())

    def _places(self, guild: discord.Guild) -> Iterable[tuple[_Place, int]]:
        """Where something can be said, and by what it is remembered that it was."""
        known = [guild.get_channel_or_thread(id_) for id_ in sorted(self._configured)]
        official = [(channel, channel.id) for channel in known if channel is not None and _may_write(channel)]
        if official or any(guild.get_channel_or_thread(id_) for id_ in self._moderating):
            return official  # where moderators meet nobody is watched
        general = [channel for channel in (guild.system_channel, *guild.text_channels) if channel is not None]
        return [(channel, guild.id) for channel in general if _may_write(channel)][:1]


def _may_write(channel: discord.abc.GuildChannel | discord.Thread) -> bool:
    if channel.guild.me is None:
        return True  # Discord will say
    allowed = permissions(channel)
    is_thread = isinstance(channel, discord.Thread)
    return allowed.view_channel and (allowed.send_messages_in_threads if is_thread else allowed.send_messages)
