from datetime import timedelta

from bot.model import Message
from bot.runs import LONGEST_RUN, LONGEST_TEXT, WITHIN, Runs
from tests.bot.builders import message
from tests.fakes.clock import START


def said(*messages: Message) -> Runs:
    runs = Runs()
    for one in messages:
        runs.add(one)
    return runs


def test_messages_close_in_time_form_a_run() -> None:
    runs = said(message("SEC", id="1"))
    assert runs.before(message("RET", id="2", at=START + WITHIN)) == ["SEC"]


def test_a_later_message_starts_a_new_run() -> None:
    runs = said(message("SEC", id="1"))
    assert runs.before(message("RET", id="2", at=START + WITHIN + timedelta(seconds=1))) == []


def test_messages_without_a_time_form_none() -> None:
    runs = said(message("SEC", id="1"))
    timeless = Message(message().ref, message().author, "RET", None)
    assert runs.before(timeless) == ()


def test_an_edit_takes_the_place_of_what_was_said() -> None:
    runs = said(message("SEC", id="1"), message("other", id="1", revision=1))
    assert runs.before(message("RET", id="2")) == ["other"]


def test_what_was_told_is_forgotten() -> None:
    runs = said(message("SEC", id="1"))
    runs.forget(message("RET", id="2"))
    assert runs.before(message("x", id="3")) == []


def test_runs_are_bounded() -> None:
    runs = said(*(message(str(n), id=str(n)) for n in range(LONGEST_RUN * 2)))
    assert len(runs.before(message(id="last"))) == LONGEST_RUN
    runs = said(message("x" * LONGEST_TEXT, id="1"), message("y", id="2"))
    assert runs.before(message(id="3")) == ["y"]
