"""Each other way to read a text shows what it should, and points back to what it was made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.finding import Span
from detectors.recognizers.views import (
    characters_joined,
    digits_as_letters,
    letters_as_digits,
    letters_halved,
    letters_joined,
    with_hyphens,
    without_inner_markup,
    words_as_digits,
)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("the S E C R E T plan", "the SECRET plan"),
        ("S E C R E T: plan", "SECRET: plan"),
        ("O.F.F.I.C.I.A.L.-.S.E.N.S.I.T.I.V.E", "OFFICIAL-SENSITIVE"),
        ("T O P  S E C R E T", "TOP SECRET"),
        ("S-E-C-R-E-T", "SECRET"),
        ("خ ف ی ہ", "خفیہ"),
        ("خ🔒ف🔒ی🔒ہ", "خفیہ"),
        ("S🔥E🔥C🔥R🔥E🔥T", "SECRET"),
        ("O🔥F🔥F🔥I🔥C🔥I🔥A🔥L🔥-🔥S🔥E🔥N🔥S🔥I🔥T🔥I🔥V🔥E", "OFFICIAL-SENSITIVE"),
        ("S=E=C=R=E=T", "SECRET"),
        ("S.E-C_R*E~T", "SECRET"),
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


@pytest.mark.parametrize(
    ("text", "seen", "why"),
    [
        ("SEC*RE_T*", "SECRET*", "single marks of chat markup"),
        ("SEC🔒RET", "SECRET", "an emoji"),
        ("CONFI-\nDENTIAL", "CONFIDENTIAL", "a hyphen at the end of the line"),
        ("con-fi-den-tial", "confidential", "syllables"),
        ("SEC-RET", "SECRET", "a hyphen inside capitals"),
        ("e-mail and/or well-known", "e-mail and/or well-known", "ordinary hyphens stay"),
    ],
)
def test_marks_between_letters_are_taken_out(text: str, seen: str, why: str) -> None:
    assert without_inner_markup(text).text == seen, why


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("SSEECCRREETT", "SECRET"),
        ("TTOOPP SSEECCRREETT", "TOP SECRET"),
        ("OOFFFFIICCIIAALL", "OFFICIAL"),
        ("SSSEEECCCRRREEETTT", "SECRET"),
        ("committee", "committee"),
    ],
)
def test_letters_written_twice_are_written_once(text: str, seen: str) -> None:
    assert letters_halved(text).text == seen


@pytest.mark.parametrize(
    ("text", "seen", "why"),
    [
        ("15602🌸7730194🌸1", "15602-7730194-1", "emoji"),
        ("16101~9027718~6", "16101-9027718-6", "tildes"),
        ("35202 dash 1234567 dash 1", "35202-1234567-1", "the sign told in words"),
        ("12:30, 4.5 and 2/3", "12:30, 4.5 and 2/3", "ordinary signs stay"),
    ],
)
def test_marks_between_digits_are_hyphens(text: str, seen: str, why: str) -> None:
    assert with_hyphens(text).text == seen, why


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("0300 five five one 8299", "0300 5 5 1 8299"),
        ("call zero three double zero, 5518299", "call 0 3 00, 5518299"),
        ("صفر تین صفر صفر 5518299", "0 3 0 0 5518299"),
        ("give me one or two of the three", "give me one or two of the three"),
        ("one two three four", "one two three four"),
    ],
)
def test_digits_told_in_words_are_digits(text: str, seen: str) -> None:
    assert words_as_digits(text).text == seen


@given(st.text(alphabet="SECRET 10Ol.-\n*_|~خفیہ(/one", max_size=60))
def test_every_view_points_into_its_text(text: str) -> None:
    for view in (
        letters_joined(text),
        characters_joined(text),
        without_inner_markup(text),
        letters_halved(text),
        with_hyphens(text),
        words_as_digits(text),
    ):
        for index in range(len(view.text) if view else 0):
            span = view.original(index, index + 1)
            assert 0 <= span.start < span.end <= len(text)
    assert len(digits_as_letters(text, "L").text) == len(letters_as_digits(text).text) == len(text)
