"""Each other way to read a text shows what it should, and points back to what it was made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.finding import Span
from detectors.recognizers.views import (
    characters_joined,
    digits_as_letters,
    letters_as_digits,
    letters_joined,
    repaired,
    without_inner_markup,
)

WORDS = ("TOP SECRET", "SECRET", "CONFIDENTIAL", "RESTRICTED")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("the S E C R E T plan", "the SECRET plan"),
        ("S E C R E T: plan", "SECRET: plan"),
        ("O.F.F.I.C.I.A.L.-.S.E.N.S.I.T.I.V.E", "OFFICIAL-SENSITIVE"),
        ("T O P  S E C R E T", "TOP SECRET"),
        ("S-E-C-R-E-T", "SECRET"),
        ("خ ف ی ہ", "خفیہ"),
        ("I am a b", "I am a b"),
    ],
)
def test_letters_set_apart_are_joined(text: str, seen: str) -> None:
    assert letters_joined(text).text == seen


@pytest.mark.parametrize(
    ("text", "seen"), [("S3CR3T", "SECRET"), ("t0p s3cr3t", "top secret"), ("CONFlDENT1AL", "CONFIDENTIAL"), ("little", "little")]
)  # fmt: skip
def test_digits_are_read_as_letters(text: str, seen: str) -> None:
    assert digits_as_letters(text, "I").text == seen


@pytest.mark.parametrize(
    ("text", "seen"), [("O3OO-55l8299", "0300-5518299"), ("BOSS 12", "BOSS 12"), ("352O2-1", "35202-1")]
)
def test_letters_are_read_as_digits(text: str, seen: str) -> None:
    assert letters_as_digits(text).text == seen


def test_characters_set_apart_are_joined_with_their_places() -> None:
    view = characters_joined("see F . 7 ( 3 ) / 2 0 2 3")
    assert view.text == "see F.7(3)/2023"
    assert view.original(4, 6) == Span(4, 7)


def test_markup_between_letters_is_taken_out() -> None:
    assert without_inner_markup("SEC*RE_T*").text == "SECRET*"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("SECREI", "SECRET"),
        ("S ECRET", "SECRET"),
        ("CQNFIDENTIAI", "CONFIDENTIAL"),
        ("TOP SECR ET", "TOP SECRET"),
        ("RESTR1CTED", "RESTRICTED"),
    ],
)
def test_a_damaged_label_is_restored_in_its_line(line: str, word: str) -> None:
    view = repaired(f"first line\n{line}\nlast line", WORDS)
    assert view is not None
    assert view.text == f"first line\n{word}\nlast line"
    assert view.original(11, 11 + len(word)) == Span(11, 11 + len(line))


@pytest.mark.parametrize(
    "line", ["SECRET", "SECRETS", "REGRET", "SECTOR", "Secrer", "SECRETARIAT", "UNRESTRICTED ACCESS"]
)
def test_another_word_is_not_taken_for_a_damaged_label(line: str) -> None:
    assert repaired(line, WORDS) is None


@given(st.text(alphabet="SECRET 10Ol.-\n*_|خفیہ(/", max_size=60))
def test_every_view_points_into_its_text(text: str) -> None:
    for view in (
        letters_joined(text),
        characters_joined(text),
        without_inner_markup(text),
        repaired(text, WORDS),
    ):
        for index in range(len(view.text) if view else 0):
            span = view.original(index, index + 1)
            assert 0 <= span.start < span.end <= len(text)
    assert len(digits_as_letters(text, "L").text) == len(letters_as_digits(text).text) == len(text)
