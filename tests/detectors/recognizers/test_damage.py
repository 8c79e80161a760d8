"""A label that was damaged on its way into a text is restored, and no other word is made one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.finding import Span
from detectors.recognizers.damage import misread, repaired

WORDS = ("TOP SECRET", "SECRET", "CONFIDENTIAL", "RESTRICTED", "انتہائی خفیہ", "خفیہ")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("SECREI", "SECRET"),
        ("S ECRET", "SECRET"),
        ("CQNFIDENTIAI", "CONFIDENTIAL"),
        ("TOP SECR ET", "TOP SECRET"),
        ("RESTR1CTED", "RESTRICTED"),
        ("حفیہ", "خفیہ"),
        ("خفہ", "خفیہ"),
        ("خفے", "خفیہ"),
        ("انتمائی خفیر", "انتہائی خفیہ"),
        ("اتہائی خفے", "انتہائی خفیہ"),
    ],
)
def test_a_damaged_label_is_restored_in_its_line(line: str, word: str) -> None:
    view = repaired(f"first line\n{line}\nlast line", WORDS)
    assert view is not None
    assert view.text == f"first line\n{word}\nlast line"
    assert view.original(11, 11 + len(word)) == Span(11, 11 + len(line))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("TOP\nSE\nCRET\nannex 2 of the plan", "TOP SECRET\nannex 2 of the plan"),
        ("CONFI-\nDENTIAL\nletter of the board", "CONFIDENTIAL\nletter of the board"),
        ("re\nstric\nted", "RESTRICTED"),
        ("TERCES\nletter of the board", "SECRET\nletter of the board"),
    ],
)
def test_a_word_over_several_lines_or_from_its_end_is_restored(text: str, seen: str) -> None:
    view = repaired(text, WORDS)
    assert view is not None
    assert view.text == seen


def test_words_in_lines_of_their_own_are_not_put_together() -> None:
    assert repaired("top\nsecret\nmenu", WORDS) is None


@pytest.mark.parametrize(
    "line",
    [
        "SECRET",
        "SECRETS",
        "REGRET",
        "SECTOR",
        "Secrer",
        "SECRETARIAT",
        "UNRESTRICTED ACCESS",
        "خفیہ",
        "خلیہ",
        "خفا",
        "انتہائی خوشی",
        "خفیہ رائے شماری",
        "ضلع راولپنڈی",
    ],
)
def test_another_word_is_not_taken_for_a_damaged_label(line: str) -> None:
    assert repaired(line, WORDS) is None


@given(st.text(alphabet="SECRET 10Ol.-\n*_|~خفیہانتے(/one", max_size=60))
def test_what_is_restored_points_into_its_text(text: str) -> None:
    view = repaired(text, WORDS)
    for index in range(len(view.text) if view else 0):
        span = view.original(index, index + 1)  # type: ignore[union-attr]
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("line", ["اتہائی خی", "انتہائی خف", "اتہائی خفے", "تتہائی خفیہ", "اتہائی ظے"])
def test_letters_that_were_lost_in_reading_an_image_are_restored(line: str) -> None:
    view = misread(f"{line}\nحکومت", WORDS)
    assert view is not None
    assert view.text == "انتہائی خفیہ\nحکومت"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("انتہائی خفیہ", "it is whole"),
        ("انتہائی اہم", "very important"),
        ("انتہائی خوشی", "great joy"),
        ("انتہائی خطرہ", "great danger"),
        ("انتہائی غیر", "very un-"),
        ("انتہائی خفا", "very angry"),
        ("انتہائی خوب", "very good"),
        ("انتہائی خاص", "very special"),
        ("انتہائی غیب", "very hidden from sight"),
        ("خی", "a short word may be anything"),
        ("SECRE", "Latin letters are not left out"),
    ],
)
def test_another_word_is_not_taken_for_one_that_lost_letters(line: str, why: str) -> None:
    assert misread(f"{line}\nحکومت", WORDS) is None, why
