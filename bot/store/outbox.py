"""What is to be done, until it is done or can't be."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.model import MessageRef, PlannedAction
from bot.ports import OutboxEntry
from bot.store.rows import planned_text, text_planned, text_time, time_text


class SqliteOutbox:
    def __init__(self, db: Database) -> None:
        self._db = db

    def plan(self, planned: PlannedAction, at: datetime) -> bool:
        ref = planned.ref
        with self._db.atomic():
            cursor = self._db.execute(
                "insert or ignore into outbox (key, platform, chat, message, planned, state, attempts, by,"
                " planned_at, due, result, actor, can_wait)"
                " values (?, ?, ?, ?, ?, 'waiting', 0, ?, ?, ?, '', ?, ?)",
                [
                    planned.key,
                    ref.platform,
                    ref.chat,
                    ref.id,
                    planned_text(planned),
                    planned.by,
                    time_text(at),
                    time_text(at),
                    planned.platform,
                    planned.can_wait,
                ],
            )
        return cursor.rowcount == 1

    def due(self, now: datetime, limit: int, platform: str | None = None) -> Sequence[OutboxEntry]:
        rows = self._db.query(
            "select * from outbox where state = 'waiting' and due <= :now"
            " and (:actor is null or actor = :actor) order by can_wait, due, number limit :limit",
            {"now": time_text(now), "actor": platform, "limit": limit},
        )
        return [_entry(row) for row in rows]

    def waiting(self) -> int:
        return self._db.table("outbox").count_where("state = 'waiting'")

    def next_due(self, platform: str | None = None) -> datetime | None:
        rows = self._db.query(
            "select min(due) as due from outbox where state = 'waiting'"
            " and (:actor is null or actor = :actor)",
            {"actor": platform},
        )
        return next((text_time(row["due"]) for row in rows if row["due"]), None)

    def done(self, key: str, result: str) -> None:
        self._settle(key, "done", result)

    def failed(self, key: str, why: str) -> None:
        self._settle(key, "failed", why)

    def retry(self, key: str, at: datetime, why: str) -> None:
        with self._db.atomic():
            self._db.execute(
                "update outbox set attempts = attempts + 1, due = ?, result = ? where key = ?",
                [time_text(at), why, key],
            )

    def drop(self, ref: MessageRef, why: str) -> None:
        with self._db.atomic():
            self._db.execute(
                "update outbox set state = 'dropped', result = ? where platform = ? and chat = ?"
                " and message = ? and state = 'waiting' and by = 'policy'",
                [why, ref.platform, ref.chat, ref.id],
            )

    def of_message(self, ref: MessageRef) -> Sequence[OutboxEntry]:
        rows = self._db.query(
            "select * from outbox where platform = ? and chat = ? and message = ? order by number",
            [ref.platform, ref.chat, ref.id],
        )
        return [_entry(row) for row in rows]

    def _settle(self, key: str, state: str, result: str) -> None:
        with self._db.atomic():
            self._db.execute(
                "update outbox set state = ?, result = ?, attempts = attempts + 1 where key = ?",
                [state, result, key],
            )


def _entry(row: Mapping[str, Any]) -> OutboxEntry:
    return OutboxEntry(
        planned=text_planned(row["planned"]),
        state=row["state"],
        attempts=row["attempts"],
        planned_at=text_time(row["planned_at"]),
        due=text_time(row["due"]),
        result=row["result"],
    )
