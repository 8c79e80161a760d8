"""Cases as their moderators' channel shows them: one message a case, brought up to date in place."""

import asyncio

import discord

from adapters.discord.drawing import Drawing, card_view, nonce
from adapters.discord.links import message_link
from adapters.discord.memory import Memory
from adapters.discord.refusals import ARCHIVED, translated
from adapters.discord.translate import snowflake
from adapters.discord.wording import pieces, plain
from bot.model import Card
from bot.ports import Words


class Cards:
    def __init__(self, memory: Memory, words: Words) -> None:
        self._memory = memory
        self._drawing = Drawing(words)
        self._one_at_a_time = asyncio.Lock()

    async def show(self, client: discord.Client, card: Card) -> None:
        """Shows a case, or what became of it; where the card is gone there is a new one."""
        channel = snowflake(card.moderators.id)
        async with self._one_at_a_time:
            if self._memory.is_told(card.key):
                return
            with translated("write in the moderators' channel", "Send Messages and Embed Links"):
                message, revision = await self._shown(client, channel, card)
            self._memory.carded(card.key, channel, card.case, message, revision)

    async def _shown(self, client: discord.Client, channel: int, card: Card) -> tuple[int, int]:
        """The message that shows the card now, and the revision that it shows."""
        place = client.get_partial_messageable(channel)
        link = message_link(client, card.ref, self._memory.parent) if card.ref else ""
        embed = self._drawing.card_embed(card, link)
        view = card_view(card, channel)
        shown = self._memory.card(channel, card.case)
        if shown is not None:
            message, revision = shown
            earlier = place.get_partial_message(message)
            if card.revision < revision or await _edited(earlier, embed, view):
                await self._tell_news(place, card, message)
                return message, max(revision, card.revision)
        # Above the card, so that a notification on a phone has words in it; they stay as the card changes.
        sent = await place.send(
            _news(card) or None, embed=embed, view=view or discord.utils.MISSING, nonce=nonce(card.key)
        )
        return sent.id, card.revision

    async def _tell_news(self, place: discord.PartialMessageable, card: Card, message: int) -> None:
        """Nobody notices an edit; an answer to the card is noticed."""
        if not card.news:
            return
        answered = discord.MessageReference(message_id=message, channel_id=place.id, fail_if_not_exists=False)
        await place.send(
            _news(card), reference=answered, nonce=nonce(f"{card.key} news"), suppress_embeds=True
        )


def _news(card: Card) -> str:
    return next(pieces(plain(card.news)), "")


async def _edited(
    earlier: discord.PartialMessage, embed: discord.Embed, view: discord.ui.View | None
) -> bool:
    """False where the card is gone, or lies in a thread that was put away."""
    try:
        await earlier.edit(embed=embed, view=view)
    except discord.NotFound:
        return False
    except discord.HTTPException as error:
        if error.code == ARCHIVED:
            return False
        raise
    return True
