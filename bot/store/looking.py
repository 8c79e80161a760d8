"""Looks into a database beside whoever works on it: nothing is written, migrated or locked."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreError
from bot.places import store_path
from bot.store.database import SqliteStore
from bot.store.rows import text_time
from bot.store.schema import migrations

_LOCKS = Path("/proc/locks")


@dataclass(frozen=True, slots=True)
class Look:
    """What is in a database. `pending` migrations it lacks; `newer` ones this program does not know.

    Where either names any, the ledgers of `store` may not be what this program takes them for.
    """

    store: SqliteStore
    db: Database
    pending: tuple[str, ...]
    newer: tuple[str, ...]

    def newest_record(self) -> datetime | None:
        """When the last entry was added to the audit log."""
        return self._time("select at from audit order by number desc limit 1")

    def oldest_event(self) -> datetime | None:
        """Since when the oldest event has waited in the inbox."""
        return self._time("select min(received_at) from inbox where state = 'waiting'")

    def oldest_action(self) -> datetime | None:
        """Since when the oldest action has waited in the outbox."""
        return self._time("select min(planned_at) from outbox where state = 'waiting'")

    def _time(self, query: str) -> datetime | None:
        row = self.db.execute(query).fetchone()
        return text_time(row[0]) if row and row[0] else None


@contextmanager
def looking_at(url: str) -> Iterator[Look]:
    """The database that `url` names, for reading only. Raises StoreError where that can't be done."""
    path = store_path(url)
    try:
        connection = sqlite3.connect(_address(path), uri=True, timeout=10)
        try:
            db = Database(connection)
            known = [migration.name for migration in migrations.pending(Database(memory=True))]
            applied = [migration.name for migration in migrations.applied(db)]
            yield Look(
                store=SqliteStore(db),
                db=db,
                pending=tuple(name for name in known if name not in applied),
                newer=tuple(name for name in applied if name not in known),
            )
        finally:
            connection.close()
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"The database at {path} can't be read: {error}.") from error


def copy_database(path: Path, to: Path) -> None:
    """A copy of any SQLite database as it stands now, whoever works on it. Raises StoreError."""
    try:
        with (
            closing(sqlite3.connect(_address(path), uri=True, timeout=10)) as original,
            closing(sqlite3.connect(to)) as copy,
        ):
            original.backup(copy)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"The database at {path} can't be read: {error}.") from error


def owner(url: str) -> int | None:
    """The process that works on a database; None where none does, or where the system does not tell."""
    try:
        wanted = lock_file(url).stat().st_ino
        locks = _LOCKS.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return None
    for lock in locks:
        match lock.split():
            case [_, "FLOCK", _, "WRITE", process, file, *_] if file.rpartition(":")[2] == str(wanted):
                return int(process)
    return None


def purpose_of(url: str) -> str:
    """What the lock file says that the database is for; empty where nobody has said so yet."""
    try:
        return lock_file(url).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def lock_file(url: str) -> Path:
    path = store_path(url)
    return path.with_name(path.name + ".lock")


def _address(path: Path) -> str:
    """Without a write-ahead log nobody works on it, and SQLite need not make the log's files to read it."""
    log = path.with_name(path.name + "-wal")
    is_worked_on = log.exists() and os.path.getsize(log) > 0  # noqa: PTH202 - the size alone
    return f"{path.absolute().as_uri()}?mode=ro" + ("" if is_worked_on else "&immutable=1")
