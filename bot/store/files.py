"""What was found in files, and by what the files of cases are known again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.model import MessageRef, Outcome
from bot.policy import overturns
from bot.ports import TracedPicture
from bot.store.rows import time_text

_OVERTURNED = tuple(outcome.value for outcome in Outcome if overturns(outcome))


class SqliteFiles:
    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, fingerprint: str, edition: str, sealed: bytes, at: datetime) -> None:
        with self._db.atomic():
            self._db.execute(
                "insert or replace into files (fingerprint, edition, sealed, at) values (?, ?, ?, ?)",
                [fingerprint, edition, sealed, time_text(at)],
            )

    def get(self, fingerprint: str, edition: str) -> bytes | None:
        rows = self._db.query(
            "select sealed from files where fingerprint = ? and edition = ?", [fingerprint, edition]
        )
        return next((row["sealed"] for row in rows), None)

    def forget(self, before: datetime, most: int) -> None:
        with self._db.atomic():
            self._db.execute("delete from files where at < ?", [time_text(before)])
            self._db.execute(
                "delete from files where fingerprint in"
                " (select fingerprint from files order by at desc limit -1 offset ?)",
                [most],
            )


class SqliteTraces:
    def __init__(self, db: Database) -> None:
        self._db = db

    def keep_files(self, case: int, fingerprints: Collection[str]) -> None:
        with self._db.atomic():
            for fingerprint in fingerprints:
                self._keep(case, "file", fingerprint, None)

    def keep_pictures(self, case: int, sealed: Mapping[str, bytes]) -> None:
        with self._db.atomic():
            for name, content in sealed.items():
                self._keep(case, "picture", name, content)

    def cases_with(self, fingerprint: str, besides: MessageRef) -> Sequence[int]:
        rows = self._db.query(
            "select case_number from traces join cases on cases.number = case_number"
            " where kind = 'file' and traces.name = ? and not (platform = ? and chat = ? and message = ?)"
            " order by case_number",
            [fingerprint, besides.platform, besides.chat, besides.id],
        )
        return [row["case_number"] for row in rows]

    def pictures(self, besides: MessageRef, limit: int) -> Sequence[TracedPicture]:
        marks = ", ".join("?" for _ in _OVERTURNED)
        rows = self._db.query(
            f"""
            select case_number, name, sealed from traces join cases on cases.number = case_number
            where kind = 'picture' and not (platform = ? and chat = ? and message = ?)
              and (outcome is null or outcome not in ({marks}))
            order by traces.number desc limit ?
            """,  # noqa: S608 - only question marks are filled in
            [besides.platform, besides.chat, besides.id, *_OVERTURNED, limit],
        )
        return [TracedPicture(row["case_number"], row["name"], row["sealed"]) for row in rows]

    def _keep(self, case: int, kind: str, name: str, sealed: bytes | None) -> None:
        self._db.execute(
            "insert or ignore into traces (case_number, kind, name, sealed) values (?, ?, ?, ?)",
            [case, kind, name, sealed],
        )
