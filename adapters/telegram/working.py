"""Lets a person see that the bot is at work for him, where that takes longer than a moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import telegram
from telegram.constants import ChatAction
from telegram.error import TelegramError

_PATIENCE = 1.0
_SHOWN_FOR = 4.5
"""Seconds after which Telegram stops showing that somebody is typing, less a little."""


@asynccontextmanager
async def seen_at_work(bot: telegram.Bot, chat: int) -> AsyncIterator[None]:
    """Meanwhile the chat shows that the bot is typing. Where that fails, nothing else does."""
    showing = asyncio.create_task(_show(bot, chat))
    try:
        yield
    finally:
        showing.cancel()


async def _show(bot: telegram.Bot, chat: int) -> None:
    await asyncio.sleep(_PATIENCE)
    while True:
        with suppress(TelegramError):
            await bot.send_chat_action(chat, ChatAction.TYPING)
        await asyncio.sleep(_SHOWN_FOR)
