"""The rooms remember, and doing the same thing twice is doing it once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.local import translate
from adapters.local.database import open_database
from adapters.local.journal import Bell, Journal
from adapters.local.rooms import SHOWN, Rooms
from adapters.local.rows import FileRow, Gone, Kind
from bot.model import Attachment, Deletion, Message, MessageRef, Person
from bot.ports import PlatformRefused

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)
ALI = Person("ali", "Ali")
FILE = Attachment("a.txt", "text/plain", b"secret file")

Open = Callable[[], tuple[Rooms, Journal]]


@pytest.fixture
def reopen(tmp_path: Path) -> Open:
    """Each call is as if the program had been started again."""

    def opened() -> tuple[Rooms, Journal]:
        db = open_database(tmp_path / "made" / "chat.db")
        journal = Journal(db, Bell())
        return Rooms(db, journal), journal

    return opened


def message(text: str = "hello", id_: str = "m1", revision: int = 0, room: str = "budget") -> Message:
    return Message(translate.ref(room, id_), ALI, text, NOON, revision, attachments=(FILE,))


def happenings(journal: Journal) -> list[tuple[Kind, str, int]]:
    found = []
    while happening := journal.waiting():
        found.append((happening.kind, happening.message, happening.revision))
        journal.handed(happening.number)
    return found


def test_a_message_outlives_the_program(reopen: Open) -> None:
    reopen()[0].keep(message(), NOON)
    (row,) = reopen()[0].latest("budget")
    assert (row.id, row.author, row.author_name, row.text, row.sent_at) == ("m1", "ali", "Ali", "hello", NOON)
    assert (row.revision, row.edited_at, row.gone) == (0, None, Gone.NO)
    assert row.files == (FileRow(0, "a.txt", 11, ""),)


@pytest.mark.parametrize("text", ["", "\0", "\ud800 and \udfff", "\u202eabc", "ہ" * 1_000_000])
def test_any_text_is_kept_to_the_character(reopen: Open, text: str) -> None:
    reopen()[0].keep(message(text), NOON)
    rooms, _ = reopen()
    assert rooms.message("budget", "m1", 0) == message(text)


def test_every_revision_is_kept_and_the_newest_shown(reopen: Open) -> None:
    rooms, journal = reopen()
    rooms.keep(message("one"), NOON)
    rooms.keep(message("two", revision=1), LATER)
    (row,) = rooms.latest("budget")
    assert (row.text, row.revision, row.edited_at, row.sent_at) == ("two", 1, LATER, NOON)
    assert rooms.message("budget", "m1", 0) == message("one")
    assert rooms.message("budget", "m1", 1) == message("two", revision=1)
    assert happenings(journal) == [(Kind.MESSAGE, "m1", 0), (Kind.MESSAGE, "m1", 1)]


def test_a_reply_brings_what_it_answers_while_that_is_there(reopen: Open) -> None:
    rooms, _ = reopen()
    rooms.keep(message("your CNIC?"), NOON)
    reply = replace(message("3520212345671"), ref=MessageRef("local", "budget", "m2"), reply_to="m1")
    rooms.keep(reply, NOON)
    assert rooms.message("budget", "m2", 0).quoted == "your CNIC?"
    rooms.delete(Deletion(message().ref, LATER, "ali"))
    assert rooms.message("budget", "m2", 0).quoted == ""


@pytest.mark.parametrize(
    "again",
    [message("one"), message("another text", revision=0), message("two", revision=2)],
    ids=["the same", "an older revision", "the newest revision"],
)
def test_what_was_there_before_changes_nothing(reopen: Open, again: Message) -> None:
    rooms, journal = reopen()
    rooms.keep(message("one"), NOON)
    rooms.keep(message("two", revision=2), NOON)
    change = journal.newest_change()
    rooms.keep(again, LATER)
    (row,) = rooms.latest("budget")
    assert (row.text, row.revision) == ("two", 2)
    assert len(happenings(journal)) == 2
    assert journal.newest_change() == change


def test_one_id_in_two_rooms_is_two_messages(reopen: Open) -> None:
    rooms, _ = reopen()
    rooms.keep(message("here"), NOON)
    rooms.keep(message("there", room="all-staff"), NOON)
    assert [row.text for row in rooms.latest("all-staff")] == ["there"]
    assert [row.text for row in rooms.latest("budget")] == ["here"]


def test_a_page_shows_the_newest_messages_oldest_first(reopen: Open) -> None:
    rooms, _ = reopen()
    for number in range(SHOWN + 2):
        rooms.keep(message(id_=str(number)), NOON)
    assert [row.id for row in rooms.latest("budget")] == [str(number) for number in range(2, SHOWN + 2)]


def test_a_deletion_is_told_and_a_removal_is_not(reopen: Open) -> None:
    """Raazdar knows what it removed itself."""
    rooms, journal = reopen()
    rooms.keep(message(id_="m1"), NOON)
    rooms.keep(message(id_="m2"), NOON)
    happenings(journal)
    rooms.remove(translate.ref("budget", "m1"))
    rooms.delete(Deletion(translate.ref("budget", "m2"), LATER, "ali"))
    assert [row.gone for row in rooms.latest("budget")] == [Gone.REMOVED, Gone.DELETED]
    assert happenings(journal) == [(Kind.DELETION, "m2", 0)]


def test_what_is_gone_stays_gone(reopen: Open) -> None:
    rooms, journal = reopen()
    ref = translate.ref("budget", "m1")
    rooms.keep(message(), NOON)
    rooms.remove(ref)
    happenings(journal)
    change = journal.newest_change()
    rooms.remove(ref)
    rooms.delete(Deletion(ref, LATER))
    rooms.keep(message("back again", revision=1), LATER)
    rooms.keep(message(), LATER)
    (row,) = rooms.latest("budget")
    assert (row.gone, row.revision) == (Gone.REMOVED, 0)
    assert happenings(journal) == []
    assert journal.newest_change() == change


def test_what_is_gone_is_erased_from_the_file(reopen: Open, tmp_path: Path) -> None:
    rooms, journal = reopen()
    rooms.keep(message("classified words"), NOON)
    rooms.keep(message("better words", revision=1), NOON)
    happenings(journal)
    rooms.remove(translate.ref("budget", "m1"))
    rooms, _ = reopen()
    assert rooms.message("budget", "m1", 0).text == ""
    assert rooms.message("budget", "m1", 0).attachments[0].content is None
    assert rooms.attachment("budget", "m1", 0) is None
    rooms._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    kept = b"".join(path.read_bytes() for path in (tmp_path / "made").iterdir())
    assert b"words" not in kept
    assert b"secret file" not in kept


def test_what_is_gone_is_not_erased_before_it_was_handed_over(reopen: Open) -> None:
    rooms, journal = reopen()
    rooms.keep(message("classified words"), NOON)
    rooms.remove(translate.ref("budget", "m1"))
    assert rooms.message("budget", "m1", 0) == message("classified words")
    happenings(journal)
    rooms.forget("budget", "m1")
    assert rooms.message("budget", "m1", 0).text == ""


def test_what_is_there_is_never_forgotten(reopen: Open) -> None:
    rooms, journal = reopen()
    rooms.keep(message(), NOON)
    happenings(journal)
    rooms.forget("budget", "m1")
    assert rooms.message("budget", "m1", 0) == message()


@pytest.mark.parametrize("ref", [translate.ref("budget", "m9"), MessageRef("telegram", "budget", "m1")])
def test_an_unknown_message_is_refused(reopen: Open, ref: MessageRef) -> None:
    rooms, _ = reopen()
    rooms.keep(message(), NOON)
    for act in (rooms.remove, rooms.get, lambda ref: rooms.delete(Deletion(ref, NOON))):
        with pytest.raises(PlatformRefused, match="has no message"):
            act(ref)


@pytest.mark.parametrize(("position", "content"), [(0, b"secret file"), (1, None), (-1, None)])
def test_a_file_is_found_by_its_position(reopen: Open, position: int, content: bytes | None) -> None:
    rooms, _ = reopen()
    rooms.keep(message(), NOON)
    found = rooms.attachment("budget", "m1", position)
    assert (found.content if found else None) == content
