"""How the bot writes into chats: found again where a group moved, and its own numbers remembered."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import telegram
from telegram.error import BadRequest, ChatMigrated, TelegramError

from adapters.telegram.database import Database
from adapters.telegram.failures import is_topic_gone
from adapters.telegram.moves import Moves
from adapters.telegram.numbers import Numbers
from bot.ports import Clock

_NO_PREVIEW = telegram.LinkPreviewOptions(is_disabled=True)
_LONGEST = 4096

Send = Callable[[int, int | None], Awaitable[Sequence[telegram.Message]]]


@dataclass(frozen=True, slots=True)
class Speaking:
    db: Database
    clock: Clock
    bot: telegram.Bot
    moves: Moves
    numbers: Numbers

    async def say(
        self,
        chat: int,
        text: str,
        *,
        is_html: bool = False,
        buttons: telegram.InlineKeyboardMarkup | telegram.ForceReply | None = None,
        answers: int | None = None,
        topic: int | None = None,
        is_silent: bool = False,
    ) -> telegram.Message:
        """`answers` is a message to reply to, and `topic` where to write, if these are still there.

        Raises TelegramError.
        """

        async def send(place: int, topic: int | None) -> Sequence[telegram.Message]:
            reply = None
            if answers and place == chat:
                reply = telegram.ReplyParameters(answers, allow_sending_without_reply=True)
            sent = await self.bot.send_message(
                place,
                text,
                parse_mode="HTML" if is_html else None,
                reply_markup=buttons,
                reply_parameters=reply,
                message_thread_id=topic,
                link_preview_options=_NO_PREVIEW,
                disable_notification=is_silent or None,
            )
            return [sent]

        (sent,) = await self.post(chat, topic, send)
        return sent

    async def say_once(
        self,
        key: str,
        chat: int,
        text: str,
        *,
        is_html: bool = False,
        buttons: telegram.InlineKeyboardMarkup | None = None,
        answers: int | None = None,
        topic: int | None = None,
    ) -> None:
        """The same; what was sent under this key before is not sent again."""
        if self.was_sent(key):
            return
        await self.say(chat, text, is_html=is_html, buttons=buttons, answers=answers, topic=topic)
        self.keep_sent(key)

    async def post(self, chat: int, topic: int | None, send: Send) -> Sequence[telegram.Message]:
        """Posts by `send`, which is told in which chat and topic: where the group moved to, if it did."""
        try:
            return await self._counted(chat, topic, send)
        except ChatMigrated as moved:
            self.moves.learn(chat, moved.new_chat_id)
            return await self._counted(moved.new_chat_id, None, send)
        except BadRequest as error:
            if topic is None or not is_topic_gone(error):
                raise
            return await self._counted(chat, None, send)

    async def _counted(self, chat: int, topic: int | None, send: Send) -> Sequence[telegram.Message]:
        async with self.numbers.sending(chat):
            messages = await send(chat, topic)
            for message in messages:
                self.numbers.sent(chat, message.message_id)
        return messages

    def was_sent(self, key: str) -> bool:
        return self.db.row("SELECT 1 FROM sent WHERE key = ?", key) is not None

    def keep_sent(self, key: str) -> None:
        self.db.change("INSERT INTO sent (key, at) VALUES (?, ?)", key, self.clock.now().isoformat())

    async def rewrite(
        self, chat: int, message: int, text: str, buttons: telegram.InlineKeyboardMarkup | None
    ) -> None:
        """Changes a message of the bot's own, in Telegram's HTML. Raises TelegramError."""
        await self.bot.edit_message_text(
            text, chat, message, parse_mode="HTML", reply_markup=buttons, link_preview_options=_NO_PREVIEW
        )

    async def is_taken_off(self, chat: int, message: int) -> bool:
        """Removes a message where the bot may; whether it could."""
        try:
            await self.bot.delete_message(chat, message)
        except TelegramError:
            return False
        return True


def pieces(text: str, longest: int = _LONGEST) -> list[str]:
    """A text in parts that Telegram takes, which counts in UTF-16; cut at the end of a line or word."""
    found: list[str] = []
    rest = text.strip()
    while _length(rest) > longest:
        cut = longest
        while _length(rest[:cut]) > longest:
            cut -= _length(rest[:cut]) - longest + 1 >> 1 or 1
        for end in (rest.rfind("\n", cut // 2, cut), rest.rfind(" ", cut // 2, cut)):
            if end > 0:
                cut = end
                break
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [piece for piece in (*found, rest) if piece]


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
