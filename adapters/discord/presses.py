"""What people do with the buttons of their notices."""

import logging
from collections.abc import Awaitable

import discord

from adapters.discord import drawing, translate
from adapters.discord.buttons import Button
from adapters.discord.drawing import Drawing
from adapters.discord.lanes import Lanes
from adapters.discord.memory import Memory, Told
from adapters.discord.refusals import platform_error
from adapters.discord.removals import Removals
from bot.model import Choice
from bot.ports import Inbox, Words

_log = logging.getLogger("raazdar.discord")


class Presses:
    """Only the author's press counts, but the product hears of all. What one means stands in the button."""

    def __init__(
        self, inbox: Inbox, memory: Memory, removals: Removals, lanes: Lanes, words: Words, language: str
    ) -> None:
        self._inbox = inbox
        self._words = words
        self._language = language
        self._memory = memory
        self._removals = removals
        self._lanes = lanes

    async def pressed(self, interaction: discord.Interaction, button: Button) -> None:
        """Deals with one press."""
        await _noted(self._answer(interaction, button))

    async def unknown(self, interaction: discord.Interaction) -> None:
        """A button of which nobody knows any more what it stands for."""
        await _noted(self._say(interaction, self._language, "notice-gone"))

    async def _answer(self, interaction: discord.Interaction, button: Button) -> None:
        told = self._memory.notice(button.ref)
        language = told.notice.language if told else self._language
        is_modal = interaction.type is discord.InteractionType.modal_submit
        if str(interaction.user.id) != button.author:
            _log.warning("%d pressed a button of the notice for %s", interaction.user.id, button.author)
            if button.choice is None or await self._kept(interaction, button, button.choice, language):
                await self._say(interaction, language, "notice-not-yours")
        elif button.choice is None:
            await self._show(interaction, told)
        elif button.choice is Choice.AUTHORISED and not is_modal:
            await interaction.response.send_modal(Drawing(self._words).letter_modal(button, language))
        elif await self._kept(interaction, button, button.choice, language):
            shown = interaction.message.embeds if interaction.message else []
            answered = Drawing(self._words).answered(shown, button.choice, language)
            await interaction.response.edit_message(embeds=answered, view=None)

    async def _kept(
        self, interaction: discord.Interaction, button: Button, choice: Choice, language: str
    ) -> bool:
        """Hands the answer over, a stranger's too: the product keeps that somebody tried."""
        letter = typed(interaction.data) if choice is Choice.AUTHORISED else ""
        answer = translate.answer(button.ref, interaction.user, interaction.created_at, choice, letter)
        try:
            await self._inbox.put(answer)
        except Exception as error:  # noqa: BLE001 - whatever the inbox lacks, the author must hear of it
            try:
                await self._say(interaction, language, "try-again")
            finally:
                self._lanes.fail(error)
            return False
        return True

    async def _say(self, interaction: discord.Interaction, language: str, key: str) -> None:
        await interaction.response.send_message(self._words.text(language, key), ephemeral=True)

    async def _show(self, interaction: discord.Interaction, told: Told | None) -> None:
        """Opens the notice behind a public reply, for its author alone; the reply has done its work."""
        if told is None:
            await self._say(interaction, self._language, "notice-gone")
            return
        view = drawing.notice_view(told.notice) or discord.utils.MISSING
        embed = drawing.notice_embed(told.notice)
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)
        if interaction.message is not None:
            self._memory.due_now(interaction.message.id)
            self._removals.hurry()


async def _noted(answering: Awaitable[None]) -> None:
    """What Discord refuses of the reply to a press is not worth more than a line."""
    try:
        await answering
    except (discord.DiscordException, OSError) as error:
        why = platform_error(error, "answer a press") or type(error).__name__
        _log.warning("a press on a notice could not be replied to: %s", why)


def typed(data: object) -> str:
    """What somebody typed into the one field of a modal, however deep Discord wraps it."""
    if isinstance(data, dict):
        value = data.get("value")
        if isinstance(value, str):
            return value.strip()
        return typed([*data.get("components", ()), data.get("component")])
    if isinstance(data, list):
        return next(filter(None, map(typed, data)), "")
    return ""
