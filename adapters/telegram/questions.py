"""What the bot asked somebody in his direct chat, and what he answers to."""

from dataclasses import dataclass

import telegram

from adapters.telegram.database import Database
from adapters.telegram.speaking import Speaking
from adapters.telegram.translate import ref
from bot.model import MessageRef
from bot.ports import Clock

_LONGEST_HINT = 64


@dataclass(frozen=True, slots=True)
class Question:
    """`target` is the message whose letter was asked for; None where something to check was."""

    asked_by: str
    target: MessageRef | None


@dataclass(frozen=True, slots=True)
class Questions:
    db: Database
    speaking: Speaking
    clock: Clock

    async def ask(self, asked_by: str, person: int, text: str, hint: str, target: MessageRef | None) -> None:
        """Asks once for each press or update that calls for it. Raises TelegramError."""
        if self.db.row("SELECT 1 FROM questions WHERE press = ? AND prompt IS NOT NULL", asked_by):
            return
        field = telegram.ForceReply(input_field_placeholder=hint[:_LONGEST_HINT] or None)
        prompt = await self.speaking.say(person, text, buttons=field)
        self.db.change(
            "INSERT OR REPLACE INTO questions (press, person, prompt, chat, message, at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            asked_by,
            person,
            prompt.message_id,
            target.chat if target else "",
            target.id if target else "",
            self.clock.now().isoformat(),
        )

    def answered(self, person: int, answered: telegram.Message | None) -> Question | None:
        """The question that is meant: what was replied to says so, or else it is the last."""
        rows = self.db.rows("SELECT * FROM questions WHERE person = ? ORDER BY prompt DESC", person)
        meant = [row for row in rows if answered and row["prompt"] == answered.message_id] or rows
        if not meant:
            return None
        row = meant[0]
        return Question(row["press"], ref(row["chat"], row["message"]) if row["chat"] else None)

    def close(self, question: Question) -> None:
        """Together with all others about the same message."""
        if question.target is None:
            self.db.change("DELETE FROM questions WHERE press = ?", question.asked_by)
        else:
            self.db.change(
                "DELETE FROM questions WHERE chat = ? AND message = ?",
                question.target.chat,
                question.target.id,
            )
