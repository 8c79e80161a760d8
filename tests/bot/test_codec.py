import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.codec import about, bytes_event, event_bytes
from bot.errors import InputError
from bot.model import Answer, Attachment, Choice, Deletion, Event, Message, MessageRef, Person
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


@given(messages | deletions | answers)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    assert bytes_event(event_bytes(event)) == event


def test_an_entry_of_before_replies_were_quoted_is_still_read() -> None:
    older = json.loads(event_bytes(message()))
    del older["quoted"]
    assert bytes_event(json.dumps(older).encode()) == message()


def test_each_revision_and_each_kind_has_a_name_of_its_own() -> None:
    events: list[Event] = [
        message(),
        message(revision=1),
        message(id="m2"),
        Deletion(REF, START),
        Answer(REF, START, Person("amina"), Choice.DISPUTE),
        Answer(REF, datetime(2026, 3, 3, tzinfo=UTC), Person("amina"), Choice.DISPUTE),
    ]
    assert len({about(event) for event in events}) == len(events)


def test_the_name_holds_no_content() -> None:
    assert "hello" not in about(message("hello"))


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"kind": "other", "ref": ["a", "b", "c"]}', b"\xff"]
)
def test_anything_else_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(InputError):
        bytes_event(content)
