"""What the bot posts in chats: a message again, in its author's name, and what it has to say itself."""

import html
from dataclasses import dataclass

from adapters.telegram.enclosing import Enclosing, batches
from adapters.telegram.moves import Moves
from adapters.telegram.speaking import Speaking, pieces
from adapters.telegram.topics import Topics
from bot.model import Announcement, Posting

_LONGEST_PIECE, _LONGEST_NAME, _LONGEST_NOTE = 3400, 200, 400
"""Telegram takes 4096 characters together."""


@dataclass(frozen=True, slots=True)
class Postings:
    speaking: Speaking
    moves: Moves
    topics: Topics
    enclosing: Enclosing

    async def repost(self, posting: Posting) -> None:
        """Posts each part that was not posted before. Raises TelegramError."""
        topic = self.topics.of(*self.moves.place(posting.ref))
        for number, part in enumerate(parts(posting)):
            chat = self.moves.now(posting.ref.chat)
            await self.speaking.say_once(f"{posting.key} {number}", chat, part, is_html=True, topic=topic)
        for number, batch in enumerate(batches(posting.attachments)):
            chat = self.moves.now(posting.ref.chat)
            await self.enclosing.send_once(f"{posting.key} files {number}", chat, batch, topic)

    async def announce(self, announcement: Announcement) -> None:
        """Raises TelegramError."""
        for number, part in enumerate(pieces(_without_mentions(announcement.text))):
            place = self.moves.now(announcement.chat.id)
            await self.speaking.say_once(f"{announcement.key} {number}", place, part)


def parts(posting: Posting) -> list[str]:
    """As Telegram's HTML, in as many messages as it takes."""
    name = html.escape(
        _without_mentions(posting.author.name or posting.author.id)[:_LONGEST_NAME], quote=False
    )
    note = html.escape(posting.note[:_LONGEST_NOTE], quote=False)
    text = posting.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    found = [html.escape(piece, quote=False) for piece in pieces(text, _LONGEST_PIECE)] or [""]
    found[0] = f"<b>{name}</b>\n{found[0]}".rstrip()
    if note:
        found[-1] = f"{found[-1]}\n\n<i>{note}</i>"
    return found


def _without_mentions(text: str) -> str:
    """The same to the eye; whoever is named in it is not called."""
    return text.replace("@", "@\u2060")
