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
        row = self.db.row("SELECT since FROM presence WHERE chat = ? AND is_in", known.id)
        has_moved = known.id != str(chat.id)
        if row and (has_moved or abs(datetime.fromisoformat(row["since"]) - at) < _SAME):
            return
        await inbox.put(Joined(known, chat_name(chat), at, by))
        self._keep(known, True, at)

    async def _left(self, inbox: Inbox, chat: telegram.Chat, at: datetime) -> None:
        known = ChatRef(PLATFORM, self.moves.known_as(chat.id))
        if self.moves.now(known.id) != chat.id:  # what is left behind when a group becomes a supergroup
            return
        if self.moves.is_configured(chat.id):
            # No message is known that came after; the time tells one removal from another.
            await inbox.put(Gap(known, at, f"removed-{int(at.timestamp())}", WHY))
        self._keep(known, False, at)

    def _keep(self, chat: ChatRef, is_in_it: bool, at: datetime) -> None:
        self.db.change(
            "INSERT OR REPLACE INTO presence (chat, is_in, since) VALUES (?, ?, ?)",
            chat.id,
            is_in_it,
            at.isoformat(),
        )


def _is_there(member: Member, chat_type: str) -> bool:
    """In a channel a bot hears and says something only as one that may post."""
    return may_post(member, chat_type) if chat_type == telegram.Chat.CHANNEL else is_in(member)
