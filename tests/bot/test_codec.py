import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.codec import about, bytes_event, event_bytes, with_plain_names
from bot.errors import InputError
from bot.model import (
    Answer,
    Attachment,
    CardChoice,
    ChatRef,
    Choice,
    Deletion,
    Event,
    Gap,
    Joined,
    Message,
    MessageRef,
    Mode,
    ModeChange,
    Person,
    Press,
    Report,
)
from tests.bot.builders import REF, message
from tests.fakes.clock import START

anything = st.text(st.characters(categories=["L", "N", "P", "S", "Z", "C", "M"]))  # lone surrogates too
times = st.datetimes(timezones=st.just(UTC))
refs = st.builds(MessageRef, anything, anything, anything)
people = st.builds(Person, anything, anything)
attachments = st.builds(Attachment, anything, anything, st.none() | st.binary(), anything)
messages = st.builds(
    Message,
    refs,
    people,
    anything,
    st.none() | times,
    st.integers(0, 9),
    st.lists(attachments, max_size=2).map(tuple),
    st.none() | anything,
    st.none() | anything,
    anything,
)
deletions = st.builds(Deletion, refs, times, anything)
answers = st.builds(Answer, refs, times, people, st.sampled_from(Choice), anything)

chats = st.builds(ChatRef, anything, anything)
presses = st.builds(
    Press, anything, st.integers(0), chats, times, people, st.sampled_from(CardChoice), st.booleans()
)
reports = st.builds(Report, messages, times, people, anything, anything)
mode_changes = st.builds(ModeChange, anything, chats, times, people, st.sampled_from(Mode))
joined = st.builds(Joined, chats, anything, times, st.none() | people)
gaps = st.builds(Gap, chats, times, anything, anything, st.none() | st.integers(0))
events = messages | deletions | answers | presses | reports | mode_changes | joined | gaps


@given(events)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    assert bytes_event(event_bytes(event)) == event


@given(events)
def test_a_plain_name_is_plain_already(event: Event) -> None:
    plain = with_plain_names(event)
    assert with_plain_names(plain) == plain
    assert about(plain).isascii()


def test_an_entry_of_before_replies_were_quoted_is_still_read() -> None:
    older = json.loads(event_bytes(message()))
    del older["quoted"]
    assert bytes_event(json.dumps(older).encode()) == message()


def test_each_revision_and_each_kind_has_a_name_of_its_own() -> None:
    mona, office = Person("mona"), REF.chat_ref
    happened: list[Event] = [
        message(),
        message(revision=1),
        message(id="m2"),
        Deletion(REF, START),
        Answer(REF, START, Person("amina"), Choice.DISPUTE),
        Answer(REF, datetime(2026, 3, 3, tzinfo=UTC), Person("amina"), Choice.DISPUTE),
        Press("1", 1, office, START, mona, CardChoice.LEAK),
        Press("2", 1, office, START, mona, CardChoice.LEAK),
        Report(message(), START, mona),
        Report(message(), START, mona, "official-information"),
        ModeChange("1", office, START, mona, Mode.COACH),
        Joined(office, "Office", START),
        Gap(office, START, "57", "why"),
        Gap(office, START, "58", "why"),
    ]
    assert len({about(event) for event in happened}) == len(happened)


def test_the_name_holds_no_content() -> None:
    assert "hello" not in about(message("hello"))


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"kind": "other", "ref": ["a", "b", "c"]}', b"\xff"]
)
def test_anything_else_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(InputError):
        bytes_event(content)
