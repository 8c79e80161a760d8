"""What people do with the buttons of their notices."""

import logging
from typing import Any

import discord

from adapters.discord import drawing, translate, words
from adapters.discord.buttons import Button, read
from adapters.discord.lanes import Lanes
from adapters.discord.memory import Memory
from adapters.discord.refusals import platform_error
from adapters.discord.removals import Removals
from bot.model import Choice
from bot.ports import Inbox

_log = logging.getLogger("raazdar.discord")


class Presses:
    """Only the author's press counts. All that a press means stands in the button itself."""

    def __init__(self, inbox: Inbox, memory: Memory, removals: Removals, lanes: Lanes) -> None:
        self._inbox = inbox
        self._memory = memory
        self._removals = removals
        self._lanes = lanes

    async def pressed(self, interaction: discord.Interaction) -> None:
        """Deals with one press; what Discord refuses of the reply to it is not worth more than a line."""
        data: Any = interaction.data or {}
        button = read(str(data.get("custom_id", "")))
        if button is None:
            return
        try:
            await self._answer(interaction, button)
        except (discord.DiscordException, OSError) as error:
            why = platform_error(error, "answer a press") or type(error).__name__
            _log.warning("a press on a notice could not be replied to: %s", why)

    async def _answer(self, interaction: discord.Interaction, button: Button) -> None:
        is_modal = interaction.type is discord.InteractionType.modal_submit
        if str(interaction.user.id) != button.author:
            _log.warning("%d pressed a button of the notice for %s", interaction.user.id, button.author)
            await interaction.response.send_message(words.NOT_YOURS, ephemeral=True)
        elif button.choice is None:
            await self._show(interaction, button)
        elif button.choice is Choice.AUTHORISED and not is_modal:
            await interaction.response.send_modal(drawing.letter_modal(button))
        else:
            await self._hand_over(interaction, button, button.choice)

    async def _hand_over(self, interaction: discord.Interaction, button: Button, choice: Choice) -> None:
        letter = typed(interaction.data) if choice is Choice.AUTHORISED else ""
        answer = translate.answer(button.ref, interaction.user, interaction.created_at, choice, letter)
        try:
            await self._inbox.put(answer)
        except Exception as error:  # noqa: BLE001 - whatever the inbox lacks, the author must hear of it
            try:
                await interaction.response.send_message(words.KEPT_NOT, ephemeral=True)
            finally:
                self._lanes.fail(error)
            return
        shown = interaction.message.embeds if interaction.message else []
        await interaction.response.edit_message(embeds=drawing.answered(shown, choice), view=None)

    async def _show(self, interaction: discord.Interaction, button: Button) -> None:
        """Opens the notice behind a public reply, for its author alone; the reply has done its work."""
        told = self._memory.notice(button.ref)
        if told is None:
            await interaction.response.send_message(words.NO_NOTE, ephemeral=True)
            return
        view = drawing.notice_view(told.notice) or discord.utils.MISSING
        embed = drawing.notice_embed(told.notice)
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)
        if interaction.message is not None:
            self._memory.due_now(interaction.message.id)
            self._removals.hurry()


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
