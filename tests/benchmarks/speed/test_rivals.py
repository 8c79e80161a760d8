"""The rivals: that each really looks for something, and that one that is missing is told."""

import re
import sys
from collections.abc import Sequence

import pytest
import regex

from benchmarks.speed.bare import Together
from benchmarks.speed.patterns import counted, one_by_one, patterns_of
from benchmarks.speed.presidio import with_its_own, with_recognizers
from benchmarks.speed.results import DATAFOG, SCRUBADUB
from benchmarks.speed.rivals import RIVALS, NotThere
from bot.config.loading import Configuration
from detectors.analysis import recognizers_of

LEAK = "SECRET\nwrite to s.qureshi@gmail.com, his CNIC is 35202-1234567-1"


def test_stock_presidio_finds_what_our_recognizers_look_for(configuration: Configuration) -> None:
    found = with_recognizers(recognizers_of(configuration.rulebook))(LEAK)
    assert {one.entity_type for one in found} >= {"CLASSIFICATION_LABEL", "EMAIL_ADDRESS", "PK_CNIC"}


def test_stock_presidio_finds_what_its_own_recognizers_look_for() -> None:
    assert "EMAIL_ADDRESS" in {one.entity_type for one in with_its_own()(LEAK)}


def test_the_patterns_one_by_one_find_what_they_look_for(configuration: Configuration) -> None:
    patterns = patterns_of(configuration.rulebook)
    found = one_by_one(patterns)(LEAK)
    assert {LEAK[start:end] for start, end in found} >= {"SECRET", "s.qureshi@gmail.com", "35202-1234567-1"}


def test_it_is_told_how_many_patterns_are_plain() -> None:
    told = counted([re.compile("a"), regex.compile("a"), re.compile("b")])
    assert told == "patterns one by one: 3, 2 with `re` and 1 with `regex`"


@pytest.mark.parametrize(("name", "module"), [(DATAFOG, "datafog.engine"), (SCRUBADUB, "scrubadub")])
def test_a_rival_that_is_not_installed_is_told(
    name: str, module: str, configuration: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(NotThere, match="not installed"):
        RIVALS[name](lambda: configuration)


def test_what_takes_all_texts_together_has_one_time_for_all() -> None:
    shown: list[Sequence[str]] = []

    def bare(texts: Sequence[str]) -> float:
        shown.append(texts)
        return 0.5

    assert Together(bare).run(["a", "b"]) == [0.25, 0.25]
    assert shown == [["a", "b"]]
