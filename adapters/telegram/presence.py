"""When the bot is added to a chat, and when it is removed from one: what is written then it can't see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import telegram

from adapters.telegram.database import Database
from adapters.telegram.members import Member, is_in, may_post
from adapters.telegram.moves import Moves
from adapters.telegram.translate import PLATFORM, chat_name, person
from bot.model import ChatRef, Gap, Joined, Person
from bot.ports import Inbox

WHY = "the bot was removed from the chat"
_SAME = timedelta(minutes=1)
"""Telegram may tell of one arrival in two ways, at nearly the same time."""


@dataclass(frozen=True, slots=True)
class Presence:
    db: Database
    moves: Moves

    async def changed(self, inbox: Inbox, change: Mapping[str, Any]) -> None:
        """Somebody changed what the bot is in a chat: Telegram's object `ChatMemberUpdated`, as it came."""
        chat = telegram.Chat.de_json(change["chat"], None)
        if chat.type == telegram.Chat.PRIVATE:
            return
        at = datetime.fromtimestamp(change["date"], UTC)
        was = _is_there(change["old_chat_member"], chat.type)
        is_now = _is_there(change["new_chat_member"], chat.type)
        if is_now and not was:
            by = telegram.User.de_json(change["from"], None) if "from" in change else None
            await self._joined(inbox, chat, at, person(by) if by else None)
        elif was and not is_now:
            await self._left(inbox, chat, at)

    async def added(self, inbox: Inbox, message: telegram.Message) -> None:
        """A message says that the bot was added."""
        by = person(message.from_user) if message.from_user and not message.sender_chat else None
        await self._joined(inbox, message.chat, message.date, by)

    async def _joined(self, inbox: Inbox, chat: telegram.Chat, at: datetime, by: Person | None) -> None:
        known = ChatRef(PLATFORM, self.moves.known_as(chat.id))
        if not self._was_there(chat.id, known.id) and not self._was_greeted(chat.id, known.id, at):
            await inbox.put(Joined(known, chat_name(chat), at, by))
            self._keep(known, True, at, joined_at=at)
        else:
            self._keep(known, True, at)

    def _was_there(self, chat: int, known: str) -> bool:
        """Whether it came along when the group became this supergroup, and was not removed since."""
        row = self.db.row("SELECT is_in FROM presence WHERE chat = ?", known)
        return self.moves.before(chat) is not None and (row is None or row["is_in"])

    def _was_greeted(self, chat: int, known: str, at: datetime) -> bool:
        """Whether the chat, under whichever of its names, was joined a moment ago."""
        rows = self.db.rows(
            "SELECT joined_at FROM presence WHERE joined_at != '' AND chat IN (?, ?, ?)",
            known,
            str(chat),
            self.moves.before(chat) or known,
        )
        return any(abs(datetime.fromisoformat(row["joined_at"]) - at) < _SAME for row in rows)

    async def _left(self, inbox: Inbox, chat: telegram.Chat, at: datetime) -> None:
        known = ChatRef(PLATFORM, self.moves.known_as(chat.id))
        if self.moves.now(known.id) != chat.id:  # what is left behind when a group becomes a supergroup
            return
        if self.moves.is_configured(chat.id):
            # No message is known that came after; the time tells one removal from another.
            await inbox.put(Gap(known, at, f"removed-{int(at.timestamp())}", WHY))
        self._keep(known, False, at)

    def _keep(
        self, chat: ChatRef, is_in_it: bool, at: datetime, *, joined_at: datetime | None = None
    ) -> None:
        self.db.change(
            "INSERT INTO presence (chat, is_in, since, joined_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (chat) DO UPDATE SET is_in = excluded.is_in, since = excluded.since, "
            "joined_at = coalesce(nullif(excluded.joined_at, ''), joined_at)",
            chat.id,
            is_in_it,
            at.isoformat(),
            joined_at.isoformat() if joined_at else "",
        )


def _is_there(member: Member, chat_type: str) -> bool:
    """In a channel a bot hears and says something only as one that may post."""
    return may_post(member, chat_type) if chat_type == telegram.Chat.CHANNEL else is_in(member)
