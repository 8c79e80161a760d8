"""Groups that became supergroups: under another id, with messages that are counted from 1 again."""

import re
from collections.abc import Collection

from adapters.telegram.database import Database
from adapters.telegram.translate import PLATFORM, ref
from bot.model import ChatRef, MessageRef
from bot.ports import PlatformRefused


class Moves:
    """Finds the name that the product knows a chat and a message by, and the numbers that Telegram does.

    A group that was told of keeps its id in the product, and with it its settings, its cases and its authors'
    history. A message of the supergroup that it became bears both numbers, `-1001234567890/57`: the number
    alone may have been that of a message of the group.
    """

    def __init__(self, db: Database, chats: Collection[ChatRef]) -> None:
        self._db = db
        self._configured = {chat.id for chat in chats if chat.platform == PLATFORM}

    def groups(self) -> list[int]:
        """The groups of which no move is known; the numbers of supergroups start with -100."""
        moved = {row["old"] for row in self._db.rows("SELECT old FROM moves")}
        return [
            int(id_)
            for id_ in sorted(self._configured - moved)
            if re.fullmatch(r"-[0-9]{1,15}", id_) and not re.fullmatch(r"-100[0-9]{10,}", id_)
        ]

    def learn(self, old: int, new: int) -> None:
        self._db.change("INSERT OR REPLACE INTO moves (old, new) VALUES (?, ?)", str(old), str(new))

    def is_configured(self, chat: int) -> bool:
        return self.known_as(chat) in self._configured

    def known_as(self, chat: int) -> str:
        """The chat's id in the product."""
        id_ = str(chat)
        if id_ in self._configured:
            return id_
        row = self._db.row("SELECT old FROM moves WHERE new = ?", id_)
        return row["old"] if row and row["old"] in self._configured else id_

    def before(self, chat: int) -> str | None:
        """The id of the group that became this supergroup, as far as that is known."""
        row = self._db.row("SELECT old FROM moves WHERE new = ?", str(chat))
        return row["old"] if row else None

    def ref(self, chat: int, message: int) -> MessageRef:
        known = self.known_as(chat)
        return ref(known, str(message) if known == str(chat) else f"{chat}/{message}")

    def place(self, target: MessageRef) -> tuple[int, int]:
        """Telegram's numbers of a message. Raises PlatformRefused where it can have none."""
        chat, slash, message = target.id.rpartition("/")
        return number(chat if slash else target.chat), number(message)

    def now(self, chat: str) -> int:
        """The id under which a chat can be written to today."""
        row = self._db.row("SELECT new FROM moves WHERE old = ?", chat)
        return number(row["new"] if row else chat)


def number(id_: str) -> int:
    """Raises PlatformRefused where it is none."""
    digits = id_.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        raise PlatformRefused(
            f"Telegram's chats and messages have numbers, and {id_!r} is none; check the chat's id."
        )
    return int(id_)
