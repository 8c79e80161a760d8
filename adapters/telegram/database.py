"""What the adapter must remember beyond a restart. No text of anybody's message is in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.ports import PlatformUnavailable

FILE_NAME = "telegram.db"

_STEPS = (
    """
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
""",
    """
ALTER TABLE notices ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE notices ADD COLUMN at TEXT NOT NULL DEFAULT '';
ALTER TABLE removed ADD COLUMN at TEXT NOT NULL DEFAULT '';
ALTER TABLE questions ADD COLUMN at TEXT NOT NULL DEFAULT '';
CREATE TABLE sent (key TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
INSERT INTO sent SELECT key, '' FROM cards;
CREATE TABLE shown_cards (
    number INTEGER NOT NULL, chat INTEGER NOT NULL, message INTEGER NOT NULL, revision INTEGER NOT NULL,
    at TEXT NOT NULL, PRIMARY KEY (number, chat)
) STRICT;
INSERT INTO shown_cards
    SELECT number, CAST(chat AS INTEGER), min(message), -1, '' FROM cards GROUP BY number, chat;
DROP TABLE cards;
CREATE TABLE answered (id TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
CREATE TABLE languages (person TEXT PRIMARY KEY, language TEXT NOT NULL) STRICT;
CREATE TABLE highest (chat INTEGER PRIMARY KEY, message INTEGER NOT NULL) STRICT;
CREATE TABLE explained (
    chat INTEGER NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (chat, message)
) STRICT;
CREATE TABLE own (
    chat INTEGER NOT NULL, message INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (chat, message)
) STRICT;
CREATE TABLE topics (
    chat INTEGER NOT NULL, message INTEGER NOT NULL, topic INTEGER NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (chat, message)
) STRICT;
CREATE TABLE presence (chat TEXT PRIMARY KEY, is_in INTEGER NOT NULL, since TEXT NOT NULL) STRICT;
""",
    """
CREATE TABLE no_readers (person TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
ALTER TABLE presence ADD COLUMN joined_at TEXT NOT NULL DEFAULT '';
CREATE TABLE gaps (
    chat INTEGER PRIMARY KEY, before TEXT NOT NULL, since TEXT NOT NULL, missing INTEGER NOT NULL
) STRICT;
""",
)
"""What makes the tables, each step once: `PRAGMA user_version` counts those that were taken."""

_PRUNED = {
    "notices": 90,
    "removed": 90,
    "sent": 90,
    "shown_cards": 90,
    "own": 90,
    "topics": 90,
    "no_readers": 90,
    "presses": 30,
    "questions": 30,
    "answered": 7,
}
"""After how many days what a table holds is of no use: nobody can edit or delete so late."""


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
            self._grow()
        except (sqlite3.Error, OSError) as error:
            raise PlatformUnavailable(f"Telegram's memory at {path} can't be used: {error}.") from error

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: Any) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._connection.execute(query, values).fetchone()
        return found

    def change(self, query: str, *values: Any) -> None:
        self._connection.execute(query, values)

    def forget_old(self, now: datetime) -> None:
        with self.together():
            for table, days in _PRUNED.items():
                # What was written before tables knew the time counts from now on.
                self.change(f"UPDATE {table} SET at = ? WHERE at = ''", now.isoformat())  # noqa: S608
                before = (now - timedelta(days=days)).isoformat()
                self.change(f"DELETE FROM {table} WHERE at < ?", before)  # noqa: S608

    def _grow(self) -> None:
        (taken,) = self._connection.execute("PRAGMA user_version").fetchone()
        for number, step in enumerate(_STEPS[taken:], taken + 1):
            self._connection.executescript(f"BEGIN;{step}PRAGMA user_version = {number};COMMIT;")

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
