"""The short way to the line of a clean message writes what the long way would."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Decision
from bot.policy import NOTHING
from bot.scanning import Scanned
from bot.sifting.results import result, written
from detectors.finding import Part, Scan, Undecided

IDS = st.none() | st.integers() | st.text(st.characters())


@given(IDS)
def test_a_clean_line_is_the_same_either_way(message_id: str | int | None) -> None:
    scanned = Scanned((Part("text", "lunch?"),), Scan())
    long = json.dumps(result(message_id, scanned, Decision(), show_text=False), ensure_ascii=False) + "\n"
    assert written(message_id, scanned, NOTHING, show_text=False) == long.encode("utf-8", "backslashreplace")


def test_a_line_that_has_something_undecided_says_so() -> None:
    scanned = Scanned((), Scan((), (Undecided("attachment 1", "encrypted"),)))
    line = json.loads(written("a", scanned, NOTHING, show_text=False))
    assert line["undecided"] == [{"part": "attachment 1", "reason": "encrypted"}]
