"""The commands as Discord is to show them. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.model import CommandName, Mode
from bot.ports import Words

Payload = Mapping[str, Any]

_SLASH, _MESSAGE_MENU = 1, 3
_TEXT, _FILE = 3, 11
_IN_SERVERS = 0
_SERVERS_AND_DIRECT_CHATS = (0, 1)
_LONGEST = 100
_LONGEST_NAME = 32

_OPTIONS: Mapping[CommandName, tuple[tuple[str, int, str], ...]] = {
    CommandName.CHECK: (("text", _TEXT, "discord-check-text"), ("file", _FILE, "discord-check-file")),
    CommandName.REPORT: (("message", _TEXT, "discord-report-which"),),
    CommandName.LANGUAGE: (("language", _TEXT, "discord-language-which"),),
    CommandName.MODE: (("mode", _TEXT, "discord-mode-which"), ("chat", _TEXT, "discord-mode-chat")),
}


def option_names(name: CommandName) -> Sequence[str]:
    """The names of a command's options, in the order in which the desk reads them."""
    return [option for option, _, _ in _OPTIONS.get(name, ())]


def commands(words: Words, language: str) -> list[dict[str, Any]]:
    """All slash commands, and the one in the menu of a message."""
    listed = [_slash(name, words, language) for name in CommandName]
    menu = words.text(language, "discord-report-message")[:_LONGEST_NAME]
    return [*listed, _everywhere({"type": _MESSAGE_MENU, "name": menu})]


def are_same(wanted: Sequence[Payload], there: Sequence[Payload]) -> bool:
    """Whether Discord has these commands and no others; it fills in and leaves out what is the default."""
    return sorted(map(_essence, wanted)) == sorted(map(_essence, there))


def have_same_names(wanted: Sequence[Payload], there: Sequence[Payload]) -> bool:
    return sorted(map(_name, wanted)) == sorted(map(_name, there))


def mark(wanted: Sequence[Payload]) -> str:
    """The same for the same commands."""
    return hashlib.sha256(json.dumps(list(wanted), sort_keys=True).encode()).hexdigest()


def _slash(name: CommandName, words: Words, language: str) -> dict[str, Any]:
    options = []
    for option, kind, key in _OPTIONS.get(name, ()):
        described = words.text(language, key)[:_LONGEST]
        drawn: dict[str, Any] = {"type": kind, "name": option, "description": described, "required": False}
        if option == "mode":
            drawn["choices"] = [{"name": mode.value, "value": mode.value} for mode in Mode]
        options.append(drawn)
    described = words.text(language, f"discord-{name.value}")[:_LONGEST]
    return _everywhere({"type": _SLASH, "name": name.value, "description": described, "options": options})


def _everywhere(command: dict[str, Any]) -> dict[str, Any]:
    return {
        **command,
        "integration_types": [_IN_SERVERS],
        "contexts": list(_SERVERS_AND_DIRECT_CHATS),
        "default_member_permissions": None,
        "nsfw": False,
    }


def _name(command: Payload) -> tuple[int, str]:
    return int(command.get("type") or _SLASH), str(command.get("name"))


def _essence(command: Payload) -> str:
    """What people notice of a command."""
    options = [
        [
            option.get("type"),
            option.get("name"),
            option.get("description"),
            bool(option.get("required")),
            [[choice.get("name"), choice.get("value")] for choice in option.get("choices") or ()],
        ]
        for option in command.get("options") or ()
    ]
    contexts = command.get("contexts")
    return json.dumps(
        [
            *_name(command),
            command.get("description") or "",
            options,
            sorted(_SERVERS_AND_DIRECT_CHATS if contexts is None else contexts),
            command.get("default_member_permissions"),
        ]
    )
