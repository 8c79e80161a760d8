"""Posts again what was removed, in its author's name: by a webhook, or else by the bot itself."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import discord

from adapters.discord.drawing import nonce
from adapters.discord.memory import Memory
from adapters.discord.refusals import UNKNOWN_WEBHOOK, translated
from adapters.discord.translate import snowflake
from adapters.discord.webhooks import Webhooks
from adapters.discord.wording import LONGEST_MESSAGE, pieces, plain
from bot.model import Posting

_LONGEST_NAME = 80
_FORBIDDEN_NAMES = ("discord", "clyde", "```")
_RESERVED_NAMES = {"everyone", "here"}
_LONGEST_PIECE = LONGEST_MESSAGE - 150
"""Leaves room for the author's name and the note."""

_LOOK_BACK = 50
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class _Face:
    """Under which name and picture something is posted; without a name, the text itself says it."""

    name: str = ""
    picture: str = ""


class Reposting:
    def __init__(self, memory: Memory, webhooks: Webhooks) -> None:
        self._memory = memory
        self._webhooks = webhooks
        self._one_at_a_time = asyncio.Lock()

    async def repost(self, client: discord.Client, posting: Posting) -> None:
        """Long ones in several messages, each of them once. Nothing of the text is kept."""
        async with self._one_at_a_time:
            if self._memory.is_told(posting.key):
                return
            channel = snowflake(posting.ref.chat)
            with translated("post a message again", "Send Messages"):
                async with asyncio.timeout(_PATIENCE):
                    webhook = await self._webhooks.of(client, channel)
                    face = await _face(client, posting) if webhook else _Face()
                    for number, text in enumerate(_texts(posting, face)):
                        await self._post(client, channel, f"{posting.key}#{number}", text, face)
            self._memory.tell(posting.key)

    async def _post(self, client: discord.Client, channel: int, key: str, text: str, face: _Face) -> None:
        if self._memory.is_told(key):
            return
        tried = f"{key} tried"
        if not (self._memory.is_told(tried) and await self._stands(client, channel, text)):
            self._memory.tell(tried)
            await self._send(client, channel, key, text, face)
        self._memory.tell(key)

    async def _send(self, client: discord.Client, channel: int, key: str, text: str, face: _Face) -> None:
        try:
            if await self._sent_by_webhook(client, channel, text, face):
                return
        except discord.HTTPException as error:
            if error.code == UNKNOWN_WEBHOOK:
                self._webhooks.forget(client, channel)
            elif not (error.status == 400 and face.name):
                raise
            # Either the webhook is gone, or Discord does not like the name: the text says it, then.
            if await self._sent_by_webhook(client, channel, _named(text, face.name), _Face()):
                return
        place = client.get_partial_messageable(channel)
        await place.send(_named(text, face.name), nonce=nonce(key), suppress_embeds=True)

    async def _sent_by_webhook(self, client: discord.Client, channel: int, text: str, face: _Face) -> bool:
        """False where the channel gives the bot no webhook."""
        webhook = await self._webhooks.of(client, channel)
        if webhook is None:
            return False
        around = self._webhooks.around(client, channel)
        await webhook.send(
            text,
            username=face.name or discord.utils.MISSING,
            avatar_url=face.picture or discord.utils.MISSING,
            allowed_mentions=discord.AllowedMentions.none(),
            thread=discord.Object(channel) if around != channel else discord.utils.MISSING,
            suppress_embeds=True,
            wait=True,
        )
        return True

    async def _stands(self, client: discord.Client, channel: int, text: str) -> bool:
        """Whether an earlier try worked although its answer was lost: webhooks know no nonces."""
        own = client.user.id if client.user else 0
        try:
            async for message in client.get_partial_messageable(channel).history(limit=_LOOK_BACK):
                by_us = message.author.id == own or self._memory.is_own_webhook(message.webhook_id or 0)
                if by_us and message.content.endswith(text):
                    return True
        except discord.Forbidden:
            return False
        return False


async def _face(client: discord.Client, posting: Posting) -> _Face:
    """The author's name, where Discord lets a webhook bear it, and his picture where it is known."""
    name = " ".join(posting.author.name.split())[:_LONGEST_NAME]
    lower = name.lower()
    if not name or lower in _RESERVED_NAMES or any(one in lower for one in _FORBIDDEN_NAMES):
        return _Face()
    user = client.get_user(snowflake(posting.author.id))
    if user is None:
        try:
            user = await client.fetch_user(snowflake(posting.author.id))
        except (discord.DiscordException, OSError):
            return _Face(name)
    return _Face(name, user.display_avatar.url)


def _texts(posting: Posting, face: _Face) -> Sequence[str]:
    """The pieces; the first one names the author where nothing else does, the last one has the note."""
    note = f"\n-# {' '.join(plain(posting.note).split())}" if posting.note else ""
    text = posting.text if face.name else _named(posting.text, posting.author.name)
    texts = list(pieces(text, _LONGEST_PIECE)) or [""]
    if len(texts[-1]) + len(note) > LONGEST_MESSAGE:
        texts.append("")
    texts[-1] = f"{texts[-1]}{note}".strip()
    return [text for text in texts if text]


def _named(text: str, name: str) -> str:
    """With the author in bold above it."""
    return f"**{plain(name)}:**\n{text}" if name else text
