"""What buttons carry, and what notices and cards look like."""

from dataclasses import replace

import pytest

from adapters.telegram import cards, notices
from adapters.telegram.translate import ref
from bot.model import Choice, Severity
from tests.adapters.telegram.rig import card, notice
from tests.fakes.words import FakeWords
from tests.platforms.telegram.content import read_content

LONGEST = "-1009999999999999"


@pytest.mark.parametrize("choice", Choice)
@pytest.mark.parametrize("id_", ["7", str(2**31 - 1), f"{LONGEST}/{2**31 - 1}"])
def test_a_button_says_all_and_fits(choice: Choice, id_: str) -> None:
    data = notices.button_data(ref(LONGEST, id_), choice)
    assert len(data.encode()) <= 64
    assert notices.read_button(data) == (LONGEST, id_, choice)


@pytest.mark.parametrize(
    "data", ["", "w", "w:x:-1:2", "w:r:-1", "w:r::2", "w:r:-1:", "v:r:-1:2", "w:r:-1:2:3"]
)
def test_a_button_of_something_else_is_none_of_ours(data: str) -> None:
    assert notices.read_button(data) is None


def test_telegram_takes_the_longest_notice_and_card() -> None:
    long = "<&>" * 5000
    for words in (
        notices.text(replace(notice(ref("-1", "2")), title=long, body=long, provision=long), long),
        cards.text(replace(card(), title=long, body=long), FakeWords()),
    ):
        assert read_content({"text": words, "parse_mode": "HTML"})["text"].startswith(("<&>", "🟠 <&>"))


@pytest.mark.parametrize("severity", Severity)
def test_a_card_says_its_severity_in_a_word_and_a_colour(severity: Severity) -> None:
    text = cards.text(replace(card(), severity=severity), FakeWords())
    assert not text[0].isascii()
    assert text.splitlines()[0].endswith(f"· [en] severity-{severity}")
