"""The audit log: each entry's hash covers the entry before it, so that none can be changed or taken out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from bot.ports import AuditEntry
from bot.store.rows import text_time, time_text

_START = "0" * 64


class SqliteAudit:
    def __init__(self, db: Database) -> None:
        self._db = db

    def append(self, entry: AuditEntry) -> None:
        fields = [time_text(entry.at), entry.actor, entry.act, entry.subject, entry.details]
        with self._db.atomic():
            rows = list(self._db.query("select hash from audit order by number desc limit 1"))
            previous = rows[0]["hash"] if rows else _START
            self._db.execute(
                "insert into audit (at, actor, act, subject, details, hash) values (?, ?, ?, ?, ?, ?)",
                [*fields, _hash(previous, fields)],
            )

    def entries(self) -> Sequence[AuditEntry]:
        return [
            AuditEntry(text_time(row["at"]), row["actor"], row["act"], row["subject"], row["details"])
            for row in self._rows()
        ]

    def first_broken(self) -> int | None:
        previous = _START
        for expected, row in enumerate(self._rows(), start=1):
            fields = [row["at"], row["actor"], row["act"], row["subject"], row["details"]]
            if row["number"] != expected or row["hash"] != _hash(previous, fields):
                return expected
            previous = row["hash"]
        return None

    def _rows(self) -> Sequence[Mapping[str, Any]]:
        return list(self._db.query("select * from audit order by number"))


def _hash(previous: str, fields: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([previous, *fields]).encode()).hexdigest()
