"""There is one card for each case in a room; it changes in place, and news are told once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from adapters.local import translate
from adapters.local.cards import Cards
from adapters.local.database import open_database
from adapters.local.journal import Bell, Journal
from bot.model import Card, CardChoice, ChatRef, MessageRef, Severity

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
CARD = Card(
    key="k1",
    moderators=ChatRef("local", "mods"),
    case=7,
    ref=translate.ref("budget", "m1"),
    revision=1,
    severity=Severity.HIGH,
    title="Case 7",
    body="Body",
    link="/cases/7",
    news="A new case",
    choices=((CardChoice.ACKNOWLEDGE, "I take it"), (CardChoice.LEAK, "Leak")),
)
TAKEN = replace(CARD, key="k2", revision=2, body="Taken", news="", choices=((CardChoice.LEAK, "Leak"),))
WORSE = replace(CARD, key="k3", revision=3, body="Worse", news="An edit made it worse")


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "db")


@pytest.fixture
def journal(db: Database) -> Journal:
    return Journal(db, Bell())


@pytest.fixture
def cards(db: Database, journal: Journal) -> Cards:
    return Cards(db, journal)


@pytest.mark.parametrize("severity", list(Severity))
def test_a_card_is_shown_once(cards: Cards, severity: Severity) -> None:
    cards.show(replace(CARD, severity=severity), NOON)
    cards.show(replace(CARD, severity=severity), LATER)
    (found,) = cards.of_room("mods")
    assert (found.case, found.severity, found.title, found.link) == (7, severity, "Case 7", "/cases/7")
    assert (found.choices, found.about, found.shown_at) == (CARD.choices, ("budget", "m1"), NOON)
    assert cards.of_room("budget") == []


def test_a_later_card_of_the_same_case_takes_its_place(cards: Cards, journal: Journal) -> None:
    cards.show(CARD, NOON)
    cards.show(replace(CARD, key="other", case=8), NOON)
    change = journal.newest_change()
    cards.show(TAKEN, LATER)
    first, second = cards.of_room("mods")
    assert (first.case, first.body, first.choices, first.shown_at) == (7, "Taken", TAKEN.choices, NOON)
    assert second.case == 8
    (told,) = journal.changes("mods", "anybody", change)
    assert told.subject == "7"


def test_what_is_out_of_date_does_not_overwrite(cards: Cards) -> None:
    for card in (CARD, WORSE, TAKEN):
        cards.show(card, NOON)
    assert cards.of_room("mods")[0].body == "Worse"


def test_news_are_told_once_and_not_at_the_first_showing(cards: Cards) -> None:
    for card in (CARD, CARD, WORSE, WORSE, TAKEN):
        cards.show(card, LATER)
    (found,) = cards.of_room("mods")
    assert [(news.text, news.at) for news in found.news] == [("An edit made it worse", LATER)]


def test_news_of_a_card_that_comes_late_are_told_all_the_same(cards: Cards) -> None:
    cards.show(CARD, NOON)
    cards.show(replace(TAKEN, revision=4), NOON)
    cards.show(WORSE, NOON)
    (found,) = cards.of_room("mods")
    assert (found.body, [news.text for news in found.news]) == ("Taken", ["An edit made it worse"])


@pytest.mark.parametrize("ref", [None, MessageRef("telegram", "budget", "1")])
def test_a_card_leads_to_messages_of_this_chat_only(cards: Cards, ref: MessageRef | None) -> None:
    cards.show(replace(CARD, ref=ref), NOON)
    assert cards.of_room("mods")[0].about is None


def test_words_that_sqlite_cannot_hold_do_not_stop_a_card(cards: Cards) -> None:
    cards.show(replace(CARD, title="\ud800", body="\ud800"), NOON)
    assert cards.of_room("mods")[0].body == "\ufffd"
