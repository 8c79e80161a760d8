"""The chat's own database: its tables, and how text gets in and out of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from bot.ports import PlatformUnavailable

_SCHEMA = """
CREATE TABLE IF NOT EXISTS people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS messages (
    number INTEGER PRIMARY KEY, room TEXT NOT NULL, id TEXT NOT NULL,
    author TEXT NOT NULL, author_name TEXT NOT NULL, sent_at TEXT NOT NULL,
    revision INTEGER NOT NULL, edited_at TEXT, gone TEXT NOT NULL DEFAULT '',
    reply_to TEXT, forwarded_from TEXT,
    origin TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
    UNIQUE (room, id)
) STRICT;
CREATE TABLE IF NOT EXISTS revisions (
    room TEXT NOT NULL, message TEXT NOT NULL, revision INTEGER NOT NULL, text BLOB NOT NULL,
    PRIMARY KEY (room, message, revision)
) STRICT;
CREATE TABLE IF NOT EXISTS attachments (
    room TEXT NOT NULL, message TEXT NOT NULL, position INTEGER NOT NULL,
    name BLOB NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL, missing TEXT NOT NULL, content BLOB,
    PRIMARY KEY (room, message, position)
) STRICT;
CREATE TABLE IF NOT EXISTS notices (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, room TEXT NOT NULL, message TEXT NOT NULL,
    author TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, provision TEXT NOT NULL,
    choices TEXT NOT NULL, shown_at TEXT NOT NULL, answer TEXT, letter BLOB,
    language TEXT NOT NULL DEFAULT 'en'
) STRICT;
CREATE TABLE IF NOT EXISTS cards (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, room TEXT NOT NULL, case_number INTEGER NOT NULL,
    severity TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, link TEXT NOT NULL,
    shown_at TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 0, choices TEXT NOT NULL DEFAULT '[]',
    about_room TEXT NOT NULL DEFAULT '', about_message TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT 'en'
) STRICT;
CREATE TABLE IF NOT EXISTS card_news (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, room TEXT NOT NULL, case_number INTEGER NOT NULL,
    news TEXT NOT NULL, language TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS rooms (
    id TEXT PRIMARY KEY, opened_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS happenings (
    number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, room TEXT NOT NULL, message TEXT NOT NULL,
    at TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 0, person TEXT NOT NULL DEFAULT '',
    person_name TEXT NOT NULL DEFAULT '', choice TEXT NOT NULL DEFAULT '', letter BLOB NOT NULL DEFAULT x'',
    handed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS happenings_waiting ON happenings (number) WHERE NOT handed;
CREATE INDEX IF NOT EXISTS happenings_of_message ON happenings (room, message);
CREATE TABLE IF NOT EXISTS changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, room TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
    reader TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS changes_of_room ON changes (room, number);
"""

_ADDED = {
    "messages": {
        "origin": "TEXT NOT NULL DEFAULT ''",
        "note": "TEXT NOT NULL DEFAULT ''",
        "language": "TEXT NOT NULL DEFAULT ''",
    },
    "notices": {"language": "TEXT NOT NULL DEFAULT 'en'"},
    "cards": {
        "revision": "INTEGER NOT NULL DEFAULT 0",
        "choices": "TEXT NOT NULL DEFAULT '[]'",
        "about_room": "TEXT NOT NULL DEFAULT ''",
        "about_message": "TEXT NOT NULL DEFAULT ''",
        "language": "TEXT NOT NULL DEFAULT 'en'",
    },
}
"""Columns that a database of an earlier version lacks."""


def open_database(path: Path) -> Database:
    """Opens or makes the file, which only its owner can read, and its folder.

    Raises PlatformUnavailable where that can't be done.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        # Whoever wires the parts together may do it in another thread than the one that serves.
        db = Database(sqlite3.connect(path, check_same_thread=False))
        db.enable_wal()
        # What Raazdar takes off a chat must not stay readable in free pages of the file.
        db.execute("PRAGMA secure_delete = ON").fetchall()
        db.executescript(_SCHEMA)
        _bring_up_to_date(db)
    except (sqlite3.Error, OSError) as error:
        raise PlatformUnavailable(f"The local chat's database at {path} can't be used: {error}.") from error
    return db


def _bring_up_to_date(db: Database) -> None:
    for table, columns in _ADDED.items():
        for name in columns.keys() - db.table(table).columns_dict.keys():
            db.execute(f"ALTER TABLE {table} ADD COLUMN {name} {columns[name]}")


def forget_pages(db: Database) -> None:
    """Empties the write-ahead log, in which what was just erased still stands."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing. The write lock is taken first, so that what was read still holds when it is written.

    Two programs may share the file: one that serves the chat, and one that plays a conversation in it.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()


def pack(text: str) -> bytes:
    """Text as it is kept. SQLite's own text can't hold lone surrogates, and the scanner must see them."""
    return text.encode("utf-8", "surrogatepass")


def unpack(kept: bytes) -> str:
    return kept.decode("utf-8", "surrogatepass")


def showable(text: str) -> str:
    """Text that any encoder takes and any page can show: NULs and lone surrogates become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
