"""What the adapter itself must remember over a restart, in a small file of its own.

No text of a chat message is in it: only ids, and the words of the notices themselves.
"""

import json
import sqlite3
import time
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
CREATE TABLE IF NOT EXISTS told (key TEXT PRIMARY KEY, at REAL NOT NULL DEFAULT 0) STRICT;
CREATE TABLE IF NOT EXISTS notices (
    chat TEXT NOT NULL, message TEXT NOT NULL, key TEXT NOT NULL, author TEXT NOT NULL, title TEXT NOT NULL,
    body TEXT NOT NULL, provision TEXT NOT NULL, choices TEXT NOT NULL,
    private INTEGER NOT NULL, place INTEGER NOT NULL, shown INTEGER NOT NULL,
    language TEXT NOT NULL DEFAULT 'en',
    PRIMARY KEY (chat, message)
) STRICT;
CREATE TABLE IF NOT EXISTS cards (
    channel INTEGER NOT NULL, number INTEGER NOT NULL, message INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT -1,
    PRIMARY KEY (channel, number)
) STRICT;
CREATE TABLE IF NOT EXISTS removed (message INTEGER PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS replies (
    message INTEGER PRIMARY KEY, channel INTEGER NOT NULL, due REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS webhooks (webhook INTEGER PRIMARY KEY, channel INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS programs (author INTEGER PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS greeted (guild INTEGER PRIMARY KEY, joined REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS gaps (channel INTEGER PRIMARY KEY, before INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS lost (channel INTEGER PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS registered (
    application INTEGER PRIMARY KEY, commands TEXT NOT NULL
) STRICT;
"""
_LATER_COLUMNS = (
    ("told", "at", "REAL NOT NULL DEFAULT 0"),
    ("notices", "language", "TEXT NOT NULL DEFAULT 'en'"),
    ("cards", "revision", "INTEGER NOT NULL DEFAULT -1"),
)
_KEPT_SECONDS = 90 * 24 * 3600.0
_EPOCH_SECONDS = 1_420_070_400
"""When Discord's ids begin: each has its time in it."""


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
    """Opens or makes the file, which only its owner can read, and lets go of what nobody asks for any more.

    Raises PlatformUnavailable where it can't.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        # Whoever wires the parts together may do it in another thread than the one that listens.
        db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.executescript(_SCHEMA)
        _bring_up_to_date(db)
        _prune(db, time.time() - _KEPT_SECONDS)
    except (sqlite3.Error, OSError) as error:
        raise PlatformUnavailable(f"Discord's own memory at {path} can't be used: {error}.") from error
    return Memory(db)


def _bring_up_to_date(db: sqlite3.Connection) -> None:
    """A file of an earlier version lacks some columns. What it told without a time counts as told now."""
    for table, column, kind in _LATER_COLUMNS:
        if column not in {row[1] for row in db.execute(f"PRAGMA table_info({table})")}:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    db.execute("UPDATE told SET at = ? WHERE at = 0", (time.time(),))


def _prune(db: sqlite3.Connection, before: float) -> None:
    """Nothing is done again after so long; a card of an older case is simply shown anew."""
    oldest = max(0, int((before - _EPOCH_SECONDS) * 1000)) << 22
    db.execute("DELETE FROM told WHERE at < ?", (before,))
    db.execute("DELETE FROM notices WHERE shown < ?", (oldest,))
    db.execute("DELETE FROM cards WHERE message < ?", (oldest,))
    db.execute("DELETE FROM removed WHERE message < ?", (oldest,))


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

    def tell(self, key: str) -> None:
        """Keeps that a thing was said."""
        self._db.execute("INSERT OR IGNORE INTO told VALUES (?, ?)", (key, time.time()))

    def told(self, told: Told, due: float | None = None) -> None:
        """Keeps what an author was shown, and when it goes away where it does so by itself."""
        notice = told.notice
        choices = json.dumps([[choice.value, label] for choice, label in notice.choices])
        with self._transaction():
            self.tell(notice.key)
            self._db.execute(
                "INSERT OR REPLACE INTO notices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                    notice.language,
                ),
            )
            if due is not None:
                self._db.execute(
                    "INSERT OR REPLACE INTO replies VALUES (?, ?, ?)", (told.shown, told.place, due)
                )

    def notice(self, ref: MessageRef) -> Told | None:
        """What the author of a message was told last."""
        row = self._db.execute(
            "SELECT key, author, title, body, provision, choices, private, place, shown, language"
            " FROM notices"
            " WHERE chat = ? AND message = ?",
            (ref.chat, ref.id),
        ).fetchone()
        if row is None:
            return None
        key, author, title, body, provision, choices, private, place, shown, language = row
        offered = tuple((Choice(choice), label) for choice, label in json.loads(choices))
        notice = Notice(key, ref, Person(author), title, body, provision, offered, language)
        return Told(notice, bool(private), place, shown)

    def warned(self, channel: int) -> tuple[int, ...]:
        """The messages of a channel whose authors still may answer."""
        rows = self._db.execute(
            "SELECT message FROM notices WHERE chat = ? AND choices != '[]'", (str(channel),)
        )
        return tuple(int(message) for (message,) in rows)

    def carded(self, key: str, channel: int, case: int, message: int, revision: int) -> None:
        """Keeps which message shows the card of a case, and which revision of it."""
        with self._transaction():
            self.tell(key)
            self._db.execute(
                "INSERT OR REPLACE INTO cards VALUES (?, ?, ?, ?)", (channel, case, message, revision)
            )

    def card(self, channel: int, case: int) -> tuple[int, int] | None:
        """The message that shows the card of a case, and the revision that it shows."""
        row = self._db.execute(
            "SELECT message, revision FROM cards WHERE channel = ? AND number = ?", (channel, case)
        ).fetchone()
        return None if row is None else (row[0], row[1])

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

    def own_webhook(self, webhook: int, channel: int) -> None:
        """Keeps that a webhook is the bot's own: what comes by it is no news."""
        self._db.execute("INSERT OR REPLACE INTO webhooks VALUES (?, ?)", (webhook, channel))

    def is_own_webhook(self, webhook: int) -> bool:
        return self._one("SELECT 1 FROM webhooks WHERE webhook = ?", webhook) is not None

    def program(self, author: int) -> None:
        """Keeps that a bot or a webhook writes under this id: nobody reads there what it is told."""
        self._db.execute("INSERT OR IGNORE INTO programs VALUES (?)", (author,))

    def is_program(self, author: int) -> bool:
        return self._one("SELECT 1 FROM programs WHERE author = ?", author) is not None

    def greet(self, place: int, joined: float) -> None:
        """Keeps that it was told that the bot joined a server, or a channel, at that time, in seconds."""
        self._db.execute("INSERT OR REPLACE INTO greeted VALUES (?, ?)", (place, joined))

    def is_greeted(self, place: int, joined: float) -> bool:
        return self._one("SELECT 1 FROM greeted WHERE guild = ? AND joined >= ?", place, joined) is not None

    def gap(self, channel: int) -> int:
        """Up to which message of a channel a gap was told of; 0 where none was."""
        return self._one("SELECT before FROM gaps WHERE channel = ?", channel) or 0

    def tell_gap(self, channel: int, before: int) -> None:
        self._db.execute("INSERT OR REPLACE INTO gaps VALUES (?, ?)", (channel, before))

    def lose(self, channel: int) -> None:
        """Keeps that the bot can't read an official channel, and that this was told."""
        self._db.execute("INSERT OR IGNORE INTO lost VALUES (?)", (channel,))

    def regain(self, channel: int) -> None:
        self._db.execute("DELETE FROM lost WHERE channel = ?", (channel,))

    def is_lost(self, channel: int) -> bool:
        return self._one("SELECT 1 FROM lost WHERE channel = ?", channel) is not None

    def registered(self, application: int) -> str:
        """The mark of the commands that Discord was given last."""
        row = self._db.execute(
            "SELECT commands FROM registered WHERE application = ?", (application,)
        ).fetchone()
        return "" if row is None else str(row[0])

    def register(self, application: int, commands: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO registered VALUES (?, ?)", (application, commands))

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
