"""What the bot has taken off chats; of an album each part by itself, for others may still come."""

from dataclasses import dataclass

from adapters.telegram.database import Database
from adapters.telegram.moves import Moves
from bot.ports import Clock


@dataclass(frozen=True, slots=True)
class Removals:
    db: Database
    clock: Clock
    moves: Moves

    def add(self, chat: int, message: int) -> None:
        ref, now = self.moves.ref(chat, message), self.clock.now().isoformat()
        self.db.change(
            "INSERT OR IGNORE INTO removed (chat, message, at) VALUES (?, ?, ?)", ref.chat, ref.id, now
        )

    def knows(self, chat: int, message: int) -> bool:
        ref = self.moves.ref(chat, message)
        found = self.db.row("SELECT 1 FROM removed WHERE chat = ? AND message = ?", ref.chat, ref.id)
        return found is not None
