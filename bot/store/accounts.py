"""Who may sign in to the console, and who has. Passwords and session tokens are kept as hashes only."""

from datetime import datetime

from sqlite_utils import Database

from bot.ports import Account
from bot.store.rows import time_text


class SqliteAccounts:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, account: Account) -> None:
        with self._db.atomic():
            self._db.execute(
                "insert or replace into accounts (name, password_hash) values (?, ?)",
                [account.name, account.password_hash],
            )

    def get(self, name: str) -> Account | None:
        rows = self._db.query("select name, password_hash from accounts where name = ?", [name])
        return next((Account(row["name"], row["password_hash"]) for row in rows), None)

    def any(self) -> bool:
        return bool(list(self._db.query("select 1 from accounts limit 1")))

    def start_session(self, token_hash: str, name: str, now: datetime, until: datetime) -> None:
        with self._db.atomic():
            self._db.execute("delete from sessions where until <= ?", [time_text(now)])
            self._db.execute(
                "insert into sessions (token_hash, name, until) values (?, ?, ?)",
                [token_hash, name, time_text(until)],
            )

    def session(self, token_hash: str, now: datetime) -> str | None:
        rows = self._db.query(
            "select name from sessions where token_hash = ? and until > ?", [token_hash, time_text(now)]
        )
        return next((str(row["name"]) for row in rows), None)

    def end_sessions(self, name: str) -> None:
        with self._db.atomic():
            self._db.execute("delete from sessions where name = ?", [name])

    def end_session(self, token_hash: str) -> None:
        with self._db.atomic():
            self._db.execute("delete from sessions where token_hash = ?", [token_hash])
