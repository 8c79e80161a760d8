"""What people asked and pressed, so that the same told again is not answered twice."""

from dataclasses import dataclass
from datetime import datetime

from adapters.telegram.database import Database
from bot.ports import Clock


@dataclass(frozen=True, slots=True)
class Heard:
    db: Database
    clock: Clock

    def pressed_at(self, press: str) -> datetime:
        """When a button was pressed, the same if the press is told again; Telegram itself does not say."""
        now = self.clock.now().isoformat()
        self.db.change("INSERT OR IGNORE INTO presses (id, at) VALUES (?, ?)", press, now)
        (row,) = self.db.rows("SELECT at FROM presses WHERE id = ?", press)
        return datetime.fromisoformat(row["at"])

    def is_answered(self, asked: str) -> bool:
        return self.db.row("SELECT 1 FROM answered WHERE id = ?", asked) is not None

    def answered(self, asked: str) -> None:
        now = self.clock.now().isoformat()
        self.db.change("INSERT OR IGNORE INTO answered (id, at) VALUES (?, ?)", asked, now)
