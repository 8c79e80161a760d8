"""What a reader sees of a row."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.local.rows import CardRow, FileRow, Gone, MessageRow, NoticeRow
from adapters.local.shown import card_view, notice_view
from adapters.local.speech import Speech
from adapters.local.view import FileView, Place, message_view
from bot.model import CardChoice, Choice, Severity
from tests.adapters.local.serving import WORDS

SAY = Speech(WORDS, "en")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)
ALI = Place("/chat", "ali", "budget")
SANA = Place("/chat", "sana", "budget")
MESSAGE = MessageRow("budget", "m1", "ali", "Ali", NOON, 0, "hello")
REMOVED = replace(MESSAGE, gone=Gone.REMOVED)
NOTICE = NoticeRow(
    "k", "budget", "m1", "ali", "T", "B", "P", ((Choice.REMOVE, "r"), (Choice.AUTHORISED, "a")), LATER
)


def test_a_message_is_his_authors_own() -> None:
    mine, theirs = message_view(MESSAGE, ALI, {}, SAY), message_view(MESSAGE, SANA, {}, SAY)
    assert (mine.mine, mine.editable) == (True, True)
    assert (theirs.mine, theirs.editable) == (False, False)
    assert (theirs.author, theirs.initial, theirs.text, theirs.gone) == ("Ali", "A", "hello", "")


@pytest.mark.parametrize(
    ("gone", "words"),
    [(Gone.REMOVED, "Removed by Raazdar"), (Gone.DELETED, "Deleted by its author")],
)
def test_of_what_is_gone_only_a_tombstone_is_shown(gone: Gone, words: str) -> None:
    row = replace(MESSAGE, gone=gone, edited_at=LATER, files=(FileRow(0, "a.txt", 3, ""),))
    view = message_view(row, ALI, {}, SAY)
    assert (view.gone, view.text, view.files, view.editable, view.edited) == (words, "", (), False, False)


def test_no_page_gets_what_it_cannot_show() -> None:
    view = message_view(replace(MESSAGE, text="a\0b\ud800c\u202ed\U0001f512"), ALI, {}, SAY)
    assert view.text == "a\ufffdb\ufffdc\u202ed\U0001f512"


def test_a_reply_quotes_what_it_answers_while_that_is_there() -> None:
    reply = replace(MESSAGE, id="m2", reply_to="m1")
    known = {"m1": replace(MESSAGE, text="one\ntwo " + "x" * 100)}
    assert message_view(reply, SANA, known, SAY).reply == "Ali: one two " + "x" * 72 + "…"
    assert message_view(reply, SANA, known, SAY).reply_href == "#m-m1"
    known = {"m1": replace(MESSAGE, gone=Gone.REMOVED)}
    assert message_view(reply, SANA, known, SAY).reply == "Ali: Removed by Raazdar"
    assert message_view(reply, SANA, {}, SAY).reply == ""


def test_files_are_links_with_name_and_size_or_say_why_not() -> None:
    files = (FileRow(0, "a.txt", 2048, ""), FileRow(1, "big.iso", 0, "too large"))
    assert message_view(replace(MESSAGE, files=files), ALI, {}, SAY).files == (
        FileView("a.txt", "2 KB", "/chat/as/ali/rooms/budget/file?message=m1&position=0"),
        FileView("big.iso", "too large, not kept", ""),
    )


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1 KB"), (3 << 20, "3.0 MB")],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert SAY.size(size) == words


@pytest.mark.parametrize(
    ("notice", "message", "after", "offers"),
    [
        (NOTICE, MESSAGE, "", 2),
        (NOTICE, replace(MESSAGE, edited_at=NOON), "", 2),
        (NOTICE, replace(MESSAGE, edited_at=datetime(2026, 3, 3, tzinfo=UTC)), "checked afresh", 2),
        (replace(NOTICE, answer=Choice.REMOVE), MESSAGE, "is being removed", 0),
        (replace(NOTICE, answer=Choice.AUTHORISED, letter="F.1"), MESSAGE, "check the letter.", 0),
        (replace(NOTICE, answer=Choice.DISPUTE), MESSAGE, "A moderator will look at it", 0),
        (NOTICE, REMOVED, "The message was removed.", 1),
        (replace(NOTICE, answer=Choice.REMOVE), REMOVED, "removed. Nothing more", 0),
        (replace(NOTICE, answer=Choice.DISPUTE), REMOVED, "removed. Thank you. A moderator will look", 0),
        (NOTICE, replace(MESSAGE, gone=Gone.DELETED), "You deleted the message", 0),
    ],
)
def test_a_notice_says_what_happens_next(
    notice: NoticeRow, message: MessageRow, after: str, offers: int
) -> None:
    view = notice_view(notice, message, SAY)
    assert after in view.after
    assert bool(view.after) == bool(after)
    assert len(view.choices + view.lettered) == offers


def test_who_had_his_message_removed_may_still_object_but_not_remove_it_again() -> None:
    view = notice_view(NOTICE, REMOVED, SAY)
    assert [choice.choice for choice in view.choices + view.lettered] == ["authorised"]


def test_only_the_authorised_are_asked_for_a_letter() -> None:
    view = notice_view(NOTICE, MESSAGE, SAY)
    assert [choice.choice for choice in view.choices] == ["remove"]
    assert [choice.choice for choice in view.lettered] == ["authorised"]


CARD = CardRow(1, "mods", 7, 3, Severity.HIGH, "T", "B", "/cases/7", NOON)


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_card_names_its_severity_in_its_own_language(severity: Severity, language: str) -> None:
    view = card_view(replace(CARD, severity=severity, language=language), SANA, {}, SAY)
    assert (view.level, view.anchor) == (severity.word, "c-7")
    assert view.severity == WORDS.text(language, f"severity-{severity}")


def test_a_card_has_its_buttons_and_leads_to_the_message_where_there_is_a_room_for_it() -> None:
    card = replace(CARD, choices=((CardChoice.LEAK, "Leak"),), about=("budget", "m1"))
    view = card_view(card, Place("/chat", "sana", "mods"), {"budget": "Budget wing"}, SAY)
    assert [(press.case, press.choice, press.label) for press in view.choices] == [(7, "leak", "Leak")]
    assert (view.about, view.about_label) == (
        "/chat/as/sana/rooms/budget#m-m1",
        "See the message in Budget wing",
    )
    assert card_view(card, SANA, {}, SAY).about == ""
