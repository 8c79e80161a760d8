"""Opens the database, brings it up to date, and puts the ledgers together."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreError
from bot.places import store_path
from bot.ports import (
    AccountLedger,
    AuditLedger,
    CaseLedger,
    DecisionLedger,
    FileLedger,
    GapLedger,
    InboxLedger,
    LanguageLedger,
    ModeLedger,
    OutboxLedger,
    RunLedger,
    TraceLedger,
)
from bot.store.accounts import SqliteAccounts
from bot.store.audit import SqliteAudit
from bot.store.cases import SqliteCases
from bot.store.decisions import SqliteDecisions
from bot.store.files import SqliteFiles, SqliteTraces
from bot.store.gaps import SqliteGaps
from bot.store.inbox import SqliteInbox
from bot.store.outbox import SqliteOutbox
from bot.store.runs import SqliteRuns
from bot.store.schema import migrations
from bot.store.settings import SqliteLanguages, SqliteModes


class SqliteStore:
    """The `Store` port on one SQLite database in write-ahead mode. For use by one thread at a time.

    `applied` names the migrations that opening it has applied.
    """

    def __init__(self, db: Database, applied: tuple[str, ...] = ()) -> None:
        self._db = db
        self.applied = applied
        self.inbox: InboxLedger = SqliteInbox(db)
        self.runs: RunLedger = SqliteRuns(db)
        self.decisions: DecisionLedger = SqliteDecisions(db)
        self.cases: CaseLedger = SqliteCases(db)
        self.outbox: OutboxLedger = SqliteOutbox(db)
        self.modes: ModeLedger = SqliteModes(db)
        self.languages: LanguageLedger = SqliteLanguages(db)
        self.gaps: GapLedger = SqliteGaps(db)
        self.files: FileLedger = SqliteFiles(db)
        self.traces: TraceLedger = SqliteTraces(db)
        self.audit: AuditLedger = SqliteAudit(db)
        self.accounts: AccountLedger = SqliteAccounts(db)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        try:
            with self._db.atomic():
                yield
        except sqlite3.Error as error:
            raise StoreError(f"The database can't be written: {error}.") from error

    def close(self) -> None:
        self._db.close()


def open_store(url: str, *, create: bool) -> SqliteStore:
    """Opens the store that `url` names and applies what migrations it lacks.

    With `create` False a database that is not there is an error rather than an empty one. Raises
    StoreError for anything that keeps the database from being used.
    """
    path = store_path(url)
    if not create and not path.exists():
        raise StoreError(
            f"There is no database at {path}; start `raazdar demo` or `raazdar run` first, or name the"
            " configuration with --config."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        connection = sqlite3.connect(path, check_same_thread=False, timeout=10)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")
        db = Database(connection)
        applied = migrate(db, path)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"The database at {path} can't be used: {_reason(error)}.") from error
    return SqliteStore(db, applied)


class Purpose(StrEnum):
    """What a database is for; the demo never touches one that is for real chats, nor the other way round."""

    REAL = "real chats"
    DEMO = "the demo"


class Ownership:
    """Only one process at a time may work on a database; it holds a lock for as long as it lives.

    The lock file beside the database says what the database is for, from the first time on.
    """

    def __init__(self, url: str, purpose: Purpose) -> None:
        """Raises StoreError where another process owns the database, or where it is for something else."""
        path = store_path(url)
        lock = path.with_name(path.name + ".lock")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError(f"The database at {path} can't be used: {error.strerror}.") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._file)
            raise StoreError(
                f"Another Raazdar is at work on the database at {path}; stop it first, or use another folder."
            ) from error
        written = os.read(self._file, 100).decode(errors="replace").strip()
        known = written or (Purpose.REAL if path.exists() else purpose)
        if known != purpose:
            os.close(self._file)
            raise StoreError(
                f"The database at {path} is for {known}, and not for {purpose}; start in another folder."
            )
        if not written:
            os.write(self._file, known.encode())

    def give_up(self) -> None:
        os.close(self._file)


def migrate(db: Database, path: Path) -> tuple[str, ...]:
    """Applies the missing migrations and returns their names. Refuses a database newer than this program."""
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    newer = [migration.name for migration in migrations.applied(db) if migration.name not in known]
    if newer:
        raise StoreError(
            f"The database at {path} was written by a newer Raazdar (it has {', '.join(newer)});"
            " update this installation, or restore a copy made before the update."
        )
    pending = tuple(migration.name for migration in migrations.pending(db))
    migrations.apply(db)
    return pending


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
