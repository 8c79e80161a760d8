"""What people do with the buttons of their notices."""

import logging

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
    """Only the author's press counts. All that a press means stands in the button itself."""

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
        """Deals with one press; what Discord refuses of the reply to it is not worth more than a line."""
        try:
            await self._answer(interaction, button)
        except (discord.DiscordException, OSError) as error:
            why = platform_error(error, "answer a press") or type(error).__name__
            _log.warning("a press on a notice could not be replied to: %s", why)

    async def _answer(self, interaction: discord.Interaction, button: Button) -> None:
        told = self._memory.notice(button.ref)
        language = told.notice.language if told else self._language
        is_modal = interaction.type is discord.InteractionType.modal_submit
        if str(interaction.user.id) != button.author:
            _log.warning("%d pressed a button of the notice for %s", interaction.user.id, button.author)
            await interaction.response.send_message(
                self._words.text(language, "notice-not-yours"), ephemeral=True
            )
        elif button.choice is None:
            await self._show(interaction, told)
        elif button.choice is Choice.AUTHORISED and not is_modal:
            await interaction.response.send_modal(Drawing(self._words).letter_modal(button, language))
        else:
            await self._hand_over(interaction, button, button.choice, language)

    async def _hand_over(
        self, interaction: discord.Interaction, button: Button, choice: Choice, language: str
    ) -> None:
        letter = typed(interaction.data) if choice is Choice.AUTHORISED else ""
        answer = translate.answer(button.ref, interaction.user, interaction.created_at, choice, letter)
        try:
            await self._inbox.put(answer)
        except Exception as error:  # noqa: BLE001 - whatever the inbox lacks, the author must hear of it
            try:
                await interaction.response.send_message(
                    self._words.text(language, "try-again"), ephemeral=True
                )
            finally:
                self._lanes.fail(error)
            return
        shown = interaction.message.embeds if interaction.message else []
        answered = Drawing(self._words).answered(shown, choice, language)
        await interaction.response.edit_message(embeds=answered, view=None)

    async def _show(self, interaction: discord.Interaction, told: Told | None) -> None:
        """Opens the notice behind a public reply, for its author alone; the reply has done its work."""
        if told is None:
            gone = self._words.text(self._language, "notice-gone")
            await interaction.response.send_message(gone, ephemeral=True)
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
