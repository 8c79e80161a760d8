"""Discord as a `Platform`, with threads."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack

import aiohttp
import discord

from adapters.discord import Settings, shards
from adapters.discord.announcing import Announcing
from adapters.discord.arrivals import Arrivals
from adapters.discord.asking import Asking
from adapters.discord.cards import Cards
from adapters.discord.examining import Examination
from adapters.discord.files import Downloads
from adapters.discord.greetings import Greetings
from adapters.discord.interactions import Interactions
from adapters.discord.lanes import Lanes
from adapters.discord.listener import Listener
from adapters.discord.memory import Memory
from adapters.discord.notices import Notices
from adapters.discord.presses import Presses
from adapters.discord.refusals import translated
from adapters.discord.registering import Registering
from adapters.discord.removals import Removals
from adapters.discord.replying import Replying
from adapters.discord.reposting import Reposting
from adapters.discord.together import first_of
from adapters.discord.translate import PLATFORM, chat, snowflake
from adapters.discord.webhooks import Webhooks
from bot.model import Announcement, Card, ChatRef, Check, MessageRef, Notice, Posting
from bot.ports import Desk, Inbox, PlatformError, PlatformUnavailable, Surroundings

_LOGIN_PATIENCE = 10.0
"""Seconds for which an action waits while the bot is just logging in."""

_log = logging.getLogger("raazdar.discord")


class DiscordPlatform:
    """Satisfies `Platform`, `Threaded` and `Examinable`."""

    name = PLATFORM

    def __init__(self, settings: Settings, surroundings: Surroundings, memory: Memory) -> None:
        self.memory = memory
        self._settings = settings
        self._surroundings = surroundings
        self._clock = surroundings.clock
        self._configured = _ids(one.ref for one in surroundings.chats)
        led = [one.moderators for one in surroundings.chats if one.moderators]
        self._moderating = _ids(level.chat for moderators in led for level in moderators.chain)
        words = surroundings.words
        self._removals = Removals(memory, surroundings.clock)
        self._notices = Notices(memory, surroundings.clock, self._removals, words, settings.reply_seconds)
        self._cards = Cards(memory, words)
        self._reposting = Reposting(memory, Webhooks(memory))
        self._announcing = Announcing(memory)
        self._registering = Registering(memory, words, surroundings.language)
        self._client: asyncio.Future[discord.Client] | None = None

    async def run(self, inbox: Inbox, desk: Desk) -> None:
        """Hands over everything that happens, until cancelled; first what happened while nobody ran.

        Raises PlatformRefused where only a person can help, such as with a wrong token.
        """
        self._prepare()
        self._client = asyncio.get_running_loop().create_future()
        try:
            async with aiohttp.ClientSession(auto_decompress=True) as session:
                await self._listen(inbox, desk, session)
        except PlatformError as error:
            _log.error("%s", error)
            raise
        finally:
            self._client.cancel()
            self._client = None

    async def warn(self, notice: Notice) -> bool:
        """Tells the author in a direct message, or behind a button in the chat that only he can open."""
        return await self._notices.warn(await self._logged_in(), notice)

    async def remove(self, ref: MessageRef) -> None:
        """Deletes a message; it does no harm where it is gone."""
        client = await self._logged_in()
        await self._removals.remove(client, snowflake(ref.chat), snowflake(ref.id))

    async def is_removed(self, ref: MessageRef) -> bool:
        """Looks whether a message, or the whole channel, is gone."""
        client = await self._logged_in()
        return await self._removals.is_removed(client, snowflake(ref.chat), snowflake(ref.id))

    async def escalate(self, card: Card) -> None:
        """Shows a case's card, or brings it up to date in place."""
        await self._cards.show(await self._logged_in(), card)

    async def repost(self, posting: Posting) -> None:
        """Posts by a webhook that bears the author's name; where there is none, the bot itself names him."""
        await self._reposting.repost(await self._logged_in(), posting)

    async def announce(self, announcement: Announcement) -> None:
        """Says something to a whole channel."""
        await self._announcing.announce(await self._logged_in(), announcement)

    async def examine(self) -> Sequence[Check]:
        """Looks at the token, the intent, and the permissions in each channel, without the gateway."""
        self._prepare()
        return await Examination(self._settings.token, self._surroundings).checks()

    def parent(self, chat_ref: ChatRef) -> ChatRef | None:
        """The channel that a thread is in."""
        found = self.memory.parent(int(chat_ref.id)) if chat_ref.id.isdecimal() else None
        return None if found is None else chat(found)

    async def _listen(self, inbox: Inbox, desk: Desk, session: aiohttp.ClientSession) -> None:
        settings, lanes = self._settings, Lanes()
        downloads = Downloads(
            session, settings.cdn_base, settings.max_attachment_mb, settings.download_seconds
        )
        arrivals = Arrivals(
            inbox, self.memory, self._clock, downloads, lanes, self._configured, settings.look_back
        )
        words, language = self._surroundings.words, self._surroundings.language
        interactions = Interactions(
            Presses(inbox, self.memory, self._removals, lanes, words, language),
            Asking(desk, downloads, Replying(self.memory, words, language), words),
            arrivals.joined,
        )
        greetings = Greetings(inbox, self.memory, self._clock, lanes, self._configured, self._moderating)
        count = await shards.find(settings)
        try:
            async with AsyncExitStack() as stack:
                listeners = [
                    Listener(arrivals, greetings, interactions, settings.gateway_url, number, count)
                    for number in range(count)
                ]
                for listener in listeners:
                    await stack.enter_async_context(listener)
                    with translated("log in"):
                        await listener.login(settings.token)
                first = listeners[0]
                assert self._client is not None  # noqa: S101 - `run` made it
                self._client.set_result(first)
                await first_of(
                    shards.connected(listeners),
                    lanes.broken,
                    self._removals.run(first),
                    self._registering.run(first),
                )
        finally:
            await lanes.close()

    def _prepare(self) -> None:
        """The library has its addresses in one place for the whole process."""
        _silence()
        discord.http.Route.BASE = self._settings.api_base.rstrip("/")

    async def _logged_in(self) -> discord.Client:
        """The client, once Discord has let it in."""
        if self._client is None:
            raise PlatformUnavailable("The bot is not connected to Discord.", retry_after=2.0)
        done, _ = await asyncio.wait({self._client}, timeout=_LOGIN_PATIENCE)
        if not done or self._client is None or self._client.cancelled():
            raise PlatformUnavailable("The bot could not log in at Discord yet.", retry_after=2.0)
        return self._client.result()


def _ids(chats: Iterable[ChatRef | None]) -> frozenset[int]:
    """Discord's among the chats. Raises PlatformRefused for one whose id can't be one."""
    return frozenset(snowflake(ref.id) for ref in chats if ref and ref.platform == PLATFORM)


def _silence() -> None:
    """The library writes addresses with tokens and, at its lowest level, whole messages."""
    log = logging.getLogger("discord")
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())
