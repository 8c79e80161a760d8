"""A line is judged alike however many judge, and what can't be judged is told with its number."""

import json
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cli.options import NO_CHAT
from bot.config.loading import load_configuration
from bot.policy import Policy
from bot.runs import WITHIN
from bot.scanning import Detectors
from bot.sifting.incoming import Line
from bot.sifting.lines import Answer, LineTask, place_of
from tests.fakes.clock import START
from tests.fakes.detectors import FakeDetectors

AT = START.isoformat()


@cache
def policy() -> Policy:
    return load_configuration().policy


def task(detectors: Callable[[], Detectors] = FakeDetectors) -> LineTask:
    return LineTask(detectors, policy(), NO_CHAT, (), show_text=False)


def line(number: int, **data: object) -> Line:
    return "in.jsonl", number, json.dumps({"id": number, "text": "hello"} | data).encode()


# Times go to and fro, so that what one author says ends the memory of what another one said.
SAID = st.fixed_dictionaries(
    {
        "text": st.sampled_from(["SEC", "RET"]),
        "author": st.sampled_from(["asma", "hina"]),
        "sent_at": st.sampled_from([0, 1, 9]).map(lambda one: (START + one * WITHIN / 4).isoformat()),
    }
)
ANYTHING = st.fixed_dictionaries(
    {"text": st.sampled_from(["SEC", "RET", "SECRET", "hello", "35202-1234567-1", "UNREADABLE", ""])},
    optional={
        "author": st.sampled_from(["asma", 7, "7", "", None, ["nobody"]]),
        "chat": st.sampled_from(["a", 7, None]),
        "id": st.sampled_from(["same", "other", True]),
        "sent_at": st.sampled_from([AT, None, "yesterday"]),
        "quoted": st.just("SEC"),
    },
)


@example(
    messages=[
        {"text": "SEC", "author": "asma", "sent_at": AT},
        {"text": "lunch?", "author": "hina", "sent_at": (START + 3 * WITHIN).isoformat()},
        {"text": "RET", "author": "asma", "sent_at": AT},
    ],
    count=2,
)
@given(messages=st.lists(SAID | ANYTHING, max_size=15), count=st.integers(2, 5))
def test_several_judges_say_what_one_says(messages: list[dict[str, object]], count: int) -> None:
    lines = [line(number, **data) for number, data in enumerate(messages)]
    lines.append(("in.jsonl", len(lines), b"no JSON"))
    assert judged(lines, count) == judged(lines, 1)


def judged(lines: Sequence[Line], count: int) -> list[Answer]:
    """By so many, each of whom sees only the lines of his own places; whatever has none goes round."""
    judges = [task().begin() for _ in range(count)]
    places = [place_of(one) for one in lines]
    numbers = [number if place is None else place for number, place in enumerate(places)]
    return [judges[number % count](one) for number, one in zip(numbers, lines, strict=True)]


def test_an_author_is_judged_in_one_place_in_each_chat() -> None:
    said = {"author": "asma", "chat": "a"}
    assert place_of(line(1, **said)) == place_of(line(2, text="x" * 1000, **said)) is not None
    assert place_of(line(1, author=7)) == place_of(line(2, author="7"))
    places = {place_of(line(1, author=f"author {number}")) for number in range(1000)}
    assert len(places) == 64


@pytest.mark.parametrize("one", [line(1), line(1, author=None), line(1, author=[]), ("in", 1, b"no JSON")])
def test_what_has_no_author_may_be_judged_anywhere(one: Line) -> None:
    assert place_of(one) is None


def broken() -> Detectors:
    detectors = FakeDetectors()
    detectors.breaks = True
    return detectors


@pytest.mark.parametrize(
    ("detectors", "data", "answer"),
    [
        pytest.param(FakeDetectors, b"{}", (2, b"", "in.jsonl: line 3: has no text"), id="no message"),
        pytest.param(
            broken,
            b'{"text": "SECRET"}',
            (2, b"", "in.jsonl: line 3: could not be judged (ValueError); please report this"),
            id="a detector that breaks",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    detectors: Callable[[], Detectors], data: bytes, answer: Answer
) -> None:
    assert task(detectors).begin()(("in.jsonl", 3, data)) == answer


@pytest.mark.parametrize(("text", "status"), [("hello", 0), ("SECRET", 1), ("UNREADABLE", 1)])
def test_the_status_that_a_line_calls_for(text: str, status: int) -> None:
    assert task().begin()(line(1, text=text))[0] == status


def test_a_line_whose_process_ended_is_told_as_not_judged() -> None:
    assert task().lost(("-", 9, b"SECRET")) == (
        2,
        b"",
        "standard input: line 9: could not be judged (its process ended); please report this",
    )
