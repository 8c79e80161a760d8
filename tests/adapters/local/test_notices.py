"""Notices are shown once, and take one answer, their author's."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from adapters.local import translate
from adapters.local.database import open_database
from adapters.local.journal import Bell, Journal
from adapters.local.notices import AlreadyAnswered, Notices
from adapters.local.rows import Kind
from bot.model import Choice, Notice, Person

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ALI, SANA = Person("ali", "Ali"), Person("sana", "Sana")
CHOICES = ((Choice.REMOVE, "Remove"), (Choice.AUTHORISED, "Authorised"))


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "db")


@pytest.fixture
def journal(db: Database) -> Journal:
    return Journal(db, Bell())


@pytest.fixture
def notices(db: Database, journal: Journal) -> Notices:
    return Notices(db, journal)


def notice(key: str = "k", title: str = "Look", message: str = "m1") -> Notice:
    return Notice(key, translate.ref("budget", message), ALI, title, "Body", "Provision", CHOICES)


def test_a_notice_is_kept_for_its_author(notices: Notices) -> None:
    notices.show(notice(), NOON)
    found = notices.of_reader("budget", "ali")["m1"]
    assert (found.title, found.body, found.provision, found.choices) == ("Look", "Body", "Provision", CHOICES)
    assert notices.of_reader("budget", "sana") == {}
    assert notices.of_reader("all-staff", "ali") == {}


def test_the_same_key_is_one_notice(notices: Notices, journal: Journal) -> None:
    notices.show(notice(), NOON)
    change = journal.newest_change()
    notices.show(notice(title="Another"), NOON)
    assert notices.of_reader("budget", "ali")["m1"].title == "Look"
    assert journal.newest_change() == change


def test_the_newest_notice_of_a_message_counts(notices: Notices) -> None:
    notices.show(notice("k0", "First"), NOON)
    notices.show(notice("k1", "Second"), NOON)
    assert notices.of_reader("budget", "ali")["m1"].title == "Second"


def test_words_that_sqlite_cannot_hold_do_not_stop_a_warning(notices: Notices) -> None:
    notices.show(notice(title="a\ud800b"), NOON)
    assert notices.of_reader("budget", "ali")["m1"].title == "a\ufffdb"


def test_an_answer_is_kept_and_must_reach_the_inbox(notices: Notices, journal: Journal) -> None:
    notices.show(notice(), NOON)
    answered = notices.answer("k", ALI, Choice.AUTHORISED, "F.1\ud800", NOON)
    assert answered is not None
    assert (answered.answer, answered.letter) == (Choice.AUTHORISED, "F.1\ud800")
    waiting = journal.waiting()
    assert waiting is not None
    assert (waiting.kind, waiting.message, waiting.person, waiting.choice, waiting.letter) == (
        Kind.ANSWER,
        "m1",
        "ali",
        "authorised",
        "F.1\ud800",
    )


def test_the_same_answer_again_is_one_answer(notices: Notices, journal: Journal) -> None:
    notices.show(notice(), NOON)
    for _ in range(2):
        assert notices.answer("k", ALI, Choice.REMOVE, "", NOON)
    assert journal.newest_happening() == 1


def test_another_answer_comes_too_late(notices: Notices, journal: Journal) -> None:
    notices.show(notice(), NOON)
    notices.answer("k", ALI, Choice.REMOVE, "", NOON)
    with pytest.raises(AlreadyAnswered):
        notices.answer("k", ALI, Choice.AUTHORISED, "F.1", NOON)
    assert journal.newest_happening() == 1


@pytest.mark.parametrize(
    ("key", "by", "choice"),
    [("k", SANA, Choice.REMOVE), ("nothing", ALI, Choice.REMOVE), ("k", ALI, Choice.DISPUTE)],
    ids=["somebody else", "no such notice", "not offered"],
)
def test_what_was_not_offered_cannot_be_answered(
    notices: Notices, journal: Journal, key: str, by: Person, choice: Choice
) -> None:
    notices.show(notice(), NOON)
    assert notices.answer(key, by, choice, "", NOON) is None
    assert journal.waiting() is None
