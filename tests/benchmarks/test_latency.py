"""The measurement itself: what it makes of times, and that it runs on each platform."""

import asyncio

import pytest

from benchmarks import latency
from benchmarks.latency import Post, measured, page, row
from benchmarks.stages import STAGES, Watch
from tests.fakes.detectors import FakeDetectors

POSTS = [Post("Good morning", leaks=False), Post("SECRET plans", leaks=True)] * 3


def test_percentiles_are_those_of_what_came() -> None:
    one = row("discord", "one after another", 300, [float(number) for number in range(101)], 250)
    assert (one.p50, one.p95, one.p99, one.warnings, one.lost) == (50.0, 95.0, 99.0, 101, 0)


@pytest.mark.parametrize(
    ("taken", "goal", "is_met"),
    [
        ([10.0, 20.0], 250, True),
        ([10.0, 900.0], 250, False),
        ([10.0, None, 20.0], 250, False),
        ([10.0, 900.0], None, True),
        ([], 250, False),
    ],
    ids=["fast", "slow", "one was lost", "no goal", "nothing came"],
)
def test_the_goal_is_met_only_by_what_came_in_time(
    taken: list[float | None], goal: float | None, is_met: bool
) -> None:
    assert row("discord", "one after another", 10, taken, goal).is_met == is_met


def test_the_page_says_whether_the_goal_was_met() -> None:
    written = page([row("discord", "one after another", 9, [1.0, 2.0], 250)], "machine: 2 processors")
    assert "| discord | one after another | 9 | 2 | 0 |" in written
    assert "p95 < 250 ms | met |" in written
    assert "- machine: 2 processors" in written


async def test_the_watch_takes_the_first_warning_after_the_arrival() -> None:
    watch = Watch()
    watch.left("amina")
    watch.arrived("amina")
    watch.left("amina")
    first = await watch.taken("amina")
    await asyncio.sleep(0)
    watch.left("amina")
    assert await watch.taken("amina") == first


@pytest.mark.parametrize("name", list(STAGES))
async def test_each_platform_is_measured(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latency, "BURSTS", 1)
    monkeypatch.setattr(latency, "BURST", 3)
    one_by_one, burst = await measured(STAGES[name](), POSTS, FakeDetectors())
    assert (one_by_one.messages, one_by_one.warnings, one_by_one.lost) == (6, 3, 0)
    assert (burst.messages, burst.warnings, burst.lost) == (3, 3, 0)
