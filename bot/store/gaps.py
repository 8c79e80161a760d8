"""Messages that the bot knows it has not seen."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from bot.model import ChatRef, Gap
from bot.store.rows import text_time, time_text


class SqliteGaps:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, gap: Gap, *, is_told: bool) -> None:
        chat = gap.chat
        with self._db.atomic():
            self._db.execute(
                "insert into gaps (platform, chat, at, before, why, missing, is_told)"
                " values (?, ?, ?, ?, ?, ?, ?)",
                [chat.platform, chat.id, time_text(gap.at), gap.before, gap.why, gap.missing, is_told],
            )

    def list(self, limit: int) -> Sequence[Gap]:
        rows = self._db.query("select * from gaps order by at desc, number desc limit ?", [limit])
        return [_gap(row) for row in rows]

    def newest_told(self, chat: ChatRef) -> Gap | None:
        rows = self._db.query(
            "select * from gaps where platform = ? and chat = ? and is_told"
            " order by at desc, number desc limit 1",
            [chat.platform, chat.id],
        )
        return next(map(_gap, rows), None)


def _gap(row: Mapping[str, Any]) -> Gap:
    return Gap(
        chat=ChatRef(row["platform"], row["chat"]),
        at=text_time(row["at"]),
        before=row["before"],
        why=row["why"],
        missing=row["missing"],
    )
