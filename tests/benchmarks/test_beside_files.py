"""The measurement beside files: that it runs, and what counts as the goal."""

import pytest

from benchmarks import beside_files
from benchmarks.beside_files import measured
from benchmarks.latency import Post
from benchmarks.stages import STAGES
from tests.fakes.detectors import FakeDetectors

POSTS = [Post("Good morning", leaks=False), Post("SECRET plans", leaks=True)] * 3


@pytest.mark.parametrize("name", list(STAGES))
async def test_each_platform_is_measured_alone_and_beside_files(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside_files, "PAGES", 2)
    alone, beside = await measured(STAGES[name](), POSTS, FakeDetectors())
    assert (alone.warnings, alone.lost, alone.goal) == (3, 0, None)
    assert (beside.warnings, beside.lost, beside.goal) == (3, 0, round(2 * alone.p95, 1))
