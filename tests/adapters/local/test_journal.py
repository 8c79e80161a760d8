"""Two logs: what must reach the inbox, and what open pages must show anew."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.local.database import open_database
from adapters.local.journal import Bell, Journal
from adapters.local.rows import Change, Happening, Kind

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def journal(tmp_path: Path, bell: Bell) -> Journal:
    return Journal(open_database(tmp_path / "db"), bell)


def test_an_empty_journal(journal: Journal) -> None:
    assert journal.waiting() is None
    assert journal.newest_change() == journal.newest_happening() == 0
    assert journal.changes("budget", "ali", 0) == []


def test_happenings_wait_in_order_until_they_are_handed_over(journal: Journal) -> None:
    journal.happened(Kind.MESSAGE, "budget", "m1", NOON, revision=2)
    journal.happened(Kind.ANSWER, "budget", "m1", NOON, person="ali", choice="authorised", letter="\ud800")
    assert journal.waiting() == Happening(1, Kind.MESSAGE, "budget", "m1", NOON, revision=2)
    journal.handed(1)
    assert journal.waiting() == Happening(
        2, Kind.ANSWER, "budget", "m1", NOON, person="ali", choice="authorised", letter="\ud800"
    )
    journal.handed(2)
    assert journal.waiting() is None
    assert journal.newest_happening() == 2


def test_a_change_for_one_reader_is_for_no_other(journal: Journal) -> None:
    journal.changed(Kind.MESSAGE, "budget", "m1")
    journal.changed(Kind.NOTICE, "budget", "k", reader="ali")
    journal.changed(Kind.CARD, "moderators", "c")
    everybody = Change(1, Kind.MESSAGE, "m1")
    assert journal.changes("budget", "sana", 0) == [everybody]
    assert journal.changes("budget", "ali", 0) == [everybody, Change(2, Kind.NOTICE, "k", "ali")]
    assert journal.changes("budget", "ali", 2) == []


def test_each_entry_rings_the_bell(journal: Journal, bell: Bell) -> None:
    with bell.listen() as news:
        journal.changed(Kind.MESSAGE, "budget", "m1")
        assert news.is_set()
        news.clear()
        journal.happened(Kind.MESSAGE, "budget", "m1", NOON)
        assert news.is_set()


def test_who_listens_no_more_hears_nothing(bell: Bell) -> None:
    with bell.listen() as news:
        pass
    bell.ring()
    assert not news.is_set()
