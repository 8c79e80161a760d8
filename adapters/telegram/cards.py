"""Cases in the moderators' chat: one card each, brought up to date in place; news reply to it."""

import asyncio
import html
import re
from weakref import WeakValueDictionary

import telegram
from telegram.error import BadRequest, ChatMigrated

from adapters.telegram.database import Database
from adapters.telegram.failures import is_gone, is_same
from adapters.telegram.moves import Moves
from adapters.telegram.numbers import has_numbers
from adapters.telegram.speaking import Speaking
from adapters.telegram.translate import PLATFORM
from bot.model import Card, CardChoice, Severity
from bot.ports import Clock, Words

_LONGEST_TITLE, _LONGEST, _LONGEST_NEWS, _LONGEST_FIRST_NEWS = 200, 3000, 4000, 400
_IN_A_ROW = 2

_SIGNS = {
    Severity.NONE: "⚪",
    Severity.LOW: "🔵",
    Severity.MEDIUM: "🟡",
    Severity.HIGH: "🟠",
    Severity.CRITICAL: "🔴",
}
_LETTERS = {
    CardChoice.ACKNOWLEDGE: "a",
    CardChoice.REMOVE: "r",
    CardChoice.LEAK: "l",
    CardChoice.FALSE_ALARM: "f",
    CardChoice.AUTHORISED: "p",
    CardChoice.PASS_UP: "u",
}
_CHOICES = {letter: choice for choice, letter in _LETTERS.items()}


def button_data(case: int, choice: CardChoice) -> str:
    """What a button carries: all that a press says, so that it needs no memory."""
    return f"k:{_LETTERS[choice]}:{case}"


def read_button(data: str) -> tuple[int, CardChoice] | None:
    """The case and the choice that a button stands for; None for a button of something else."""
    read = re.fullmatch(r"k:([a-z]):([0-9]{1,18})", data, re.ASCII)
    if read is None or read[1] not in _CHOICES:
        return None
    return int(read[2]), _CHOICES[read[1]]


def keyboard(card: Card) -> telegram.InlineKeyboardMarkup | None:
    buttons = [
        telegram.InlineKeyboardButton(label, callback_data=button_data(card.case, choice))
        for choice, label in card.choices
    ]
    rows = [buttons[start : start + _IN_A_ROW] for start in range(0, len(buttons), _IN_A_ROW)]
    return telegram.InlineKeyboardMarkup(rows) if rows else None


def text(card: Card, words: Words, message: str = "") -> str:
    """As Telegram's HTML. Addresses are written out: a button may not lead into a local network."""
    title = html.escape(card.title[:_LONGEST_TITLE], quote=False)
    body = html.escape(card.body[:_LONGEST], quote=False)
    severity = html.escape(words.text(card.language, f"severity-{card.severity.value}"), quote=False)
    head = f"{_SIGNS[card.severity]} <b>{title}</b> · {severity}"
    if message:
        message = html.escape(words.text(card.language, "telegram-message-link", link=message), quote=False)
    return "\n\n".join(part for part in (head, body, message, html.escape(card.link, quote=False)) if part)


def _says(body: str, news: str) -> bool:
    """Whether the news stand in it already, perhaps as a sentence of its own."""
    return news.strip(" .").casefold() in body.casefold()


class Cards:
    def __init__(self, db: Database, clock: Clock, speaking: Speaking, moves: Moves, words: Words) -> None:
        self._db = db
        self._clock = clock
        self._speaking = speaking
        self._moves = moves
        self._words = words
        self._locks: WeakValueDictionary[tuple[str, int], asyncio.Lock] = WeakValueDictionary()

    async def show(self, card: Card) -> None:
        """Shows a card; one with a key that was shown before changes nothing. Raises TelegramError."""
        lock = self._locks.setdefault((card.moderators.id, card.case), asyncio.Lock())
        async with lock:  # two cards of one case at the same time must not become two messages
            if self._db.row("SELECT 1 FROM sent WHERE key = ?", card.key):
                return
            try:
                await self._bring_up_to_date(card)
            except ChatMigrated as moved:
                self._moves.learn(int(card.moderators.id), moved.new_chat_id)
                await self._bring_up_to_date(card)
            self._db.change(
                "INSERT INTO sent (key, at) VALUES (?, ?)", card.key, self._clock.now().isoformat()
            )

    async def _bring_up_to_date(self, card: Card) -> None:
        chat = self._moves.now(card.moderators.id)
        shown = self._db.row(
            "SELECT message, revision FROM shown_cards WHERE number = ? AND chat = ?", card.case, chat
        )
        if shown is None:
            await self._send(card, chat)
            return
        if card.revision >= shown["revision"]:
            if not await self._is_edited(card, chat, shown["message"]):
                await self._send(card, chat)
                return
            self._keep(card, chat, shown["message"])
        if card.news:
            await self._speaking.say(chat, card.news[:_LONGEST_NEWS], answers=shown["message"])

    async def _send(self, card: Card, chat: int) -> None:
        """With its news, which nobody was told by itself."""
        text = self._text(card)
        if card.news and not _says(card.body, card.news):
            text = f"{html.escape(card.news[:_LONGEST_FIRST_NEWS], quote=False)}\n\n{text}"
        sent = await self._speaking.say(chat, text, is_html=True, buttons=keyboard(card))
        self._keep(card, sent.chat.id, sent.message_id)

    async def _is_edited(self, card: Card, chat: int, message: int) -> bool:
        """False where the card was deleted, or can't be changed any more."""
        try:
            await self._speaking.rewrite(chat, message, self._text(card), keyboard(card))
        except BadRequest as error:
            if is_same(error):
                return True
            if is_gone(error):
                return False
            raise
        return True

    def _keep(self, card: Card, chat: int, message: int) -> None:
        self._db.change(
            "INSERT OR REPLACE INTO shown_cards (number, chat, message, revision, at) VALUES (?, ?, ?, ?, ?)",
            card.case,
            chat,
            message,
            card.revision,
            self._clock.now().isoformat(),
        )

    def _text(self, card: Card) -> str:
        return text(card, self._words, self._link(card))

    def _link(self, card: Card) -> str:
        """The address of the message that a case is about; chats of other kinds have none."""
        if card.ref is None or card.ref.platform != PLATFORM:
            return ""
        chat, message = self._moves.place(card.ref)
        return f"https://t.me/c/{-chat - 1_000_000_000_000}/{message}" if has_numbers(chat) else ""
