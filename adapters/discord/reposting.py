"""Posts again what was removed, in its author's name: by a webhook, or else by the bot itself."""

import asyncio
import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import discord

from adapters.discord.drawing import nonce
from adapters.discord.memory import Memory
from adapters.discord.refusals import TOO_LARGE, UNKNOWN_WEBHOOK, translated
from adapters.discord.translate import snowflake
from adapters.discord.webhooks import Webhooks
from adapters.discord.wording import LONGEST_MESSAGE, pieces, plain
from bot.model import Attachment, Posting

_LONGEST_NAME = 80
_FORBIDDEN_NAMES = ("discord", "clyde", "```")
_RESERVED_NAMES = {"everyone", "here"}
_LONGEST_PIECE = LONGEST_MESSAGE - 150
"""Leaves room for the author's name and the note."""

_LOOK_BACK = 50
_PATIENCE = 60.0
_MOST_FILES = 10
_USUAL_BYTES = 10 * 1024 * 1024
_TOO_LARGE_STATUS = 413

_log = logging.getLogger("raazdar.discord")


@dataclass(frozen=True, slots=True)
class _Face:
    """Under which name and picture something is posted; without a name, the text itself says it."""

    name: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One message of a posting."""

    text: str
    files: tuple[Attachment, ...] = ()

    @property
    def uploads(self) -> Sequence[discord.File]:
        """Made for each try: sending reads them to their end."""
        return [discord.File(io.BytesIO(one.content or b""), one.name) for one in self.files]

    @property
    def without_the_largest(self) -> "_Piece":
        largest = max(self.files, key=lambda one: len(one.content or b""))
        return replace(self, files=tuple(one for one in self.files if one is not largest))


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
            need = "Send Messages and Attach Files" if posting.attachments else "Send Messages"
            with translated("post a message again", need):
                async with asyncio.timeout(_PATIENCE):
                    webhook = await self._webhooks.of(client, channel)
                    face = await _face(client, posting) if webhook else _Face()
                    for number, piece in enumerate(_pieces(posting, face, _most_bytes(client, channel))):
                        await self._post(client, channel, f"{posting.key}#{number}", piece, face)
            self._memory.tell(posting.key)

    async def _post(self, client: discord.Client, channel: int, key: str, piece: _Piece, face: _Face) -> None:
        if self._memory.is_told(key):
            return
        tried = f"{key} tried"
        if not (self._memory.is_told(tried) and await self._stands(client, channel, piece)):
            self._memory.tell(tried)
            await self._send(client, channel, key, piece, face)
        self._memory.tell(key)

    async def _send(self, client: discord.Client, channel: int, key: str, piece: _Piece, face: _Face) -> None:
        """With as many of its files as Discord takes."""
        while piece.text or piece.files:
            try:
                await self._send_as(client, channel, key, piece, face)
            except discord.HTTPException as error:
                is_too_large = error.status == _TOO_LARGE_STATUS or error.code == TOO_LARGE
                if not (is_too_large and piece.files):
                    raise
                _log.warning("a file in channel %d is too large to be posted again", channel)
                piece = piece.without_the_largest
            else:
                return

    async def _send_as(
        self, client: discord.Client, channel: int, key: str, piece: _Piece, face: _Face
    ) -> None:
        try:
            if await self._sent_by_webhook(client, channel, piece, face):
                return
        except discord.HTTPException as error:
            if error.code == UNKNOWN_WEBHOOK:
                self._webhooks.forget(client, channel)
            elif not (error.status == 400 and error.code != TOO_LARGE and face.name):
                raise
            # Either the webhook is gone, or Discord does not like the name: the text says it, then.
            if await self._sent_by_webhook(client, channel, _named(piece, face.name), _Face()):
                return
        named = _named(piece, face.name)
        await client.get_partial_messageable(channel).send(
            named.text or None, files=named.uploads, nonce=nonce(key), suppress_embeds=True
        )

    async def _sent_by_webhook(
        self, client: discord.Client, channel: int, piece: _Piece, face: _Face
    ) -> bool:
        """False where the channel gives the bot no webhook."""
        webhook = await self._webhooks.of(client, channel)
        if webhook is None:
            return False
        around = self._webhooks.around(client, channel)
        await webhook.send(
            piece.text or discord.utils.MISSING,
            files=piece.uploads,
            username=face.name or discord.utils.MISSING,
            avatar_url=face.picture or discord.utils.MISSING,
            allowed_mentions=discord.AllowedMentions.none(),
            thread=discord.Object(channel) if around != channel else discord.utils.MISSING,
            suppress_embeds=True,
            wait=True,
        )
        return True

    async def _stands(self, client: discord.Client, channel: int, piece: _Piece) -> bool:
        """Whether an earlier try worked although its answer was lost: webhooks know no nonces."""
        own = client.user.id if client.user else 0
        sizes = {len(one.content or b"") for one in piece.files}
        try:
            async for message in client.get_partial_messageable(channel).history(limit=_LOOK_BACK):
                by_us = message.author.id == own or self._memory.is_own_webhook(message.webhook_id or 0)
                shown = {one.size for one in message.attachments}
                is_same = message.content.endswith(piece.text) and shown <= sizes
                if by_us and is_same and (piece.text or shown):
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


def _pieces(posting: Posting, face: _Face, most_bytes: int) -> Iterator[_Piece]:
    """The first one names the author where nothing else does, the last one has the note and the files."""
    note = f"\n-# {' '.join(plain(posting.note).split())}" if posting.note else ""
    text = posting.text if face.name else _under(posting.author.name, posting.text)
    texts = list(pieces(text, _LONGEST_PIECE)) or [""]
    if len(texts[-1]) + len(note) > LONGEST_MESSAGE:
        texts.append("")
    texts[-1] = f"{texts[-1]}{note}".strip()
    files = tuple(one for one in posting.attachments if len(one.content or b"") <= most_bytes)
    yield from (_Piece(text) for text in texts[:-1] if text)
    yield _Piece(texts[-1], files[:_MOST_FILES])
    for start in range(_MOST_FILES, len(files), _MOST_FILES):
        yield _Piece("", files[start : start + _MOST_FILES])


def _most_bytes(client: discord.Client, channel: int) -> int:
    """How large a file may be: servers may have paid for more than the usual."""
    guild = getattr(client.get_channel(channel), "guild", None)
    return max(_USUAL_BYTES, guild.filesize_limit if guild else 0)


def _named(piece: _Piece, name: str) -> _Piece:
    return replace(piece, text=_under(name, piece.text))


def _under(name: str, text: str) -> str:
    """With the author in bold above it."""
    return f"**{plain(name)}:**\n{text}".rstrip() if name else text
