"""Who belongs to a chat, and what he may do there, as Telegram says."""

from collections.abc import Mapping
from typing import Any

import telegram
from telegram.error import TelegramError

from adapters.telegram.failures import is_no_member
from adapters.telegram.raw import ask

Member = Mapping[str, Any]
"""Telegram's object `ChatMember`."""

_ADMINISTRATORS = frozenset({telegram.ChatMember.OWNER, telegram.ChatMember.ADMINISTRATOR})
_IN = _ADMINISTRATORS | {telegram.ChatMember.MEMBER}


async def member(bot: telegram.Bot, chat: int, person: int) -> Member:
    """Raises TelegramError."""
    found = await ask(bot, "getChatMember", chat_id=chat, user_id=person)
    if not isinstance(found, dict):
        raise TelegramError("no member was told")
    return found


async def belongs(bot: telegram.Bot, chat: int, person: int) -> bool:
    """Whether a person belongs to a chat. Raises TelegramError where that can't be found out."""
    try:
        return is_in(await member(bot, chat, person))
    except TelegramError as error:
        if is_no_member(error):
            return False
        raise


def is_in(member: Member) -> bool:
    return member.get("status") in _IN or member.get("is_member") is True


def is_administrator(member: Member) -> bool:
    return member.get("status") in _ADMINISTRATORS


def may_delete(member: Member) -> bool:
    return member.get("status") == telegram.ChatMember.OWNER or member.get("can_delete_messages") is True


def may_post(member: Member, chat_type: str) -> bool:
    """Whether a bot can write in the chat."""
    if chat_type == telegram.Chat.CHANNEL:
        return member.get("can_post_messages") is True
    if member.get("status") == telegram.ChatMember.RESTRICTED:
        return is_in(member) and member.get("can_send_messages") is True
    return is_in(member)
