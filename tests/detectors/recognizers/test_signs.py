"""Whatever another way to read a text changes, its sign is found there: behind the gate none is missed."""

import time

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from detectors.engine import Engine
from detectors.finding import Part
from detectors.normalise import fold
from detectors.recognizers.damage import repaired, signs_of_damage
from detectors.recognizers.views import _LABEL_VIEWS, _NUMBER_VIEWS, View
from detectors.rulebook import Rulebook

PIECES = st.sampled_from([
    "SSEECCRREETT", "خخففییہہ", "aa", "éé", "S E C R E T", "SEC*RET", "SEC-\nRET", "S3CR3T", "SECREl", "O3OO-55l8299",
    "156🌸77", "1 dash 2", "0300 five five one 82", "double zero ", "F . 7 ( 3 ) / 2", "SECRET", " ", "\n", "-", "|", "1", "x",
])  # fmt: skip
TEXTS = (
    st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=6).map("".join).map(lambda one: fold(one).text)
)
VIEWS = dict.fromkeys((*_LABEL_VIEWS, *_NUMBER_VIEWS))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
@given(text=TEXTS)
@example(text="SSEECCRREETT")
def test_where_a_text_asks_for_a_view_its_sign_is_there(view: View, text: str) -> None:
    sign = regex.compile(view.sign or view.asks.pattern, view.asks.flags)
    if view.asks.search(text):
        assert sign.search(text)


WORDS = tuple(
    fold(word).text
    for word in (
        "TOP SECRET",
        "SECRET",
        "CONFIDENTIAL",
        "RESTRICTED",
        "CLASSIFIED",
        "انتہائی خفیہ",
        "خفیہ",
        "صیغہ راز",
    )
)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["change", "drop", "put"]), st.integers(0, 20), st.sampled_from("IOX1 .-\tß\nخہ")
    ),
    max_size=3,
)


def damaged(word: str, edits: list[tuple[str, int, str]]) -> str:
    for edit, anywhere, letter in edits:
        at = anywhere % (len(word) + 1)
        word = word[:at] + ("" if edit == "drop" else letter) + word[at + (edit != "put") :]
    return word


DAMAGED = st.builds(damaged, st.sampled_from([*WORDS, *(one[::-1] for one in WORDS)]), EDITS)
PAGES = st.builds(
    "{}{}{}".format,
    *[st.sampled_from(["", "\n", "page\n", "   ", "\t", "a "])],
    DAMAGED,
    st.sampled_from(["", "\n", "\nend", "   b"]),
)


@given(PAGES)
@example("claß\nified")
@example("TERCES")
@example("SECREI")
def test_where_something_is_restored_a_sign_of_damage_is_there(text: str) -> None:
    text = fold(text).text
    if repaired(text, WORDS) is not None:
        assert any(regex.search(sign, text, regex.MULTILINE) for sign in signs_of_damage(WORDS))


def test_the_words_that_are_restored_are_those_that_are_tried_here(rulebook: Rulebook) -> None:
    assert {fold(one).text for one in rulebook.judgement.repairable} <= set(WORDS)


def test_a_long_drawn_out_word_took_longer_than_any_text_may(engine: Engine) -> None:
    text = "no" + "o" * 500 + "1"
    before = time.thread_time()
    assert engine.scan([Part("text", text)]).undecided == ()
    assert time.thread_time() - before < 1
