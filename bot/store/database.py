"""Opens the database, brings it up to date, and puts the ledgers together."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreError
from bot.ports import (
    AccountLedger,
    AuditLedger,
    CaseLedger,
    DecisionLedger,
    InboxLedger,
    OutboxLedger,
)
from bot.store.accounts import SqliteAccounts
from bot.store.audit import SqliteAudit
from bot.store.cases import SqliteCases
from bot.store.decisions import SqliteDecisions
from bot.store.inbox import SqliteInbox
from bot.store.outbox import SqliteOutbox
from bot.store.schema import migrations

_SCHEME = "sqlite:///"


class SqliteStore:
    """The `Store` port on one SQLite database in write-ahead mode. For use by one thread at a time.

    `applied` names the migrations that opening it has applied.
    """

    def __init__(self, db: Database, applied: tuple[str, ...] = ()) -> None:
        self._db = db
        self.applied = applied
        self.inbox: InboxLedger = SqliteInbox(db)
        self.decisions: DecisionLedger = SqliteDecisions(db)
        self.cases: CaseLedger = SqliteCases(db)
        self.outbox: OutboxLedger = SqliteOutbox(db)
        self.audit: AuditLedger = SqliteAudit(db)
        self.accounts: AccountLedger = SqliteAccounts(db)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._db.atomic():
            yield

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


def store_path(url: str) -> Path:
    """The file that a `sqlite:///` URL names. Raises StoreError for any other URL."""
    if not url.startswith(_SCHEME) or url == _SCHEME:
        raise StoreError(f"The store's url must read sqlite:///path/to/file.db, not {url!r}.")
    return Path(url.removeprefix(_SCHEME))


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
