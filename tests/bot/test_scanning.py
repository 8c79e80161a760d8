"""What is read together with a message: the files under it, the one it answers, its author's others."""

from dataclasses import replace

import pytest

from bot.model import Attachment, Message
from bot.runs import Run
from bot.scanning import scan_message, word_parts
from detectors.engine import Engine
from tests.bot.builders import message

PHOTO = Attachment("IMG_2033.jpg", "image/jpeg", b"\xff\xd8\xff")


def answering(text: str, quoted: str) -> Message:
    return replace(message(text), quoted=quoted)


def found(engine: Engine, one: Message, run: Run | None = None) -> list[tuple[str, str, int, int]]:
    scanned = scan_message(engine, one, run or Run())
    return [(each.entity, each.part, each.span.start, each.span.end) for each in scanned.scan.findings]


def test_the_question_gives_an_answer_its_meaning(engine: Engine) -> None:
    number = "3520212345671"
    assert found(engine, message(number)) == []
    assert found(engine, answering(number, "please send your CNIC number")) == [("PK_CNIC", "text", 0, 13)]


def test_a_word_broken_over_a_question_and_its_answer_is_one(engine: Engine) -> None:
    assert found(engine, answering("RET", "SEC")) == [("CLASSIFICATION_LABEL", "window", 0, 7)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("delete this at once", "SECRET\nSummary for the Prime Minister\nCNIC 35202-1234567-1"),
        ("is that your cnic?", "3520212345671"),
        ("Secret", "what is the answer?"),
    ],
    ids=["talk under a leak", "a question about a number", "a word that only heads itself"],
)
def test_nobody_answers_for_what_he_replies_to(engine: Engine, text: str, quoted: str) -> None:
    assert found(engine, answering(text, quoted)) == found(engine, message(text))


def test_what_was_asked_is_read_once_where_the_author_asked_himself(engine: Engine) -> None:
    asked = Run(before=("my CNIC is",))
    assert found(engine, answering("3520212345671", "my CNIC is"), asked) == [("PK_CNIC", "text", 0, 13)]


def test_what_only_a_run_gives_away_is_told_to_be_so(engine: Engine) -> None:
    scanned = scan_message(engine, message("3520212345671"), Run(before=("my CNIC is",)))
    assert scanned.is_of_run
    assert not scan_message(engine, message("35202-1234567-1"), Run(before=("hello",))).is_of_run


def test_a_label_is_surer_over_a_file(engine: Engine) -> None:
    over = scan_message(engine, replace(message("SECRET"), attachments=(PHOTO,))).scan.findings
    alone = scan_message(engine, message("SECRET")).scan.findings
    assert [one.span.end for one in over] == [one.span.end for one in alone] == [6]
    assert over[0].score > alone[0].score


def test_only_a_line_of_its_own_is_a_caption() -> None:
    parts = word_parts(replace(message("SECRET"), attachments=(PHOTO,)))
    assert parts[0].beside == PHOTO.name
    parts = word_parts(replace(message("SECRET\nand more"), attachments=(PHOTO,)))
    assert parts[0].beside == ""
