"""What the adapter itself must remember over a restart, in a small file of its own.

No text of a chat message is in it: only ids, and the words of the notices themselves.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.model import Choice, MessageRef, Notice, Person
from bot.ports import PlatformUnavailable

FILE_NAME = "discord.db"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS seen (channel INTEGER PRIMARY KEY, message INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS threads (thread INTEGER PRIMARY KEY, parent INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS told (key TEXT PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS notices (
    chat TEXT NOT NULL, message TEXT NOT NULL, key TEXT NOT NULL, author TEXT NOT NULL, title TEXT NOT NULL,
    body TEXT NOT NULL, provision TEXT NOT NULL, choices TEXT NOT NULL,
    private INTEGER NOT NULL, place INTEGER NOT NULL, shown INTEGER NOT NULL,
    PRIMARY KEY (chat, message)
) STRICT;
CREATE TABLE IF NOT EXISTS cards (
    channel INTEGER NOT NULL, number INTEGER NOT NULL, message INTEGER NOT NULL,
    PRIMARY KEY (channel, number)
) STRICT;
CREATE TABLE IF NOT EXISTS removed (message INTEGER PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS replies (
    message INTEGER PRIMARY KEY, channel INTEGER NOT NULL, due REAL NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Told:
    """The notice that an author has about a message now, and the message on Discord that shows it.

    `private` is False for a public reply that stands in for a direct message.
    """

    notice: Notice
    private: bool
    place: int
    shown: int


@dataclass(frozen=True, slots=True)
class Reply:
    """A public reply that goes away by itself. `due` is a time in seconds."""

    channel: int
    message: int
    due: float


def open_memory(folder: Path) -> "Memory":
    """Opens or makes the file, which only its owner can read. Raises PlatformUnavailable where it can't."""
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        # Whoever wires the parts together may do it in another thread than the one that listens.
        db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.executescript(_SCHEMA)
    except (sqlite3.Error, OSError) as error:
        raise PlatformUnavailable(f"Discord's own memory at {path} can't be used: {error}.") from error
    return Memory(db)


class Memory:
    """Each method is one transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def close(self) -> None:
        self._db.close()

    def seen(self, channel: int) -> int | None:
        """The newest message of a channel that lies in the inbox, with all before it."""
        return self._one("SELECT message FROM seen WHERE channel = ?", channel)

    def see(self, channel: int, message: int) -> None:
        self._db.execute(
            "INSERT INTO seen VALUES (?, ?) ON CONFLICT (channel) DO UPDATE SET message = excluded.message"
            " WHERE excluded.message > message",
            (channel, message),
        )

    def newest_seen(self) -> int | None:
        """The newest message of all channels; None before the first start."""
        return self._one("SELECT max(message) FROM seen")

    def join(self, thread: int, parent: int) -> None:
        self._db.execute("INSERT OR REPLACE INTO threads VALUES (?, ?)", (thread, parent))

    def parent(self, thread: int) -> int | None:
        return self._one("SELECT parent FROM threads WHERE thread = ?", thread)

    def is_told(self, key: str) -> bool:
        return self._one("SELECT 1 FROM told WHERE key = ?", key) is not None

    def told(self, told: Told, due: float | None = None) -> None:
        """Keeps what an author was shown, and when it goes away where it does so by itself."""
        notice = told.notice
        choices = json.dumps([[choice.value, label] for choice, label in notice.choices])
        with self._transaction():
            self._db.execute("INSERT OR IGNORE INTO told VALUES (?)", (notice.key,))
            self._db.execute(
                "INSERT OR REPLACE INTO notices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    notice.ref.chat,
                    notice.ref.id,
                    notice.key,
                    notice.author.id,
                    notice.title,
                    notice.body,
                    notice.provision,
                    choices,
                    told.private,
                    told.place,
                    told.shown,
                ),
            )
            if due is not None:
                self._db.execute(
                    "INSERT OR REPLACE INTO replies VALUES (?, ?, ?)", (told.shown, told.place, due)
                )

    def notice(self, ref: MessageRef) -> Told | None:
        """What the author of a message was told last."""
        row = self._db.execute(
            "SELECT key, author, title, body, provision, choices, private, place, shown FROM notices"
            " WHERE chat = ? AND message = ?",
            (ref.chat, ref.id),
        ).fetchone()
        if row is None:
            return None
        key, author, title, body, provision, choices, private, place, shown = row
        offered = tuple((Choice(choice), label) for choice, label in json.loads(choices))
        notice = Notice(key, ref, Person(author), title, body, provision, offered)
        return Told(notice, bool(private), place, shown)

    def warned(self, channel: int) -> tuple[int, ...]:
        """The messages of a channel whose authors still may answer."""
        rows = self._db.execute(
            "SELECT message FROM notices WHERE chat = ? AND choices != '[]'", (str(channel),)
        )
        return tuple(int(message) for (message,) in rows)

    def carded(self, key: str, channel: int, case: int, message: int) -> None:
        """Keeps that a card was shown; the first one of a case is what later ones answer."""
        with self._transaction():
            self._db.execute("INSERT OR IGNORE INTO told VALUES (?)", (key,))
            self._db.execute("INSERT OR IGNORE INTO cards VALUES (?, ?, ?)", (channel, case, message))

    def card(self, channel: int, case: int) -> int | None:
        """The first card of a case."""
        return self._one("SELECT message FROM cards WHERE channel = ? AND number = ?", channel, case)

    def removing(self, message: int) -> None:
        """Says before a removal that it is ours, so that nobody takes it for its author's."""
        self._db.execute("INSERT OR IGNORE INTO removed VALUES (?)", (message,))

    def not_removed(self, message: int) -> None:
        self._db.execute("DELETE FROM removed WHERE message = ?", (message,))

    def is_removed(self, message: int) -> bool:
        return self._one("SELECT 1 FROM removed WHERE message = ?", message) is not None

    def replies(self) -> tuple[Reply, ...]:
        """The public replies that are still to go, the next first."""
        rows = self._db.execute("SELECT channel, message, due FROM replies ORDER BY due")
        return tuple(Reply(*row) for row in rows)

    def due_now(self, message: int) -> None:
        """A public reply has done its work."""
        self._db.execute("UPDATE replies SET due = 0 WHERE message = ?", (message,))

    def gone(self, message: int) -> None:
        self._db.execute("DELETE FROM replies WHERE message = ?", (message,))

    def _one(self, query: str, *values: object) -> int | None:
        row = self._db.execute(query, values).fetchone()
        return None if row is None else row[0]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
