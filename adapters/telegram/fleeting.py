"""Messages of the bot that remove themselves after a while, also when it was restarted meanwhile."""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta

import telegram
from telegram.error import BadRequest, Forbidden, TelegramError

from adapters.telegram.database import Database
from bot.ports import Clock

_PAUSE = timedelta(seconds=10)
_log = logging.getLogger("raazdar.telegram")


class Fleeting:
    def __init__(self, db: Database, bot: telegram.Bot, clock: Clock) -> None:
        self._db = db
        self._bot = bot
        self._clock = clock
        self._news = asyncio.Event()

    def add(self, chat: int, message: int, seconds: float, notice: str) -> None:
        """`notice` is the key of what the message is about."""
        due = self._clock.now() + timedelta(seconds=seconds)
        self._db.change(
            "INSERT OR REPLACE INTO fleeting (chat, message, due, notice) VALUES (?, ?, ?, ?)",
            chat,
            message,
            due.isoformat(),
            notice,
        )
        self._news.set()

    def hasten(self, notice: str) -> None:
        """Lets go at once what is about a notice."""
        self._db.change("UPDATE fleeting SET due = ? WHERE notice = ?", self._clock.now().isoformat(), notice)
        self._news.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._news.clear()
            row = self._db.row("SELECT * FROM fleeting ORDER BY due LIMIT 1")
            wait = None
            if row:
                wait = (datetime.fromisoformat(row["due"]) - self._clock.now()).total_seconds()
                if wait <= 0:
                    await self._remove(row["chat"], row["message"])
                    continue
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), wait)

    async def _remove(self, chat: int, message: int) -> None:
        try:
            await self._bot.delete_message(chat, message)
        except (BadRequest, Forbidden):
            _log.info("a note in a chat could not be removed; it may be gone already")
        except TelegramError:
            later = (self._clock.now() + _PAUSE).isoformat()
            self._db.change(
                "UPDATE fleeting SET due = ? WHERE chat = ? AND message = ?", later, chat, message
            )
            return
        self._db.change("DELETE FROM fleeting WHERE chat = ? AND message = ?", chat, message)
