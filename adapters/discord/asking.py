"""Hands to the desk what people ask for: by slash commands, in a message's menu, and by buttons."""

from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import Any

import discord

from adapters.discord import translate
from adapters.discord.buttons import CardButton, OptionButton
from adapters.discord.command_list import option_names
from adapters.discord.files import Downloads
from adapters.discord.links import pointed
from adapters.discord.membership import belongs, is_direct, may_read
from adapters.discord.replying import Replying
from bot.model import Attachment, Command, CommandName, Message, Press, Reply
from bot.ports import Desk, Words

_MESSAGE_MENU = 3
_FILE = 11


class Asking:
    """Nothing is handed over where Discord does not say who asks, or where."""

    def __init__(self, desk: Desk, downloads: Downloads, replying: Replying, words: Words) -> None:
        self._desk = desk
        self._downloads = downloads
        self._replying = replying
        self._words = words

    async def command(self, interaction: discord.Interaction) -> None:
        """A slash command, or the one in the menu of a message."""
        data: Any = interaction.data or {}
        is_menu = data.get("type") == _MESSAGE_MENU
        name = CommandName.REPORT.value if is_menu else str(data.get("name", ""))
        if name in set(CommandName):
            await self._ask(interaction, self._given(interaction, CommandName(name), data))

    async def option(self, interaction: discord.Interaction, button: OptionButton) -> None:
        """A button that stands for a command."""
        await self._ask(interaction, self._commanded(interaction, button.command, button.arguments))

    async def card(self, interaction: discord.Interaction, button: CardButton) -> None:
        """A button under a case's card; only in its own channel it counts as a moderator's."""
        channel = interaction.channel
        if channel is None or not interaction.user:
            await self._replying.try_again(interaction)
            return
        is_there = interaction.guild_id is not None and channel.id == button.channel
        press = Press(
            id=str(interaction.id),
            case=button.case,
            chat=translate.chat(channel.id),
            at=interaction.created_at,
            by=translate.person(interaction.user),
            choice=button.choice,
            is_member=is_there and belongs(interaction),
        )
        await self._replying.reply(interaction, self._desk.press(press))

    async def _ask(self, interaction: discord.Interaction, asking: Coroutine[Any, Any, Reply]) -> None:
        if interaction.channel is None or not interaction.user:
            asking.close()
            await self._replying.try_again(interaction)
        else:
            await self._replying.reply(interaction, asking)

    async def _given(
        self, interaction: discord.Interaction, name: CommandName, data: Mapping[str, Any]
    ) -> Reply:
        given = [one for one in data.get("options") or [] if one.get("value") not in {None, ""}]
        resolved = data.get("resolved") or {}
        files = resolved.get("attachments") or {}
        named = [files.get(str(one["value"])) for one in given if one.get("type") == _FILE]
        attachments = await self._downloads.all([translate.file(one) for one in named if one])
        words = _in_order(name, {str(one["name"]): one["value"] for one in given if one.get("type") != _FILE})
        message = None
        if name is CommandName.REPORT:
            message, words = await self._reported(interaction, data, resolved, words)
        reply = await self._commanded(interaction, name, words, attachments, message)
        return reply if message or name is not CommandName.REPORT else self._how_to_report(reply)

    def _how_to_report(self, reply: Reply) -> Reply:
        """The desk can't know how one points to a message here."""
        language = reply.language
        if reply.text != self._words.text(language, "report-how"):
            return reply
        return replace(reply, text=self._words.text(language, "discord-report-how"))

    async def _commanded(
        self,
        interaction: discord.Interaction,
        name: CommandName,
        arguments: str,
        attachments: tuple[Attachment, ...] = (),
        message: Message | None = None,
    ) -> Reply:
        assert interaction.channel is not None  # noqa: S101 - `_ask` looked
        return await self._desk.command(
            Command(
                id=str(interaction.id),
                name=name,
                chat=translate.chat(interaction.channel.id),
                at=interaction.created_at,
                by=translate.person(interaction.user),
                arguments=arguments,
                attachments=attachments,
                message=message,
                is_private=is_direct(interaction),
                is_member=belongs(interaction),
            )
        )

    async def _reported(
        self, interaction: discord.Interaction, data: Mapping[str, Any], resolved: Any, words: str
    ) -> tuple[Message | None, str]:
        """The message that somebody points to, if he may read it himself, and what he says besides."""
        target = (resolved.get("messages") or {}).get(str(data.get("target_id", "")))
        if target is not None:
            return await self._translated(_resolved(interaction, target)), words
        assert interaction.channel is not None  # noqa: S101 - `_ask` looked
        place, rest = pointed(words, interaction.channel.id)
        if place is None or (is_direct(interaction) and place[0] == interaction.channel.id):
            return None, rest
        if not await may_read(interaction, place[0]):
            return None, rest
        try:
            there = interaction.client.get_partial_messageable(place[0])
            return await self._translated(await there.get_partial_message(place[1]).fetch()), rest
        except (discord.DiscordException, OSError):
            return None, rest

    async def _translated(self, source: discord.Message) -> Message:
        return translate.message(source, await self._downloads.all(translate.files(source)))


def _in_order(name: CommandName, given: Mapping[str, Any]) -> str:
    """What was typed into the options, in the order in which the desk reads it."""
    known = [option for option in option_names(name) if option in given]
    return " ".join(str(given[option]) for option in [*known, *(one for one in given if one not in known)])


def _resolved(interaction: discord.Interaction, payload: Any) -> discord.Message:
    """The message that Discord sends along with a command in its menu."""
    channel: Any = interaction.channel
    if channel is None or int(payload.get("channel_id", channel.id)) != channel.id:
        channel = interaction.client.get_partial_messageable(int(payload["channel_id"]))
    return discord.Message(state=interaction.client._connection, channel=channel, data=payload)
