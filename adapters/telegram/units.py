"""Puts updates into the order in which they can be dealt with: one by one, but an album as a whole. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import telegram

from adapters.telegram.albums import LARGEST

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
)
"""The updates that are asked for."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An update that the library can't read, as it came."""

    update_id: int
    raw: Mapping[str, Any]


Update = telegram.Update | Unread
Unit = tuple[Update, ...]


def read(raw: Mapping[str, Any], bot: telegram.Bot) -> Update:
    """An update as the library's object. Raises ValueError where it is none at all."""
    number = raw.get("update_id")
    if not isinstance(number, int):
        raise ValueError("an update without a number")
    for known in (raw, *_pressed(raw)):
        try:
            return whole(telegram.Update.de_json(dict(known), bot))
        except Exception:  # noqa: BLE001, S112 - whatever is in an update, it must not hold up those after it
            continue
    return Unread(number, raw)


def whole(update: telegram.Update) -> Update:
    """The update, if what everything here hangs on is there: the library leaves out what it is not told."""
    told: Any = update.my_chat_member or message_of(update)
    place = getattr(told, "chat", None)
    if told and (place is None or not isinstance(place.id, int)):
        return Unread(update.update_id, update.to_dict())
    message = message_of(update)
    if message and not isinstance(message.message_id, int):
        return Unread(update.update_id, update.to_dict())
    query = update.callback_query
    if query and (query.from_user is None or (query.message and query.message.chat is None)):
        return Unread(update.update_id, update.to_dict())
    return update


def _pressed(raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The press of a button, with no more of the message above it than its place."""
    query = raw.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    if isinstance(query, dict) and isinstance(message, dict):
        place = {"chat": message.get("chat"), "message_id": message.get("message_id"), "date": 0}
        yield {"update_id": raw["update_id"], "callback_query": query | {"message": place}}


def message_of(update: telegram.Update) -> telegram.Message | None:
    return update.message or update.edited_message or update.channel_post or update.edited_channel_post


def is_edit(update: telegram.Update) -> bool:
    return bool(update.edited_message or update.edited_channel_post)


def lane(update: Update) -> int:
    """The chat that an update is of: only within a chat does the order matter."""
    if isinstance(update, Unread):
        return _chat_of(update.raw)
    if update.my_chat_member:
        return update.my_chat_member.chat.id
    if update.callback_query:
        return update.callback_query.from_user.id
    message = message_of(update)
    return message.chat.id if message else 0


def _chat_of(raw: Mapping[str, Any]) -> int:
    for told in raw.values():
        chat = told.get("chat") if isinstance(told, dict) else None
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            return int(chat["id"])
    return 0


def album(update: Update) -> tuple[int, str] | None:
    """The chat and the name of the album of which an update tells a new part."""
    if isinstance(update, Unread) or is_edit(update):
        return None
    message = message_of(update)
    return (message.chat.id, message.media_group_id) if message and message.media_group_id else None


def lanes(updates: Sequence[Update], settled: Collection[tuple[int, str]]) -> list[list[Unit]]:
    """By chat, what can be dealt with now, in order.

    An album to which parts may still come is left for later, with all that follows it in its chat; `settled`
    names those to which nothing came for a while.
    """
    parts: dict[tuple[int, str], list[Update]] = {}
    for update in updates:
        if name := album(update):
            parts.setdefault(name, []).append(update)
    ready: dict[int, list[Unit]] = {}
    waiting: set[int] = set()
    for update in updates:
        chat, name = lane(update), album(update)
        if chat in waiting or (name and parts[name][0] is not update):
            continue
        if name and name not in settled and len(parts[name]) < LARGEST:
            waiting.add(chat)
        else:
            ready.setdefault(chat, []).append(tuple(parts[name]) if name else (update,))
    return list(ready.values())


def after(offset: int | None, updates: Sequence[Update], done: Collection[int]) -> int | None:
    """The number from which on updates are asked for: it confirms all below, so all below must be done."""
    for update in updates:
        if update.update_id not in done:
            break
        offset = update.update_id + 1
    return offset
