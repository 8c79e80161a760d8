"""Cases in the moderators' chat: a card each, and what is new about a case as a reply to its first card."""

import html

import telegram
from telegram.error import ChatMigrated

from adapters.telegram import words
from adapters.telegram.database import Database
from adapters.telegram.moves import Moves
from bot.model import Card

_LONGEST_TITLE, _LONGEST = 200, 3000


def text(card: Card) -> str:
    """As Telegram's HTML. The address is written out: a button may not lead into a local network."""
    title = html.escape(card.title[:_LONGEST_TITLE], quote=False)
    body = html.escape(card.body[:_LONGEST], quote=False)
    head = f"{words.SEVERITY[card.severity]} <b>{title}</b> · {card.severity.word}"
    return "\n\n".join(part for part in (head, body, html.escape(card.link, quote=False)) if part)


class Cards:
    def __init__(self, db: Database, bot: telegram.Bot, moves: Moves) -> None:
        self._db = db
        self._bot = bot
        self._moves = moves

    async def show(self, card: Card) -> None:
        """Shows a card; one with a key that was shown before changes nothing. Raises TelegramError."""
        if self._db.row("SELECT 1 FROM cards WHERE key = ?", card.key):
            return
        try:
            sent = await self._send(card)
        except ChatMigrated as moved:
            self._moves.learn(int(card.moderators.id), moved.new_chat_id)
            sent = await self._send(card)
        self._db.change(
            "INSERT INTO cards (key, number, chat, message) VALUES (?, ?, ?, ?)",
            card.key,
            card.case,
            str(sent.chat.id),
            sent.message_id,
        )

    async def _send(self, card: Card) -> telegram.Message:
        chat = self._moves.now(card.moderators.id)
        first = self._db.row(
            "SELECT message FROM cards WHERE number = ? AND chat = ? ORDER BY message LIMIT 1",
            card.case,
            str(chat),
        )
        reply = (
            telegram.ReplyParameters(first["message"], allow_sending_without_reply=True) if first else None
        )
        return await self._bot.send_message(
            chat,
            text(card),
            parse_mode="HTML",
            reply_parameters=reply,
            link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
        )
