from datetime import timedelta

from bot.model import Message, MessageRef, Person
from bot.runs import LONGEST_RUN, LONGEST_TEXT, WITHIN, Run, Runs
from tests.bot.builders import message
from tests.fakes.clock import START


def said(*messages: Message) -> Runs:
    runs = Runs()
    for one in messages:
        runs.heard(one, is_told=False)
    return runs


def later(text: str, seconds: float, name: str = "next", revision: int = 0) -> Message:
    return message(text, id=name, at=START + timedelta(seconds=seconds), revision=revision)


def test_messages_close_in_time_form_a_run() -> None:
    runs = said(later("SEC", 0, "1"))
    assert runs.around(later("RET", WITHIN.total_seconds())).before == ("SEC",)


def test_a_later_message_starts_a_new_run() -> None:
    runs = said(later("SEC", 0, "1"))
    assert runs.around(later("RET", WITHIN.total_seconds() + 1)) == Run()


def test_messages_without_a_time_form_none() -> None:
    runs = said(later("SEC", 0, "1"))
    timeless = Message(message().ref, message().author, "RET", None)
    assert runs.around(timeless) == Run()


def test_an_edit_keeps_its_place_between_the_others() -> None:
    runs = said(later("hello", 0, "1"), later("RET", 5, "2"))
    assert runs.around(later("SEC", 0, "1", 1)) == Run((), ("RET",))


def test_an_edit_takes_the_place_of_what_was_said() -> None:
    runs = said(later("SEC", 0, "1"), later("other", 0, "1", 1))
    assert runs.around(later("RET", 5)).before == ("other",)


def test_an_edit_of_an_old_message_does_not_end_the_run() -> None:
    runs = said(later("SEC", 7200, "new"), later("edited", 0, "old", 1))
    assert runs.around(later("RET", 7205)).before == ("SEC",)


def test_what_was_told_is_forgotten() -> None:
    runs = said(later("SEC", 0, "1"))
    runs.heard(later("RET", 5, "2"), is_told=True)
    assert runs.around(later("x", 6)) == Run()


def test_runs_are_bounded() -> None:
    runs = said(*(later(str(n), n, str(n)) for n in range(LONGEST_RUN * 2)))
    assert len(runs.around(later("x", LONGEST_RUN * 2)).before) == LONGEST_RUN
    runs = said(later("x" * LONGEST_TEXT, 0, "1"), later("y", 1, "2"))
    assert runs.around(later("z", 2)).before == ("y",)


def test_what_authors_said_is_not_kept_longer_than_it_is_needed() -> None:
    runs = said(later("x", 0, "1"))
    other = Message(MessageRef("fake", "elsewhere", "1"), Person("bilal"), "y", START + WITHIN * 2)
    runs.heard(other, is_told=False)
    assert len(runs._runs) == 1
