"""The gate's alphabet: one byte a character, whatever the character, and an edge on either side."""

import regex
from hypothesis import example, given
from hypothesis import strategies as st

from detectors.gate.alphabet import ASCII, EDGE, byte_of, encoded, only
from detectors.gate.classes import any_of
from detectors.normalise import fold

EVERY = "".join(map(chr, range(0x110000)))

ANY_TEXT = st.text(st.characters(codec=None), max_size=40)


@given(ANY_TEXT)
@example("")
@example("\x00\x7f\x80\xff\u0100\ud800\udfff\uffff\U00010000\U0010ffff")
def test_each_character_is_its_byte_between_two_edges(text: str) -> None:
    assert encoded(text) == bytes([0, *map(byte_of, text), 0])


def test_every_code_point_is_its_byte() -> None:
    assert encoded(EVERY) == b"\0" + bytes(map(byte_of, EVERY)) + b"\0"


def test_only_what_is_beyond_ascii_is_above_it() -> None:
    assert all((1 << byte_of(char)) & ASCII for char in EVERY[:128])
    assert all(
        (1 << byte_of(char)) & ~ASCII for char in (*EVERY[128:0x800], "\ud800", "\uffff", "\U0010ffff")
    )


def test_a_set_holds_the_bytes_of_its_characters() -> None:
    assert only("a", "\n", "\u0627", "\u0627") == 1 << 97 | 1 << 10 | 1 << byte_of("\u0627")
    assert (only(), EDGE) == (0, only("\x00"))


def test_the_letters_of_urdu_have_a_byte_each() -> None:
    letters = "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہیے"
    assert len(set(map(byte_of, letters))) == len(letters)
    assert not set(map(byte_of, letters)) & set(map(byte_of, "é😀ж•۞"))


def _foreign(text: str) -> list[str]:
    """The digits and blanks beyond ASCII."""
    return [char for char in regex.findall(r"[\d\s]", text) if not char.isascii()]


def test_folding_leaves_no_digit_and_no_blank_beyond_ascii() -> None:
    foreign = _foreign(EVERY)
    assert len(foreign) > 600
    assert _foreign(fold("x".join(foreign)).text) == []


@given(ANY_TEXT)
def test_no_text_is_folded_to_a_digit_or_a_blank_beyond_ascii(text: str) -> None:
    assert _foreign(fold(text).text) == []


def test_a_letter_of_ascii_is_no_other_letter_in_another_case_but_those_that_are_known() -> None:
    known = any_of("[a-zA-Z]", regex.IGNORECASE, 0)
    others = [char for char in regex.findall(r"(?i)[\x00-\x7f]", EVERY) if not char.isascii()]
    assert len(others) == 4
    assert all(known.of & only(char) for char in others)
