"""What Discord tells in a form that its library does not expect must not end the connection."""

import logging
from collections.abc import Callable, MutableMapping
from typing import Any

import discord

Payload = MutableMapping[str, Any]
Parse = Callable[[Any], None]

_NEEDED = {"READY", "RESUMED"}
_MESSAGES = {"MESSAGE_CREATE", "MESSAGE_UPDATE"}
_USUAL_SIZE_LIMIT = 10 * 1024 * 1024
_PRIVATE = 1

_log = logging.getLogger("raazdar.discord")


def guard(client: discord.Client, unreadable: Callable[[int, int], None]) -> None:
    """From now on an odd event is only noted; `unreadable` is told the channel and the id of a message."""
    parsers = client._connection.parsers
    for name, parse in list(parsers.items()):
        if name not in _NEEDED:
            parsers[name] = _guarded(name, parse, unreadable)


def _guarded(name: str, parse: Parse, unreadable: Callable[[int, int], None]) -> Parse:
    def guarded(data: Payload) -> None:
        try:
            if name == "INTERACTION_CREATE":
                _complete(data)
            parse(data)
        except Exception as error:  # noqa: BLE001 - whatever it lacks, the next event may be read
            _log.error("an event %s could not be read: %s", name, type(error).__name__)
            if name in _MESSAGES:
                unreadable(int(data["channel_id"]), int(data["id"]))

    return guarded


def _complete(data: Payload) -> None:
    """The library insists on what the bot has no use for, and looks for the channel in one place only."""
    data.setdefault("attachment_size_limit", _USUAL_SIZE_LIMIT)
    if "channel" not in data and "channel_id" in data:
        direct = {} if "guild_id" in data else {"type": _PRIVATE, "recipients": [data["user"]]}
        data["channel"] = {"id": data["channel_id"], **direct}
