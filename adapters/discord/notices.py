"""Tells authors, each thing once: in a direct message or, where that can't be, by a button in the chat."""

import asyncio
from dataclasses import replace

import discord

from adapters.discord import drawing
from adapters.discord.drawing import Drawing
from adapters.discord.links import message_link
from adapters.discord.memory import Memory, Told
from adapters.discord.refusals import (
    INVALID_RECIPIENT,
    TOO_MANY_DIRECT_MESSAGES,
    translated,
)
from adapters.discord.removals import Removals
from adapters.discord.translate import snowflake
from bot.model import Notice
from bot.ports import Clock, PlatformRefused, Words


class Notices:
    """`told` in the memory is the ledger: what stands there is never shown again."""

    def __init__(
        self, memory: Memory, clock: Clock, removals: Removals, words: Words, reply_seconds: int
    ) -> None:
        self._memory = memory
        self._clock = clock
        self._removals = removals
        self._words = words
        self._reply_seconds = reply_seconds
        self._one_at_a_time = asyncio.Lock()

    async def warn(self, client: discord.Client, notice: Notice) -> bool:
        """False where only a hint stands in the chat, or nothing: an ending is not worth another hint."""
        if self._memory.is_program(snowflake(notice.author.id)):
            raise PlatformRefused("The author is a bot or a webhook, which reads no warnings.")
        async with self._one_at_a_time:
            earlier = self._memory.notice(notice.ref)
            is_private = earlier is None or earlier.private
            if self._memory.is_told(notice.key) and (is_private or notice.choices):
                return is_private
            if earlier and earlier.private:
                if not notice.choices and await self._edited(client, earlier, notice):
                    return True
                # A new message is seen where an edited one is not; the one before makes room for it.
                with translated("take back the earlier notice"):
                    await self._withdraw(client, earlier)
            if await self._told_privately(client, notice):
                return True
            if notice.choices:
                await self._told_in_the_chat(client, notice)
            elif earlier and not earlier.private:
                # Whoever opens the hint of before finds how it ended.
                self._memory.told(replace(earlier, notice=notice))
            return False

    async def _edited(self, client: discord.Client, earlier: Told, notice: Notice) -> bool:
        """Says how it ended in the place of the notice before; False where that one is gone."""
        shown = client.get_partial_messageable(earlier.place).get_partial_message(earlier.shown)
        with translated("tell the author how it ended"):
            try:
                await shown.edit(embed=self._embed(client, notice), view=None)
            except (discord.NotFound, discord.Forbidden):
                return False
        self._memory.told(Told(notice, private=True, place=earlier.place, shown=earlier.shown))
        return True

    def _embed(self, client: discord.Client, notice: Notice) -> discord.Embed:
        return drawing.notice_embed(notice, message_link(client, notice.ref, self._memory.parent))

    async def _withdraw(self, client: discord.Client, earlier: Told) -> None:
        try:
            await client.get_partial_messageable(earlier.place).get_partial_message(earlier.shown).delete()
        except (discord.NotFound, discord.Forbidden):
            return

    async def _told_privately(self, client: discord.Client, notice: Notice) -> bool:
        """False where the author takes no direct messages."""
        with translated("write to the author"):
            try:
                place = await client.create_dm(discord.Object(snowflake(notice.author.id)))
                if place.recipient is not None and place.recipient.bot:
                    raise PlatformRefused("The author is a bot, which reads no warnings.")
                sent = await place.send(
                    embed=self._embed(client, notice),
                    view=drawing.notice_view(notice) or discord.utils.MISSING,
                    nonce=drawing.nonce(notice.key),
                )
            except discord.HTTPException as error:
                if error.code == INVALID_RECIPIENT:
                    raise PlatformRefused("The author is a webhook, which reads no warnings.") from None
                if isinstance(error, discord.Forbidden) and error.code != TOO_MANY_DIRECT_MESSAGES:
                    return False
                raise
        self._memory.told(Told(notice, private=True, place=place.id, shown=sent.id))
        return True

    async def _told_in_the_chat(self, client: discord.Client, notice: Notice) -> None:
        """A public reply names nothing: only its author can open the notice behind it, and it goes soon."""
        channel, author = snowflake(notice.ref.chat), snowflake(notice.author.id)
        answered = discord.MessageReference(
            message_id=snowflake(notice.ref.id), channel_id=channel, fail_if_not_exists=False
        )
        with translated("write to the author, who takes no direct messages, in the chat", "Send Messages"):
            sent = await client.get_partial_messageable(channel).send(
                f"<@{author}> {self._words.text(notice.language, 'notice-in-chat')}",
                reference=answered,
                view=Drawing(self._words).reply_view(notice),
                nonce=drawing.nonce(notice.key),
                allowed_mentions=discord.AllowedMentions(
                    everyone=False, roles=False, users=[discord.Object(author)], replied_user=False
                ),
            )
        due = self._clock.now().timestamp() + self._reply_seconds
        self._memory.told(Told(notice, private=False, place=channel, shown=sent.id), due)
        self._removals.hurry()
