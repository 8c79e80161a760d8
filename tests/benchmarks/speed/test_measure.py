"""The measurement as a whole, on very few messages and with rivals that are quick to make."""

import pytest

from benchmarks.speed import growth, lengths, measure, rivals, whole
from benchmarks.speed.corpus import SHARES
from benchmarks.speed.measure import Plan, measured
from benchmarks.speed.race import Entrant, OneByOne
from benchmarks.speed.results import RAAZDAR, SCRUBADUB, STOCK, Growth, Length, Whole
from benchmarks.speed.rivals import RIVALS, NotThere
from bot.config.loading import Configuration
from detectors.engine import Engine


def missing(_: rivals.Load) -> Entrant:
    raise NotThere("not installed")


def at_once(_: rivals.Load) -> Entrant:
    return OneByOne(str.split)


def test_a_rival_that_is_missing_is_told_and_the_others_are_measured(
    configuration: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "load_configuration", lambda: configuration)
    own = {RAAZDAR: at_once, STOCK: at_once, SCRUBADUB: missing}
    monkeypatch.setattr(measure, "RIVALS", own)
    monkeypatch.setattr(whole, "started", lambda names, times: [])
    monkeypatch.setattr(whole, "scanned_short", lambda times: [Whole(whole.CLEAN, 1, 1.0, 90)])
    monkeypatch.setattr(whole, "scanned_many", lambda count, seed: Whole(whole.MANY, count, 1.0, 90))
    monkeypatch.setattr(lengths, "measured", lambda configuration: [Length("clean", 16, 1.0)])
    monkeypatch.setattr(growth, "measured", lambda *plan: [Growth(50, 1.0)])
    steps: list[str] = []
    plan = Plan(messages=200, rounds=2, budget=1.0, lines=10, times=1, grown=10)
    results = measured(plan, 6, is_quick=True, tell=steps.append)
    assert results.missing == {SCRUBADUB: "not installed"}
    assert {(one.rival, one.share) for one in results.paces} == {
        (rival, share) for rival in (RAAZDAR, STOCK) for share in SHARES
    }
    assert all(one.ratio for one in results.paces)
    assert [one.messages for one in results.wholes] == [1, 10]
    assert len(steps) == len(set(steps)) == 5 + len(SHARES)


@pytest.mark.parametrize("name", [RAAZDAR, STOCK])
def test_a_rival_that_is_always_there_answers(name: str, configuration: Configuration) -> None:
    assert len(RIVALS[name](lambda: configuration).run(["hello", "my CNIC is 35202-1234567-1"])) == 2


@pytest.mark.parametrize("name", list(lengths.TEXTS))
def test_a_text_is_as_long_as_it_must_be(name: str) -> None:
    assert [len(lengths.TEXTS[name](length)) for length in (16, 1_024)] == [16, 1_024]


def test_a_text_that_takes_too_long_stops_the_longer_ones(
    configuration: Configuration, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lengths, "build_detectors", lambda _: engine)
    monkeypatch.setattr(lengths, "TOO_LONG", 0.0)
    monkeypatch.setattr(lengths, "TEXTS", {"clean": lengths.TEXTS["clean"]})
    first, *others = lengths.measured(configuration)
    assert first.milliseconds
    assert {one.milliseconds for one in others} == {None}


def test_further_recognizers_are_all_different_and_find_what_they_name() -> None:
    own = growth.recognizers(1_000, seed=1)
    assert len({one.supported_entities[0] for one in own}) == 1_000
    assert len({one.patterns[0].regex for one in own}) > 950
