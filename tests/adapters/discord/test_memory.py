"""What the adapter remembers, and for how long."""

import sqlite3
import time
from pathlib import Path

from adapters.discord.memory import FILE_NAME, Told, open_memory
from bot.model import MessageRef, Notice, Person

DAY = 24 * 3600
EPOCH = 1_420_070_400


def flake(days_ago: float) -> int:
    return int((time.time() - EPOCH - days_ago * DAY) * 1000) << 22


def told(key: str, days_ago: float) -> Told:
    ref = MessageRef("discord", "1", str(flake(days_ago)))
    return Told(Notice(key, ref, Person("2"), "t", "b", "", (), "ur"), True, 3, flake(days_ago))


def test_what_was_told_long_ago_goes_at_the_start(tmp_path: Path) -> None:
    memory = open_memory(tmp_path)
    old, new = told("old", 91), told("new", 89)
    for one in (old, new):
        memory.told(one)
    shown = flake(89)
    memory.carded("old card", 1, 7, flake(91), 1)
    memory.carded("new card", 1, 8, shown, 2)
    removed = flake(91)
    memory.removing(removed)
    memory.removing(shown)
    memory.see(1, removed)
    memory.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("UPDATE told SET at = at - ? WHERE key LIKE 'old%'", (91 * DAY,))
    memory = open_memory(tmp_path)
    assert (memory.is_told("old"), memory.is_told("new")) == (False, True)
    assert (memory.notice(old.notice.ref), memory.notice(new.notice.ref)) == (None, new)
    assert (memory.card(1, 7), memory.card(1, 8)) == (None, (shown, 2))
    assert (memory.is_removed(removed), memory.is_removed(shown)) == (False, True)
    assert memory.seen(1) is not None, "where the bot stopped reading is never forgotten"


def test_a_file_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.executescript(
            """
            CREATE TABLE told (key TEXT PRIMARY KEY) STRICT;
            INSERT INTO told VALUES ('k');
            CREATE TABLE cards (
                channel INTEGER NOT NULL, number INTEGER NOT NULL, message INTEGER NOT NULL,
                PRIMARY KEY (channel, number)
            ) STRICT;
            """
        )
        db.execute("INSERT INTO cards VALUES (1, 7, ?)", (flake(1),))
    memory = open_memory(tmp_path)
    assert memory.is_told("k")
    found = memory.card(1, 7)
    assert found is not None
    assert found[1] == -1, "any card is newer"


def test_only_its_owner_reads_the_file(tmp_path: Path) -> None:
    open_memory(tmp_path).close()
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0
