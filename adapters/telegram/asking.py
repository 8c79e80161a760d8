"""Commands as they stand in messages, and in the buttons that stand for them. Pure."""

import re
from dataclasses import dataclass

import telegram

from bot.model import CommandName, Option

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,32}))?(?=\s|$)")
_LONGEST_DATA = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """`name` in lower case; it need not be one of ours."""

    name: str
    arguments: str

    @property
    def command(self) -> CommandName | None:
        return CommandName(self.name) if self.name in set(CommandName) else None


def read_command(told: telegram.Message, username: str) -> Asked | None:
    """The command that a message begins with; None where it has none, or one for another bot."""
    text, entities = (told.text, told.entities) if told.text else (told.caption, told.caption_entities)
    found = _COMMAND.match(text) if isinstance(text, str) else None
    if text is None or found is None or told.forward_origin is not None:
        return None
    at_start = [entity.type for entity in entities if entity.offset == 0]
    if at_start and telegram.MessageEntity.BOT_COMMAND not in at_start:  # shown as code, for example
        return None
    name, bot = found.groups()
    if bot is not None and bot.lower() != username.lower():
        return None
    return Asked(name.lower(), text[found.end() :].strip())


def without_command(text: str) -> str:
    """What stands after the command, so that it begins its line as it would alone."""
    found = _COMMAND.match(text)
    return text[found.end() :].lstrip() if found else text


def option_data(option: Option) -> str | None:
    """What a button carries; None where Telegram does not take so much."""
    data = f"o:{option.command.value}:{option.arguments}"
    return data if len(data.encode()) <= _LONGEST_DATA else None


def read_option(data: str) -> tuple[CommandName, str] | None:
    """The command and its arguments that a button stands for; None for a button of something else."""
    kind, _, rest = data.partition(":")
    name, colon, arguments = rest.partition(":")
    if kind != "o" or not colon or name not in set(CommandName):
        return None
    return CommandName(name), arguments
