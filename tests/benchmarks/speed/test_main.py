"""The command: what it prints, keeps and answers."""

import os
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from benchmarks.speed import __main__ as command
from benchmarks.speed.measure import QUICK, Plan
from benchmarks.speed.results import Results
from tests.benchmarks.speed.examples import GOOD


@pytest.mark.parametrize(
    ("results", "status", "told"),
    [
        (GOOD, 0, "≤ 0.5 ms 0.290 ms met"),
        (replace(GOOD, growth=()), 1, "≤ 2 × not measured MISSED"),
    ],
    ids=["every goal is met", "one is missed"],
)
def test_the_status_says_whether_the_goals_are_met(
    results: Results, status: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[Plan] = []

    def measured(plan: Plan, *_: object, **__: object) -> Results:
        plans.append(plan)
        return results

    monkeypatch.setattr(command, "measured", measured)
    monkeypatch.setattr(command, "write", lambda one: (tmp_path / "kept").write_text(one.machine))
    with patch.dict(os.environ):
        ran = CliRunner().invoke(command.main, ["--quick", "--lines", "7"])
    assert ran.exit_code == status, ran.output
    assert told in " ".join(ran.output.split())
    assert "scrubadub" in ran.output
    assert plans == [replace(QUICK, lines=7)]
    assert (tmp_path / "kept").read_text() == GOOD.machine
