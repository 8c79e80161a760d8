"""What was said in the last minutes, sealed, so that a restart does not forget the start of a run."""

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.ports import RunEntry
from bot.store.rows import time_text


class SqliteRuns:
    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, entry: RunEntry, at: datetime) -> None:
        with self._db.atomic():
            self._db.execute(
                "insert or replace into runs (about, sealed, is_told, at) values (?, ?, ?, ?)",
                [entry.about, entry.sealed, entry.is_told, time_text(at)],
            )

    def forget(self, before: datetime) -> None:
        with self._db.atomic():
            self._db.execute("delete from runs where at < ?", [time_text(before)])

    def kept(self) -> Sequence[RunEntry]:
        rows = self._db.query("select about, sealed, is_told from runs order by at, number")
        return [RunEntry(row["about"], row["sealed"], bool(row["is_told"])) for row in rows]
