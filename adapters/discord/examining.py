"""Looks whether everything is set up on Discord as the bot needs it: over REST only, without a trace."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import aiohttp
import discord

from adapters.discord.refusals import INTENT, translated
from adapters.discord.rights import Rights, of_chat, of_moderators, seen_by_all
from adapters.discord.translate import PLATFORM, snowflake
from bot.model import Chat, ChatRef, Check, CheckState
from bot.ports import PlatformError, Surroundings

_PATIENCE = 60.0
_MOST_SKEW = timedelta(seconds=30)
_FEW_SESSIONS = 50
_NETWORK = "Look whether this machine reaches the internet, and whether api_base is right."


class Examination:
    """One look. Whatever goes wrong becomes a check, too."""

    def __init__(self, token: str, surroundings: Surroundings) -> None:
        self._token = token
        self._surroundings = surroundings
        self._skew: timedelta | None = None
        self._guilds: dict[int, discord.Guild] = {}
        self._members: dict[int, discord.Member] = {}

    async def checks(self) -> Sequence[Check]:
        found: list[Check] = []
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._note_time)
        client = discord.Client(intents=discord.Intents.none(), http_trace=trace, max_ratelimit_timeout=30.0)
        try:
            async with asyncio.timeout(_PATIENCE), client:
                if await self._log_in(client, found):
                    await self._look(client, found)
        except TimeoutError:
            found.append(_bad("answers", "Discord took too long to answer.", _NETWORK))
        return found

    async def _log_in(self, client: discord.Client, found: list[Check]) -> bool:
        try:
            with translated("log in"):
                await client.login(self._token)
        except PlatformError as error:
            found.append(_bad("token", str(error), ""))
            return False
        except (KeyError, TypeError, ValueError) as error:
            found.append(_bad("token", f"Discord answered in an unknown way ({type(error).__name__}).", ""))
            return False
        found.append(_good("token", f"logged in as {client.user}"))
        return True

    async def _look(self, client: discord.Client, found: list[Check]) -> None:
        found.append(_intent(client))
        found.append(await _careful("gateway", lambda: _gateway(client)))
        for chat in self._surroundings.chats:
            if chat.ref.platform == PLATFORM:
                found.append(
                    await _careful(chat.name, lambda chat=chat: self._chat(client, chat))  # type: ignore[misc]
                )
        for name, ref in _moderators(self._surroundings.chats):
            found += await self._moderators(client, name, ref)
        found.append(self._clock())

    async def _chat(self, client: discord.Client, chat: Chat) -> Check:
        place, me = await self._place(client, chat.ref)
        return of_chat(_subject(chat.name), Rights.of(place, me), chat.mode)

    async def _moderators(self, client: discord.Client, name: str, ref: ChatRef) -> list[Check]:
        subject = f"moderators of {name}"
        private: list[Check] = []

        async def look() -> Check:
            place, me = await self._place(client, ref)
            private.append(seen_by_all(_subject(f"{subject}, who reads along"), place))
            return of_moderators(_subject(subject), Rights.of(place, me))

        return [await _careful(subject, look), *private]

    async def _place(
        self, client: discord.Client, ref: ChatRef
    ) -> tuple["discord.abc.GuildChannel | discord.Thread", discord.Member]:
        """A channel, or the one around a thread is kept in its server, so that its permissions are known."""
        id_ = snowflake(ref.id)
        with translated("look at the channel", "View Channel"):
            payload = await client.http.get_channel(id_)
            guild = await self._guild(client, int(str(payload.get("guild_id") or 0)))
            place = await guild.fetch_channel(id_)
            if isinstance(place, discord.Thread) and place.parent is None:
                around = await guild.fetch_channel(place.parent_id)
                if isinstance(around, discord.TextChannel | discord.ForumChannel):
                    guild._add_channel(around)
        return place, self._members[guild.id]

    async def _guild(self, client: discord.Client, id_: int) -> discord.Guild:
        if id_ not in self._guilds:
            guild = await client.fetch_guild(id_, with_counts=False)
            self._members[id_] = await guild.fetch_member(client.user.id if client.user else 0)
            self._guilds[id_] = guild
        return self._guilds[id_]

    def _clock(self) -> Check:
        if self._skew is None:
            return _doubtful("clock", "Discord did not say what time it is.", "")
        seconds = abs(self._skew.total_seconds())
        if abs(self._skew) > _MOST_SKEW:
            todo = "Let this machine keep its clock by the network (NTP)."
            return _doubtful("clock", f"the clock is {seconds:.0f} seconds off", todo)
        return _good("clock", "agrees with Discord's")

    async def _note_time(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        date = ended.response.headers.get("Date")
        if date:
            self._skew = self._surroundings.clock.now() - _parsed(date, self._surroundings.clock.now())


def _parsed(date: str, otherwise: datetime) -> datetime:
    try:
        return parsedate_to_datetime(date)
    except ValueError:
        return otherwise


def _intent(client: discord.Client) -> Check:
    flags = client.application_flags
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return _good("message content", "the intent is switched on")
    todo = f"S{INTENT.partition(': s')[2]}"
    return _bad("message content", "Discord does not hand out the text of messages", todo)


async def _gateway(client: discord.Client) -> Check:
    with translated("look for the gateway"):
        _, _, limit = await client.http.get_bot_gateway()
    remaining = limit.get("remaining", 0)
    if remaining == 0:
        hours = limit.get("reset_after", 0) / 3_600_000
        todo = f"Wait {hours:.1f} hours, and find out what starts the bot again and again."
        return _bad("gateway", "the bot may not connect any more today", todo)
    if remaining < _FEW_SESSIONS:
        todo = "Find out what starts the bot again and again."
        return _doubtful("gateway", f"the bot may connect only {remaining} times more today", todo)
    return _good("gateway", f"it is there; the bot may connect {remaining} times more today")


def _moderators(chats: Sequence[Chat]) -> Iterator[tuple[str, ChatRef]]:
    """The moderators' channels on Discord, each once, by the name of a chat that they look after."""
    seen: set[ChatRef] = set()
    for chat in chats:
        for level in chat.moderators.chain if chat.moderators else ():
            if level.chat.platform == PLATFORM and level.chat not in seen:
                seen.add(level.chat)
                yield chat.name, level.chat


async def _careful(subject: str, look: Callable[[], Awaitable[Check]]) -> Check:
    try:
        return await look()
    except PlatformError as error:
        return _bad(subject, str(error), "Look whether the bot is in the server, and the id is right.")
    except (KeyError, TypeError, ValueError, discord.ClientException) as error:
        return _doubtful(subject, f"it could not be looked at ({type(error).__name__})", "")


def _subject(name: str) -> str:
    return f"{PLATFORM}: {name}"


def _good(subject: str, found: str) -> Check:
    return Check(_subject(subject), CheckState.GOOD, found)


def _doubtful(subject: str, found: str, todo: str) -> Check:
    return Check(_subject(subject), CheckState.DOUBTFUL, found, todo)


def _bad(subject: str, found: str, todo: str) -> Check:
    return Check(_subject(subject), CheckState.BAD, found, todo)
