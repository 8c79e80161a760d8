"""Options that several commands share, and what they stand for."""

from collections.abc import Sequence
from pathlib import Path

import click

from bot.config.loading import Configuration
from bot.errors import InputError
from bot.model import Audience, Chat, ChatRef, Mode
from bot.sifting.judge import chat_named

config_option = click.option(
    "--config",
    "directory",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="RAAZDAR_CONFIG",
    help="Folder with a raazdar.yaml; what it leaves out comes from the defaults.  [env: RAAZDAR_CONFIG]",
)
chat_option = click.option(
    "--chat",
    metavar="CHAT",
    help="Judge as if posted in this chat of the configuration (its id or its name).",
)

NO_CHAT = Chat(ChatRef("", ""), "no known chat", Mode.ENFORCE, Audience())
"""A message from no known chat is judged as if anyone could read it."""


def find_chat(configuration: Configuration, wanted: str | None) -> Chat:
    """The configured chat with that id or name. Raises InputError where there is none."""
    if wanted is None:
        return NO_CHAT
    chats = known_chats(configuration)
    found = chat_named(chats, wanted)
    if found is None:
        names = ", ".join(chat.name for chat in chats) or "none"
        raise InputError(f"The configuration has no chat {wanted!r}; it has: {names}.")
    return found


def known_chats(configuration: Configuration) -> Sequence[Chat]:
    return configuration.settings.listed()
