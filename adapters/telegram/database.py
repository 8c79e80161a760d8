"""What the adapter must remember beyond a restart. No text of anybody's message is in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.ports import PlatformUnavailable

FILE_NAME = "telegram.db"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS notices (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, chat TEXT NOT NULL, message TEXT NOT NULL,
    author TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, provision TEXT NOT NULL,
    choices TEXT NOT NULL, private INTEGER, answer TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS notices_of_message ON notices (chat, message, author);
CREATE TABLE IF NOT EXISTS presses (id TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS questions (
    press TEXT PRIMARY KEY, person INTEGER NOT NULL, prompt INTEGER, chat TEXT NOT NULL, message TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS cards (
    key TEXT PRIMARY KEY, number INTEGER NOT NULL, chat TEXT NOT NULL, message INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS fleeting (
    chat INTEGER NOT NULL, message INTEGER NOT NULL, due TEXT NOT NULL, notice TEXT NOT NULL,
    PRIMARY KEY (chat, message)
) STRICT;
CREATE TABLE IF NOT EXISTS removed (
    chat TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (chat, message)
) STRICT;
CREATE TABLE IF NOT EXISTS moves (old TEXT PRIMARY KEY, new TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS album_parts (
    chat INTEGER NOT NULL, id INTEGER NOT NULL, album TEXT NOT NULL, revision INTEGER NOT NULL,
    has_caption INTEGER NOT NULL, files TEXT NOT NULL, told_at TEXT NOT NULL,
    PRIMARY KEY (chat, id)
) STRICT;
CREATE INDEX IF NOT EXISTS parts_of_album ON album_parts (chat, album);
"""


class Database:
    """A small SQLite file that only its owner can read. Each statement counts at once."""

    def __init__(self, path: Path) -> None:
        """Raises PlatformUnavailable where the file can't be used."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            # Whoever wires the parts together may do it in another thread than the one that serves.
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(_SCHEMA)
        except (sqlite3.Error, OSError) as error:
            raise PlatformUnavailable(f"Telegram's memory at {path} can't be used: {error}.") from error

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: Any) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._connection.execute(query, values).fetchone()
        return found

    def change(self, query: str, *values: Any) -> None:
        self._connection.execute(query, values)

    @contextmanager
    def together(self) -> Iterator[None]:
        """All or nothing."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.commit()
