"""Everything that people do with the bot itself, given to whoever deals with it."""

from collections.abc import Callable
from typing import Any

import discord

from adapters.discord.asking import Asking
from adapters.discord.buttons import Button, CardButton, OptionButton, read
from adapters.discord.presses import Presses

_ANSWERED = {discord.InteractionType.component, discord.InteractionType.modal_submit}


class Interactions:
    """What each means stands in the interaction itself, so that all of it works after a restart.

    `place` is told of each thread in which something was asked: the settings of its channel apply.
    """

    def __init__(self, presses: Presses, asking: Asking, place: Callable[[discord.Thread], None]) -> None:
        self._place = place
        self._presses = presses
        self._asking = asking

    async def happened(self, interaction: discord.Interaction) -> None:
        data: Any = interaction.data or {}
        if isinstance(interaction.channel, discord.Thread):
            self._place(interaction.channel)
        if interaction.type is discord.InteractionType.application_command:
            await self._asking.command(interaction)
            return
        match read(str(data.get("custom_id", ""))):
            case Button() as button:
                await self._presses.pressed(interaction, button)
            case CardButton() as button:
                await self._asking.card(interaction, button)
            case OptionButton() as button:
                await self._asking.option(interaction, button)
            case None if interaction.type in _ANSWERED:
                await self._presses.unknown(interaction)
