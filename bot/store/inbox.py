"""What has come in and is to be dealt with, once each and in order."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.ports import InboxEntry
from bot.store.rows import time_text


class SqliteInbox:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, about: str, sealed: bytes, at: datetime) -> bool:
        with self._db.atomic():
            cursor = self._db.execute(
                "insert or ignore into inbox (about, sealed, received_at, state) values (?, ?, ?, 'waiting')",
                [about, sealed, time_text(at)],
            )
        return cursor.rowcount == 1

    def waiting(self, limit: int) -> Sequence[InboxEntry]:
        rows = self._db.query(
            "select number, sealed, about from inbox where state = 'waiting' order by number limit ?", [limit]
        )
        return [InboxEntry(row["number"], row["sealed"], row["about"]) for row in rows]

    def finish(self, number: int) -> None:
        with self._db.atomic():
            self._db.execute("update inbox set state = 'finished', sealed = null where number = ?", [number])

    def put_aside(self, number: int, why: str) -> None:
        with self._db.atomic():
            self._db.execute("update inbox set state = 'aside', why = ? where number = ?", [why, number])

    def is_finished(self, about: str) -> bool:
        rows = self._db.query("select 1 from inbox where about = ? and state != 'waiting'", [about])
        return bool(list(rows))

    def counts(self) -> Mapping[str, int]:
        counted = {
            row["state"]: row["n"]
            for row in self._db.query("select state, count(*) as n from inbox group by state")
        }
        return {state: counted.get(state, 0) for state in ("waiting", "finished", "aside")}
