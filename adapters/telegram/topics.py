"""In which topic of a forum a message stood, so that it can be posted there again."""

from dataclasses import dataclass

import telegram

from adapters.telegram import translate
from adapters.telegram.database import Database
from bot.ports import Clock


@dataclass(frozen=True, slots=True)
class Topics:
    db: Database
    clock: Clock

    def saw(self, message: telegram.Message) -> None:
        topic = translate.topic(message)
        if topic is not None:
            self.db.change(
                "INSERT OR IGNORE INTO topics (chat, message, topic, at) VALUES (?, ?, ?, ?)",
                message.chat.id,
                message.message_id,
                topic,
                self.clock.now().isoformat(),
            )

    def of(self, chat: int, message: int) -> int | None:
        row = self.db.row("SELECT topic FROM topics WHERE chat = ? AND message = ?", chat, message)
        return row["topic"] if row else None
