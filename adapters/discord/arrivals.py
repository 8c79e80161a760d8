"""Everything that happens in the channels, on its way to the inbox."""

import logging
from functools import partial

import discord

from adapters.discord import translate
from adapters.discord.catching_up import NO_HISTORY, CatchingUp, Readable, read_archive
from adapters.discord.files import Downloads
from adapters.discord.lanes import Lanes
from adapters.discord.memory import Memory
from bot.model import Deletion, Gap
from bot.ports import Clock, Inbox

_log = logging.getLogger("raazdar.discord")

_ODD = "Discord sent a message in a form that the bot can't read."


class Arrivals:
    """Each call returns at once; the channel's lane does the rest, after what the bot missed there."""

    def __init__(
        self,
        inbox: Inbox,
        memory: Memory,
        clock: Clock,
        downloads: Downloads,
        lanes: Lanes,
        configured: frozenset[int],
        look_back: int,
    ) -> None:
        self.inbox = inbox
        self.lanes = lanes
        self.own_id = 0
        self.own_application: int | None = None
        self._memory = memory
        self._clock = clock
        self._downloads = downloads
        self._configured = configured
        self._look_back = look_back
        self._is_up_to_date: dict[int, int] = {}
        """By the channel, the server that it is in."""
        self._last_seen: int | None = None

    def new_session(self, shard: int, shards: int) -> None:
        """Discord forgot what it had told this shard: every channel of its has to be caught up with."""
        kept = {
            channel: guild
            for channel, guild in self._is_up_to_date.items()
            if (guild >> 22) % shards != shard
        }
        self._is_up_to_date = kept
        self._last_seen = self._memory.newest_seen()

    def outdated(self, channel: int) -> None:
        """The channel was out of sight for a while."""
        self._is_up_to_date.pop(channel, None)

    def visible(self, channel: Readable, newest: int | None, at_hand: int | None = None) -> None:
        """A channel is there to be read; `newest` is its last message, as far as Discord told.

        `at_hand` is the one that is handed over already, where there is one.
        """
        self._place(channel)
        if channel.id in self._is_up_to_date:
            return
        guild = getattr(channel, "guild", None)
        self._is_up_to_date[channel.id] = guild.id if guild else 0
        seen = self._memory.seen(channel.id)
        start = self._last_seen if seen is None else seen
        if start is None:
            # At the very first start: what was written before the bot came is none of its business.
            self._memory.see(channel.id, newest or 0)
            return
        # Kept at once, so that a crash before the first message lies in the inbox does not skip it.
        self._memory.see(channel.id, start)
        is_official = self.is_official(channel)
        if is_official or (newest or 0) > start:
            job = CatchingUp(
                channel=channel,
                memory=self._memory,
                clock=self._clock,
                inbox=self.inbox,
                post=self._post,
                missed=partial(self._missed, channel, start, newest or 0, at_hand),
                start=start,
                away_since=max(start, self._last_seen or 0),
                look_back=self._look_back if is_official and seen is not None else None,
            )
            self.lanes.put(channel.id, job.run)

    def lost(self, channel: Readable, why: str) -> None:
        """The bot may not read a channel any more; told once for each loss, for the threads in it too."""
        if self.is_official(channel) and not self._memory.is_lost(channel.id):
            self._memory.lose(channel.id)
            if channel.id in self._configured:
                now = self._clock.now()
                before = discord.utils.time_snowflake(now)
                gap = Gap(translate.chat(channel.id), now, str(before), why)
                self.lanes.put(channel.id, partial(self._put, gap))

    def regained(self, channel: Readable, newest: int | None) -> None:
        """The bot may read an official channel, perhaps again."""
        if self._memory.is_lost(channel.id):
            self.outdated(channel.id)
        self.visible(channel, newest)

    def has_archive(self, channel: discord.TextChannel | discord.ForumChannel) -> None:
        """An official channel may have threads that were put away meanwhile."""
        if self._last_seen is not None and channel.id in self._configured:
            since = discord.utils.snowflake_time(self._last_seen)
            self.lanes.put(channel.id, partial(read_archive, channel, since, self._found_archived))

    def is_official(self, channel: Readable) -> bool:
        """Whether the configuration names the channel, or the one that the thread is in."""
        around = channel.parent_id if isinstance(channel, discord.Thread) else None
        return channel.id in self._configured or around in self._configured

    def unreadable(self, channel: int, message: int) -> None:
        """Discord told of a message in a form that nobody understands."""
        if {channel, self._memory.parent(channel)} & self._configured:
            gap = Gap(translate.chat(channel), self._clock.now(), str(message), _ODD, 1)
            self.lanes.put(channel, partial(self._put, gap))

    def changed(self, channel: Readable, message: int) -> None:
        """Discord told that a message changed, and not how: it has to be looked up."""
        if {channel.id, self._memory.parent(channel.id)} & self._configured:
            self.lanes.put(channel.id, partial(self._look_up, channel, message))

    def posted(self, message: discord.Message) -> None:
        self.visible(message.channel, message.id - 1, message.id)
        self.lanes.put(message.channel.id, partial(self._post, message))

    def edited(self, message: discord.Message) -> None:
        self._place(message.channel)
        self.lanes.put(message.channel.id, partial(self._post, message, is_update=True))

    def deleted(self, channel: int, message: int) -> None:
        """What the bot itself removed is no news."""
        if not self._memory.is_removed(message):
            event = translate.deletion(channel, message, self._clock.now())
            self.lanes.put(channel, partial(self._put, event))

    def closed(self, channel: int) -> None:
        """A channel or a thread is gone, and with it all that was written there."""
        for message in self._memory.warned(channel):
            self.deleted(channel, message)

    def joined(self, thread: discord.Thread) -> None:
        self._place(thread)

    async def _post(self, message: discord.Message, *, is_update: bool = False) -> None:
        if message.author.bot or message.webhook_id is not None:
            self._memory.program(message.author.id)
        if not self._is_own(message) and translate.is_readable(message, is_update=is_update):
            await self._find_place(message)
            attachments = await self._downloads.all(translate.files(message))
            await self.inbox.put(translate.message(message, attachments, is_update=is_update))
        if not is_update:
            self._memory.see(message.channel.id, message.id)

    async def _look_up(self, channel: Readable, message: int) -> None:
        try:
            found = await channel.fetch_message(message)
        except (discord.DiscordException, OSError, KeyError, TypeError, ValueError, AttributeError) as error:
            _log.warning("a change in channel %d was not looked up: %s", channel.id, type(error).__name__)
            await self._put(Gap(translate.chat(channel.id), self._clock.now(), str(message), _ODD, 1))
        else:
            await self._post(found, is_update=True)

    def _is_own(self, message: discord.Message) -> bool:
        """Whether the bot wrote it, in its own name or, by a webhook, in somebody else's."""
        if message.author.id == self.own_id:
            return True
        return message.webhook_id is not None and (
            self._memory.is_own_webhook(message.webhook_id)
            or (message.application_id is not None and message.application_id == self.own_application)
        )

    async def _missed(
        self, channel: Readable, start: int, newest: int, at_hand: int | None, why: str
    ) -> None:
        """Something was written in an official channel that the bot can't read: told once for each outage."""
        if self._memory.is_lost(channel.id):
            return
        told_before = self._memory.gap(channel.id)
        if self.is_official(channel) and newest > max(start, told_before):
            await self.inbox.put(
                Gap(translate.chat(channel.id), self._clock.now(), str(at_hand or newest), why)
            )
            self._memory.tell_gap(channel.id, newest)
            if why == NO_HISTORY:
                self._memory.lose(channel.id)

    def _found_archived(self, thread: discord.Thread) -> None:
        self.visible(thread, thread.last_message_id)

    async def _put(self, event: Deletion | Gap) -> None:
        await self.inbox.put(event)

    def _place(self, channel: object) -> None:
        """Keeps which channel a thread is part of: its settings apply."""
        if isinstance(channel, discord.Thread) and self._memory.parent(channel.id) != channel.parent_id:
            self._memory.join(channel.id, channel.parent_id)

    async def _find_place(self, message: discord.Message) -> None:
        """The library doesn't know archived threads; an edit in one must still find its settings."""
        channel = message.channel
        if not isinstance(channel, discord.PartialMessageable) or self._memory.parent(channel.id):
            return
        guild = message.guild
        if guild is None or channel.id in self._configured:
            return
        try:
            self._place(await guild.fetch_channel(channel.id))
        except (discord.DiscordException, OSError):
            return
