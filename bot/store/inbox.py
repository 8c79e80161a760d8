"""What has come in and is to be dealt with, once each and in order."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.ports import InboxEntry, Lane
from bot.store.rows import time_text


class SqliteInbox:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self, about: str, sealed: bytes, at: datetime, lane: Lane = Lane.QUICK, subject: str = ""
    ) -> bool:
        with self._db.atomic():
            cursor = self._db.execute(
                "insert or ignore into inbox (about, sealed, received_at, state, lane, subject)"
                " values (?, ?, ?, 'waiting', ?, ?)",
                [about, sealed, time_text(at), lane.value, subject],
            )
        return cursor.rowcount == 1

    def waiting(
        self, limit: int, lane: Lane = Lane.QUICK, besides: Collection[int] = ()
    ) -> Sequence[InboxEntry]:
        marks = ", ".join("?" for _ in besides)
        rows = self._db.query(
            f"""
            select number, sealed, about from inbox as this where state = 'waiting' and lane = ?
              and number not in ({marks}) and not exists (
                select 1 from inbox as earlier where earlier.state = 'waiting' and earlier.subject != ''
                  and earlier.subject = this.subject and earlier.number < this.number
                  and 'slow' in (earlier.lane, this.lane)
              )
            order by number limit ?
            """,  # noqa: S608 - only question marks are filled in
            [lane.value, *besides, limit],
        )
        return [_entry(row) for row in rows]

    def waiting_about(self, about: str) -> InboxEntry | None:
        rows = self._db.query(
            "select number, sealed, about from inbox where about = ? and state = 'waiting'", [about]
        )
        return next(map(_entry, rows), None)

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


def _entry(row: Mapping[str, Any]) -> InboxEntry:
    return InboxEntry(row["number"], row["sealed"], row["about"])
