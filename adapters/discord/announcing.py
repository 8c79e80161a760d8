"""Says something to a whole channel, once."""

import asyncio

import discord

from adapters.discord.drawing import nonce
from adapters.discord.memory import Memory
from adapters.discord.refusals import translated
from adapters.discord.translate import snowflake
from adapters.discord.wording import pieces, plain
from bot.model import Announcement


class Announcing:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._one_at_a_time = asyncio.Lock()

    async def announce(self, client: discord.Client, announcement: Announcement) -> None:
        """Without mentions, previews or markup."""
        place = client.get_partial_messageable(snowflake(announcement.chat.id))
        async with self._one_at_a_time:
            for number, text in enumerate(pieces(plain(announcement.text))):
                key = f"{announcement.key}#{number}" if number else announcement.key
                if self._memory.is_told(key):
                    continue
                with translated("write in the channel", "Send Messages"):
                    await place.send(text, nonce=nonce(key), suppress_embeds=True)
                self._memory.tell(key)
