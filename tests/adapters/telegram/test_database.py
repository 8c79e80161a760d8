"""What the adapter remembers: brought up to date from older versions, and let go after a while."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.telegram.database import _STEPS, FILE_NAME, Database

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def test_the_memory_of_an_older_version_is_taken_over(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / FILE_NAME)
    old.executescript(_STEPS[0])
    old.execute("INSERT INTO cards VALUES ('c1', 7, '-1001', 5), ('c2', 7, '-1001', 6)")
    old.execute(
        "INSERT INTO notices (key, chat, message, author, title, body, provision, choices) "
        "VALUES ('k', '-1', '2', '5', '', '', '', '[]')"
    )
    old.commit()
    old.close()
    for _ in range(2):
        db = Database(tmp_path / FILE_NAME)
    assert [row["key"] for row in db.rows("SELECT key FROM sent ORDER BY key")] == ["c1", "c2"]
    (card,) = db.rows("SELECT * FROM shown_cards")
    assert (card["number"], card["chat"], card["message"]) == (7, -1001, 5)
    (notice,) = db.rows("SELECT * FROM notices")
    assert notice["language"] == "en"


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    Database(tmp_path / FILE_NAME)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


def test_what_is_old_is_let_go(tmp_path: Path) -> None:
    db = Database(tmp_path / FILE_NAME)
    for key, age in (("old", 91), ("new", 89)):
        at = (NOW - timedelta(days=age)).isoformat()
        db.change("INSERT INTO sent (key, at) VALUES (?, ?)", key, at)
    db.change("INSERT INTO sent (key, at) VALUES ('of an older version', '')")
    db.forget_old(NOW)
    assert {row["key"] for row in db.rows("SELECT key FROM sent")} == {"new", "of an older version"}
    db.forget_old(NOW + timedelta(days=91))
    assert not db.rows("SELECT key FROM sent")
