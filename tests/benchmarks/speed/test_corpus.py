"""The generated chat: the same each time, as much to find as is said, and nothing in what is clean."""

from itertools import islice
from random import Random
from statistics import mean, median

import pytest

from benchmarks.speed.corpus import BLOCK, SHARES, generated, lines, texts
from benchmarks.speed.leaks import KINDS
from bot.lines import read_line
from detectors.engine import Engine
from detectors.finding import Part


def test_the_same_seed_makes_the_same_messages_and_another_one_others() -> None:
    assert texts(300, 3, seed=1) == texts(300, 3, seed=1) != texts(300, 3, seed=2)


@pytest.mark.parametrize("share", SHARES)
def test_the_share_to_find_is_exact_in_every_hundred(share: int) -> None:
    messages = list(generated(5 * BLOCK, share, seed=1))
    for start in range(0, len(messages), BLOCK):
        assert sum(bool(one.kind) for one in messages[start : start + BLOCK]) == share


def test_every_kind_of_leak_occurs() -> None:
    assert {one.kind for one in generated(1000, 10, seed=1)} == {"", *KINDS}


def test_it_is_as_long_and_as_mixed_as_chat_is() -> None:
    chat = texts(10_000, 0, seed=1)
    lengths = [len(text) for text in chat]
    assert 50 <= mean(lengths) <= 70
    assert 30 <= median(lengths) <= 40
    assert 0.001 <= sum(length > 500 for length in lengths) / len(chat) <= 0.02
    assert (
        0.05 <= sum(any("\u0600" <= char <= "\u06ff" for char in text) for text in chat) / len(chat) <= 0.08
    )
    assert len(set(chat)) > len(chat) / 2


def test_a_generator_hands_out_the_first_of_a_million_at_once() -> None:
    assert len(list(islice(generated(1_000_000, 3, seed=1), 10))) == 10


def test_clean_messages_have_nothing_to_find(engine: Engine) -> None:
    for text in texts(400, 0, seed=5):
        scan = engine.scan([Part("text", text)])
        assert not scan.findings
        assert not scan.undecided


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_leak_is_found(engine: Engine, kind: str) -> None:
    random = Random(f"{kind} 1")  # noqa: S311 - chat by chance
    for _ in range(5):
        assert engine.scan([Part("text", KINDS[kind](random))]).findings


def test_each_line_is_a_message_of_somebody_in_a_chat() -> None:
    messages = [
        read_line(line.encode(), number).message for number, line in enumerate(lines(500, 3, seed=1), start=1)
    ]
    assert len({message.ref.id for message in messages}) == 500
    assert len({(message.ref.chat, message.author.id) for message in messages}) > 100
    times = [message.sent_at for message in messages]
    assert times == sorted(times)
