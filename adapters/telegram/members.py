"""Who belongs to a chat, and what he may do there, as Telegram says."""

import telegram
from telegram.error import TelegramError

from adapters.telegram.failures import is_no_member

_IN = frozenset({telegram.ChatMember.OWNER, telegram.ChatMember.ADMINISTRATOR, telegram.ChatMember.MEMBER})


def is_in(member: telegram.ChatMember) -> bool:
    return member.status in _IN or bool(getattr(member, "is_member", False))


def may_delete(member: telegram.ChatMember) -> bool:
    return member.status == telegram.ChatMember.OWNER or bool(getattr(member, "can_delete_messages", False))


def may_post(member: telegram.ChatMember, chat_type: str) -> bool:
    """Whether a bot can write in the chat."""
    if chat_type == telegram.Chat.CHANNEL:
        return bool(getattr(member, "can_post_messages", False))
    if member.status == telegram.ChatMember.RESTRICTED:
        return is_in(member) and bool(getattr(member, "can_send_messages", False))
    return is_in(member)


async def belongs(bot: telegram.Bot, chat: int, person: int) -> bool:
    """Whether a person belongs to a chat. Raises TelegramError where that can't be found out."""
    try:
        return is_in(await bot.get_chat_member(chat, person))
    except TelegramError as error:
        if is_no_member(error):
            return False
        raise
