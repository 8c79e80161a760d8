"""Shows what the desk answers to whoever asked or pressed, in the time that Discord gives for it."""

import asyncio
import logging
from collections.abc import Awaitable, Iterator, Mapping
from typing import Any

import discord

from adapters.discord import drawing
from adapters.discord.links import message_link
from adapters.discord.memory import Memory
from adapters.discord.refusals import platform_error
from adapters.discord.wording import pieces, plain_with_links
from bot.model import Reply
from bot.ports import Words

_PATIENCE = 1.5
"""Seconds before Discord is told that the answer takes a while; it waits for three."""

_log = logging.getLogger("raazdar.discord")


class Replying:
    def __init__(self, memory: Memory, words: Words, language: str) -> None:
        self._memory = memory
        self._words = words
        self._language = language

    async def reply(self, interaction: discord.Interaction, asking: Awaitable[Reply]) -> None:
        """Waits for the answer and shows it. Whatever is refused of that, what was asked for is done."""
        working = asyncio.ensure_future(self._answered(asking))
        try:
            done, _ = await asyncio.wait({working}, timeout=_PATIENCE)
            if not done:
                await interaction.response.defer(ephemeral=True, thinking=True)
            await self._show(interaction, await working)
        except (discord.DiscordException, OSError, TimeoutError) as error:
            why = platform_error(error, "reply") or type(error).__name__
            _log.warning("somebody could not be replied to: %s", why)
            await working
        finally:
            working.cancel()

    async def try_again(self, interaction: discord.Interaction) -> None:
        """Says that it did not work, where nothing can be asked."""

        async def failed() -> Reply:
            return self._try_again()

        await self.reply(interaction, failed())

    async def _answered(self, asking: Awaitable[Reply]) -> Reply:
        try:
            return await asking
        except Exception as error:  # noqa: BLE001 - whatever the desk lacks, the person must hear of it
            _log.error("a question could not be answered: %s", type(error).__name__)
            return self._try_again()

    def _try_again(self) -> Reply:
        return Reply(self._words.text(self._language, "try-again"), self._language)

    async def _show(self, interaction: discord.Interaction, reply: Reply) -> None:
        """The first part is the response itself, what remains follows it, as private as the first."""
        response = interaction.response
        was_late = response.is_done()
        is_hidden = reply.is_private or was_late
        first, *others = list(self._parts(interaction.client, reply)) or [None]
        if first is None:
            await _say_nothing(interaction)
            return
        if was_late:
            await interaction.edit_original_response(**first)
        else:
            await response.send_message(**first, **_without_previews(first), ephemeral=is_hidden)
        for part in others:
            if part is not None:
                await interaction.followup.send(
                    **part, **_without_previews(part), ephemeral=is_hidden, wait=True
                )

    def _parts(self, client: discord.Client, reply: Reply) -> Iterator[Mapping[str, Any] | None]:
        """The messages that a reply makes."""
        texts = list(pieces(plain_with_links(reply.text)))
        buttons = drawing.option_view(reply.options)
        if buttons and not texts:
            texts = ["…"]
        for text in texts[:-1]:
            yield {"content": text}
        if texts:
            yield {"content": texts[-1], **({"view": buttons} if buttons else {})}
        for notice in reply.notices:
            view = drawing.notice_view(notice)
            embed = drawing.notice_embed(notice, message_link(client, notice.ref, self._memory.parent))
            yield {"embed": embed, **({"view": view} if view else {})}


def _without_previews(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Discord counts an embed of our own among the previews."""
    return {} if "embed" in part else {"suppress_embeds": True}


async def _say_nothing(interaction: discord.Interaction) -> None:
    """Discord wants to be answered all the same, and shows nothing of this."""
    if not interaction.response.is_done():
        is_command = interaction.type is discord.InteractionType.application_command
        await interaction.response.defer(ephemeral=True)
        if not is_command:
            return
    await interaction.delete_original_response()
