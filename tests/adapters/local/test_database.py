"""How text gets in and out of the database, and how writers keep out of each other's way."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.local.cards import Cards
from adapters.local.database import open_database, pack, showable, transaction, unpack
from adapters.local.journal import Bell, Journal

ANY_TEXT = st.text(st.characters(exclude_categories=()))
NEW_PERSON = "INSERT INTO people VALUES (?, 'A')"


@given(ANY_TEXT)
def test_any_text_is_kept_to_the_character(text: str) -> None:
    assert unpack(pack(text)) == text


@given(ANY_TEXT)
def test_what_is_shown_can_be_encoded(text: str) -> None:
    shown = showable(text)
    shown.encode()
    assert "\0" not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ہ \U0001f512 \u202e", "plain ہ \U0001f512 \u202e"),
        ("a\ud800b", "a\ufffdb"),
        ("a\udfff", "a\ufffd"),
        ("a\0b", "a\ufffdb"),
        ("\ufeffa", "\ufeffa"),
    ],
)
def test_what_no_page_can_show_is_replaced(text: str, shown: str) -> None:
    assert showable(text) == shown


def test_nobody_writes_between_a_reading_and_a_writing_that_rests_on_it(tmp_path: Path) -> None:
    one, other = open_database(tmp_path / "db"), open_database(tmp_path / "db")
    other.execute("PRAGMA busy_timeout = 0").fetchall()
    with transaction(one):
        assert not list(one.query("SELECT * FROM people"))
        with pytest.raises(sqlite3.OperationalError, match="locked"), transaction(other):
            other.execute(NEW_PERSON, ["b"])
        one.execute(NEW_PERSON, ["a"])
    assert [row["id"] for row in other.query("SELECT id FROM people")] == ["a"]


def test_what_fails_midway_is_not_done_at_all(tmp_path: Path) -> None:
    db = open_database(tmp_path / "db")

    def fail() -> None:
        with transaction(db):
            db.execute(NEW_PERSON, ["a"])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert not list(db.query("SELECT * FROM people"))


def test_the_file_can_be_opened_again_and_by_others(tmp_path: Path) -> None:
    first = open_database(tmp_path / "made" / "db")
    first.execute(NEW_PERSON, ["a"])
    assert first.journal_mode == "wal"
    assert len(list(open_database(tmp_path / "made" / "db").query("SELECT * FROM people"))) == 1


def test_a_database_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "db"
    with sqlite3.connect(path) as before:
        before.executescript(
            """
            CREATE TABLE cards (
                number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, room TEXT NOT NULL,
                case_number INTEGER NOT NULL, severity TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
                link TEXT NOT NULL, shown_at TEXT NOT NULL
            ) STRICT;
            INSERT INTO cards VALUES (1, 'a', 'mods', 7, 'high', 'T', 'old', '/', '2026-03-02T12:00:00+00:00');
            INSERT INTO cards VALUES (2, 'b', 'mods', 7, 'high', 'T', 'new', '/', '2026-03-02T12:00:00+00:00');
            """
        )
    db = open_database(path)
    (card,) = Cards(db, Journal(db, Bell())).of_room("mods")
    assert (card.body, card.revision, card.choices, card.language) == ("new", 0, (), "en")
