import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mask import EXCERPT_LENGTH, LONGEST_FINDING, evidence, mask
from bot.model import Message
from detectors.finding import Finding, Part, Scan
from tests.bot.builders import finding, message


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("35202-1234567-1", "•••••-•••••••-•"),
        ("TOP SECRET//SI", "••• ••••••//••"),
        ("خفیہ نمبر", "•••• ••••"),
        ("a\nb", "• •"),
        ("x\x00\u202e\ud800y", "•••••"),
        ("", ""),
    ],
)
def test_masking(text: str, masked: str) -> None:
    assert mask(text) == masked


@given(st.text())
def test_masking_keeps_the_length_and_no_letter_or_digit(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert not any(character.isalnum() for character in masked)


def _evidence(text: str, *findings: Finding) -> str:
    posted: Message = message(text)
    return evidence(posted, (Part("text", text),), Scan(findings)).excerpt


def test_around_personal_data_the_other_words_stay() -> None:
    shown = _evidence("my id is 35202-1234567-1 ok", finding("PK_CNIC", start=9, end=24))
    assert shown == "my id is •••••-•••••••-• ok"


def test_where_a_document_was_found_no_word_stays() -> None:
    found = (finding("PK_CNIC", start=20, end=35), finding(start=0, end=6))
    assert _evidence("SECRET the plan for 35202-1234567-1", *found) == "•••••• ••• •••• ••• •••••-•••••••-•"


def test_a_message_of_which_nothing_was_found_shows_nothing() -> None:
    assert _evidence("an unread attachment") == "•• •••••• ••••••••••"


def test_a_finding_in_another_part_masks_nothing_of_the_text_by_its_offsets() -> None:
    assert (
        _evidence("see the file", finding("PK_CNIC", start=0, end=7, part="attachment 1")) == "see the file"
    )


def test_what_only_several_messages_gave_away_shows_no_word_of_any() -> None:
    found = finding("PK_CNIC", start=0, end=20, part="window")
    assert _evidence("1234567-1 ok", found) == "•••••••-• ••"


def test_a_masked_finding_is_never_longer_than_needed() -> None:
    posted = message("x" * 1000)
    shown = evidence(posted, (Part("text", posted.text),), Scan((finding(end=1000),)))
    assert len(shown.findings[0].masked) == LONGEST_FINDING


def test_excerpts_can_always_be_shown_on_a_page() -> None:
    shown = _evidence("\ud800\x00 35202-1234567-1", finding("PK_CNIC", start=3, end=18))
    shown.encode("utf-8")


def test_excerpts_are_short() -> None:
    assert len(_evidence("x" * 10_000)) == EXCERPT_LENGTH


def test_findings_are_masked_and_keep_their_place() -> None:
    posted = message("SECRET")
    shown = evidence(posted, (Part("text", "SECRET"),), Scan((finding(),))).findings[0]
    assert (shown.masked, shown.start, shown.end) == ("••••••", 0, 6)
    assert dict(shown.attributes)["level"] == 3
