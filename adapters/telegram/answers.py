"""What authors answer to their notices: a press of a button, and a letter's number where one is asked for."""

import logging
from collections.abc import Awaitable
from datetime import datetime

import telegram
from telegram.error import TelegramError

from adapters.telegram import words
from adapters.telegram.database import Database
from adapters.telegram.notices import Notices, read_button
from adapters.telegram.translate import person, ref
from bot.model import Answer, Choice, MessageRef
from bot.ports import Clock, Inbox

_LONGEST_LETTER = 200
_log = logging.getLogger("raazdar.telegram")


class Answers:
    """What is said back to the author is a courtesy: where it fails, his answer counts all the same."""

    def __init__(self, db: Database, bot: telegram.Bot, clock: Clock, notices: Notices) -> None:
        self._db = db
        self._bot = bot
        self._clock = clock
        self._notices = notices

    async def pressed(self, query: telegram.CallbackQuery, inbox: Inbox) -> None:
        read = read_button(query.data or "")
        if read is None:
            await _try(query.answer())
            return
        chat, message, choice = read
        target = ref(chat, message)
        shown = self._notices.latest(target)
        if shown:
            is_author = shown.notice.author.id == str(query.from_user.id)
        else:  # notices are shown in direct chats, each to its author
            is_author = query.message is not None and query.message.chat.id == query.from_user.id
        if not is_author:
            await _try(query.answer(words.NOT_YOURS, show_alert=True))
        elif shown and (shown.answer or not shown.notice.choices):
            await _try(query.answer(words.THANKS))
        elif choice is Choice.AUTHORISED:
            await self._ask_letter(query, target)
            await _try(query.answer())
        else:
            at = self._pressed_at(query.id)
            await inbox.put(Answer(target, at, person(query.from_user), choice))
            if shown:
                await self._notices.mark_answered(shown, choice)
            await _try(query.answer(words.THANKS))

    async def written(self, message: telegram.Message, inbox: Inbox) -> None:
        """Something that was written to the bot alone: a letter's number, or the start."""
        writer, text = message.from_user, (message.text or message.caption or "").strip()
        if writer is None or not text:
            return
        if text.split()[0].partition("@")[0] == "/start":
            try:
                if not await self._notices.deliver_waiting(writer):
                    await self._bot.send_message(writer.id, words.HELLO)
            except TelegramError:
                _log.info("somebody who started the bot could not be answered")
        elif not text.startswith("/") and (target := self._question(writer.id, message.reply_to_message)):
            letter = text[:_LONGEST_LETTER]
            await inbox.put(Answer(target, message.date, person(writer), Choice.AUTHORISED, letter))
            self._db.change(
                "DELETE FROM questions WHERE person = ? AND chat = ? AND message = ?",
                writer.id,
                target.chat,
                target.id,
            )
            if shown := self._notices.latest(target):
                await self._notices.mark_answered(shown, Choice.AUTHORISED)
            await _try(self._bot.send_message(writer.id, words.LETTER_TAKEN))

    async def _ask_letter(self, query: telegram.CallbackQuery, target: MessageRef) -> None:
        if self._db.row("SELECT 1 FROM questions WHERE press = ? AND prompt IS NOT NULL", query.id):
            return
        try:
            prompt = await self._bot.send_message(
                query.from_user.id,
                words.ASK_LETTER,
                reply_markup=telegram.ForceReply(input_field_placeholder="F.1(1)/2026"),
            )
        except TelegramError:
            _log.info("somebody could not be asked for a letter's number; he may press again")
            return
        self._db.change(
            "INSERT OR REPLACE INTO questions (press, person, prompt, chat, message) VALUES (?, ?, ?, ?, ?)",
            query.id,
            query.from_user.id,
            prompt.message_id,
            target.chat,
            target.id,
        )

    def _question(self, person: int, answered: telegram.Message | None) -> MessageRef | None:
        """What a letter's number is about: what it was an answer to says so, or else the last question."""
        rows = self._db.rows("SELECT * FROM questions WHERE person = ? ORDER BY prompt DESC", person)
        meant = [row for row in rows if answered and row["prompt"] == answered.message_id] or rows
        return ref(meant[0]["chat"], meant[0]["message"]) if meant else None

    def _pressed_at(self, press: str) -> datetime:
        """When a button was pressed, the same if the press is told again; Telegram itself does not say."""
        self._db.change(
            "INSERT OR IGNORE INTO presses (id, at) VALUES (?, ?)", press, self._clock.now().isoformat()
        )
        (row,) = self._db.rows("SELECT at FROM presses WHERE id = ?", press)
        return datetime.fromisoformat(row["at"])


async def _try(courtesy: Awaitable[object]) -> None:
    try:
        await courtesy
    except TelegramError:
        _log.info("an answer to somebody could not be shown")
