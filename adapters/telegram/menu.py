"""The commands that Telegram offers to people, in each kind of chat and in both languages."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import telegram
from telegram.error import TelegramError

from adapters.telegram.moves import Moves
from bot.model import CommandName
from bot.ports import PlatformRefused, Words

_IN_PRIVATE = tuple(name for name in CommandName if not name.is_for_moderators)
_IN_GROUPS = (
    CommandName.REPORT,
    CommandName.MYCASES,
    CommandName.PRIVACY,
    CommandName.LANGUAGE,
    CommandName.HELP,
)
_FOR_MODERATORS = (*(name for name in CommandName if name.is_for_moderators), CommandName.HELP)
_LANGUAGES = (("en", None), ("ur", "ur"))
"""What is spoken, and for whom Telegram keeps it: None for all whose language has nothing of its own."""

_log = logging.getLogger("raazdar.telegram")


@dataclass(frozen=True, slots=True)
class Menu:
    """`moderators` are the chats of moderators, as the product knows them."""

    bot: telegram.Bot
    moves: Moves
    words: Words
    moderators: Sequence[str]

    async def offer(self) -> None:
        """Tells Telegram what it does not know yet. What goes wrong is logged: commands work without it."""
        for scope, names in self._scopes():
            for language, code in _LANGUAGES:
                wanted = tuple(
                    telegram.BotCommand(
                        name.value, self.words.text(language, f"telegram-command-{name.value}")
                    )
                    for name in names
                )
                try:
                    if await self.bot.get_my_commands(scope, code) != wanted:
                        await self.bot.set_my_commands(wanted, scope, code)
                except TelegramError as error:
                    _log.warning("the list of commands could not be set (%s)", type(error).__name__)

    def _scopes(self) -> Iterator[tuple[telegram.BotCommandScope, Sequence[CommandName]]]:
        yield telegram.BotCommandScopeAllPrivateChats(), _IN_PRIVATE
        yield telegram.BotCommandScopeAllGroupChats(), _IN_GROUPS
        for chat in self.moderators:
            try:
                yield telegram.BotCommandScopeChat(self.moves.now(chat)), _FOR_MODERATORS
            except PlatformRefused as error:
                _log.warning("%s", error)
