"""Rows and forms become the product's model."""

from datetime import UTC, datetime

import pytest

from adapters.local import translate
from adapters.local.forms import Form, Upload
from adapters.local.rows import Gone, Happening, Kind, MessageRow
from bot.model import Answer, Attachment, Choice, Deletion, Message, MessageRef, Person

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)
REF = MessageRef("local", "budget", "m1")
ALI = Person("ali", "Ali")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            MessageRow("budget", "m1", "ali", "Ali", NOON, 0, "hello"),
            Message(REF, ALI, "hello", NOON),
        ),
        (
            MessageRow("budget", "m1", "ali", "Ali", NOON, 2, "better", edited_at=LATER),
            Message(REF, ALI, "better", NOON, revision=2),
        ),
        (
            MessageRow("budget", "m1", "ali", "", NOON, 0, "\ud800\0", reply_to="m0", forwarded_from="News"),
            Message(REF, Person("ali"), "\ud800\0", NOON, reply_to="m0", forwarded_from="News"),
        ),
        (
            MessageRow("budget", "m1", "ali", "Ali", NOON, 0, "", gone=Gone.REMOVED),
            Message(REF, ALI, "", NOON),
        ),
    ],
    ids=["plain", "edited", "odd text and references", "gone"],
)
def test_a_row_becomes_a_message(row: MessageRow, expected: Message) -> None:
    assert translate.message(row, ()) == expected


def test_files_come_with_the_message() -> None:
    files = [Attachment("a.txt", "text/plain", b"a"), Attachment("b", missing="too large")]
    row = MessageRow("budget", "m1", "ali", "Ali", NOON, 0, "")
    assert translate.message(row, files).attachments == tuple(files)


def test_a_happening_becomes_a_deletion() -> None:
    happening = Happening(7, Kind.DELETION, "budget", "m1", LATER, person="ali")
    assert translate.deletion(happening) == Deletion(REF, LATER, "ali")


@pytest.mark.parametrize(
    ("choice", "letter"), [("remove", ""), ("authorised", "F.1(2)/2026"), ("dispute", "")]
)
def test_a_happening_becomes_an_answer(choice: str, letter: str) -> None:
    happening = Happening(
        8,
        Kind.ANSWER,
        "budget",
        "m1",
        LATER,
        person="ali",
        person_name="Ali",
        choice=choice,
        letter=letter,
    )
    assert translate.answer(happening) == Answer(REF, LATER, ALI, Choice(choice), letter)


@pytest.mark.parametrize(
    ("form", "text", "attachments"),
    [
        (Form({"text": " two\n lines "}), " two\n lines ", ()),
        (Form({}), "", ()),
        (
            Form({"text": "see"}, (Upload("a.pdf", "application/pdf", b"%PDF"),)),
            "see",
            (Attachment("a.pdf", "application/pdf", b"%PDF"),),
        ),
        (
            Form({}, (Upload("big", "", None, "too large"),)),
            "",
            (Attachment("big", "", None, "too large"),),
        ),
    ],
    ids=["white space is kept", "nothing", "a file", "a file that was too large"],
)
def test_a_form_becomes_a_message(form: Form, text: str, attachments: tuple[Attachment, ...]) -> None:
    assert translate.posted(form, REF, ALI, NOON, None) == Message(
        REF, ALI, text, NOON, attachments=attachments
    )


def test_an_edit_is_the_next_revision_of_the_same_message() -> None:
    row = MessageRow("budget", "m1", "ali", "Ali", NOON, 3, "old")
    assert translate.edited(Form({"text": "new"}), row) == Message(REF, ALI, "new", NOON, revision=4)
