"""Who could ever read what is said to him alone: people, but no bots, and nobody who speaks for a chat."""

from dataclasses import dataclass

import telegram

from adapters.telegram.database import Database
from bot.ports import Clock

_TELEGRAM_ITSELF = "777000"
"""Brings what is posted in a channel into its discussion group."""


@dataclass(frozen=True, slots=True)
class Readers:
    db: Database
    clock: Clock

    def saw(self, message: telegram.Message) -> None:
        """Takes note of the bots among those who write."""
        if message.from_user and message.from_user.is_bot:
            self.can_not_read(str(message.from_user.id))

    def can_not_read(self, person: str) -> None:
        now = self.clock.now().isoformat()
        self.db.change("INSERT OR REPLACE INTO no_readers (person, at) VALUES (?, ?)", person, now)

    def can_read(self, person: str) -> bool:
        """Channels, and admins who speak for their group, have the numbers of chats, which are negative."""
        if not person.isdigit() or person == _TELEGRAM_ITSELF:
            return False
        return self.db.row("SELECT 1 FROM no_readers WHERE person = ?", person) is None
