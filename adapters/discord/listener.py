"""The connection to Discord's gateway: its events, handed on."""

import logging
import sys
from collections.abc import Iterable

import discord
import yarl

from adapters.discord.arrivals import Arrivals
from adapters.discord.greetings import Greetings
from adapters.discord.interactions import Interactions
from adapters.discord.odd_events import guard
from adapters.discord.sight import Channel, is_readable, is_seen, lacking, why_lost

_log = logging.getLogger("raazdar.discord")


def intents() -> discord.Intents:
    """The servers, what is written in them, and the text of it. Direct messages are nobody's business."""
    return discord.Intents(guilds=True, guild_messages=True, message_content=True)


class Listener(discord.Client):
    """One shard's connection. The library's sharded client is not used: it never resumes after the network
    was away, and resuming is what brings edits and deletions back that a history doesn't show.
    """

    def __init__(
        self,
        arrivals: Arrivals,
        greetings: Greetings,
        interactions: Interactions,
        gateway: str,
        shard: int,
        shards: int,
    ) -> None:
        super().__init__(
            shard_id=shard,
            shard_count=shards,
            intents=intents(),
            max_messages=None,  # raw events carry all that is needed; no chat text is kept in memory
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=30.0,
            # Servers that come later than this are caught up with when they come.
            guild_ready_timeout=0.5,
        )
        self._arrivals = arrivals
        self._greetings = greetings
        self._interactions = interactions
        self._own_gateway = gateway
        self._listed = set[int]()
        """The servers that the bot is known to be in: Discord names some of them later, and again."""

        guard(self, arrivals.unreadable, self._partly_told)

    async def on_connect(self) -> None:
        if self.user is not None:
            self._arrivals.own_id = self.user.id
        self._arrivals.own_application = self.application_id
        if self._own_gateway:
            # Discord names another address for resuming, which a proxy must not be passed by for.
            self.ws.gateway = yarl.URL(self._own_gateway)
        self._arrivals.new_session(self.shard_id or 0, self.shard_count or 1)
        self._listed |= {guild.id for guild in self.guilds}
        _log.info("connected to Discord")

    async def on_resumed(self) -> None:
        _log.info("resumed the connection to Discord")

    async def on_disconnect(self) -> None:
        _log.info("lost the connection to Discord")

    async def on_ready(self) -> None:
        _log.info("listening in %d servers", len(self.guilds))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        self._present(guild)
        self._greetings.present(guild)

    def _present(self, guild: discord.Guild) -> None:
        for channel in channels(guild):
            if self._arrivals.is_official(channel) or is_readable(channel):
                self._arrivals.visible(channel, channel.last_message_id)
        having_threads: list[discord.TextChannel | discord.ForumChannel] = [
            *guild.text_channels,
            *guild.forums,
        ]
        for around in having_threads:
            self._arrivals.has_archive(around)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        is_new = guild.id not in self._listed
        self._listed.add(guild.id)
        self._present(guild)
        self._greetings.present(guild, is_new=is_new)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self._listed.discard(guild.id)

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        for channel in [*guild.channels, *guild.threads]:
            self._arrivals.outdated(channel.id)

    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        if not is_seen(before):
            self._arrivals.outdated(before.id)
        self._look_again(after.guild)

    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        self._look_again(after.guild)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        self._look_again(role.guild)

    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        if after.id == self._arrivals.own_id:
            self._look_again(after.guild)

    def _look_again(self, guild: discord.Guild) -> None:
        """A channel that the bot could not read for a while has things to catch up with, once it can."""
        if guild.me is None:
            return
        for channel in channels(guild):
            lacks = lacking(channel)
            if not is_seen(channel):
                self._arrivals.outdated(channel.id)
            if lacks:
                self._arrivals.lost(channel, why_lost(lacks))
            elif self._arrivals.is_official(channel):
                self._arrivals.regained(channel, channel.last_message_id)
        self._greetings.present(guild)

    async def on_thread_create(self, thread: discord.Thread) -> None:
        self._arrivals.joined(thread)

    async def on_thread_join(self, thread: discord.Thread) -> None:
        self._arrivals.joined(thread)

    async def on_message(self, message: discord.Message) -> None:
        if not is_private(message.channel):
            self._arrivals.posted(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        if not is_private(payload.message.channel):
            self._arrivals.edited(payload.message)

    def _partly_told(self, channel: int, message: int) -> None:
        """Discord told of a change without the whole message."""
        known = self.get_channel(channel)
        place = known if isinstance(known, Channel) else self.get_partial_messageable(channel)
        self._arrivals.changed(place, message)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        if payload.guild_id is not None:
            self._arrivals.deleted(payload.channel_id, payload.message_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        for message in sorted(payload.message_ids):
            self._arrivals.deleted(payload.channel_id, message)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self._arrivals.closed(channel.id)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        self._arrivals.closed(payload.thread_id)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        await self._interactions.happened(interaction)

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """The library would write a traceback, in which a text may stand."""
        kind = sys.exc_info()[0]
        _log.error("dealing with %s failed with %s", event_method, kind.__name__ if kind else "nothing")


def is_private(channel: object) -> bool:
    """Not asked for by the intents either; what somebody writes to the bot is between the two."""
    return isinstance(channel, discord.DMChannel | discord.GroupChannel)


def channels(guild: discord.Guild) -> Iterable[Channel]:
    """The channels and threads of a server that have messages."""
    return [*guild.text_channels, *guild.voice_channels, *guild.stage_channels, *guild.threads]
