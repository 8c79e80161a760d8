"""What Discord tells in a form that its library does not expect must not end the connection."""

import logging
from collections.abc import Callable, MutableMapping
from typing import Any

import discord

Payload = MutableMapping[str, Any]
Parse = Callable[[Any], None]
Told = Callable[[int, int], None]
"""Takes the channel and the id of a message."""

_NEEDED = {"READY", "RESUMED"}
_WHOLE = {"author", "content", "edited_timestamp", "attachments", "embeds", "timestamp"}
"""What a change must have to be taken for the whole message."""

_USUAL_SIZE_LIMIT = 10 * 1024 * 1024
_PRIVATE = 1

_log = logging.getLogger("raazdar.discord")


def guard(client: discord.Client, unreadable: Told, partly: Told) -> None:
    """From now on an odd event is only noted.

    `unreadable` is told of a message, and `partly` of a change to one, of which only so much is known.
    """
    parsers = client._connection.parsers
    told = {"MESSAGE_CREATE": unreadable, "MESSAGE_UPDATE": partly}
    for name, parse in list(parsers.items()):
        if name not in _NEEDED:
            parsers[name] = _guarded(name, parse, told.get(name))


def _guarded(name: str, parse: Parse, told: Told | None) -> Parse:
    def guarded(data: Payload) -> None:
        try:
            if name == "INTERACTION_CREATE":
                _complete(data)
            if name == "MESSAGE_UPDATE" and not data.keys() >= _WHOLE:
                _tell(told, data)
            else:
                parse(data)
        except Exception as error:  # noqa: BLE001 - whatever it lacks, the next event may be read
            _log.error("an event %s could not be read: %s", name, type(error).__name__)
            _tell(told, data)

    return guarded


def _tell(told: Told | None, data: Payload) -> None:
    if told and {"channel_id", "id"} <= data.keys():
        told(int(data["channel_id"]), int(data["id"]))


def _complete(data: Payload) -> None:
    """The library insists on what the bot has no use for, and looks for the channel in one place only."""
    data.setdefault("attachment_size_limit", _USUAL_SIZE_LIMIT)
    if "channel" not in data and "channel_id" in data:
        direct = {} if "guild_id" in data else {"type": _PRIVATE, "recipients": [data["user"]]}
        data["channel"] = {"id": data["channel_id"], **direct}
