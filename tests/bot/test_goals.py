from pathlib import Path

import pytest

from bot.errors import InputError
from bot.evaluation import Label, Result
from bot.goals import Goal, reach, regressions, snapshot
from tests.bot.builders import message


def result(
    name: str, group: str, *, flag: bool, flagged: bool, entities: str = "", found: str = ""
) -> Result:
    label = Label(name, group, message(), flag, frozenset(entities.split()))
    return Result(label, flagged, frozenset(found.split()))


RESULTS = [
    result("hit", "ref-a", flag=True, flagged=True, entities="X", found="X Y"),
    result("half", "ref-b", flag=True, flagged=True, entities="X Y", found="Y"),
    result("miss", "ref-b", flag=True, flagged=False, entities="X"),
    result("alarm", "chat", flag=False, flagged=True, found="X"),
    result("clean", "chat", flag=False, flagged=False),
]


@pytest.mark.parametrize(
    ("goal", "rate", "met"),
    [
        pytest.param(Goal("g", ("ref-*",), recall=0.6), 2 / 3, True, id="recall counts what is flagged"),
        pytest.param(Goal("g", ("ref-*",), recall=0.7), 2 / 3, False, id="one too many missed"),
        pytest.param(Goal("g", ("ref-*",), recall=0.3, entity="X"), 1 / 3, True, id="recall of an entity"),
        pytest.param(Goal("g", ("ref-*",), recall=0.9, entity="Y"), 1.0, True, id="of those that have it"),
        pytest.param(Goal("g", ("chat",), alarms=0.5), 0.5, True, id="as many alarms as allowed"),
        pytest.param(Goal("g", ("chat",), alarms=0.1), 0.5, False, id="too many alarms"),
        pytest.param(Goal("g", ("nothing",), alarms=0.1), None, False, id="nothing counted proves nothing"),
    ],
)
def test_goals(goal: Goal, rate: float | None, met: bool) -> None:
    [reached] = reach([goal], RESULTS)
    assert reached.rate == rate
    assert reached.is_met is met


def test_a_goal_may_have_both_bounds() -> None:
    both = reach([Goal("g", ("*",), recall=0.5, alarms=0.5)], RESULTS)
    assert [one.what for one in both] == ["recall", "false alarms"]


@pytest.mark.parametrize("empty", [{"classes": (), "recall": 1.0}, {"classes": ("a",)}])
def test_an_empty_goal_is_a_mistake(empty: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a goal needs"):
        Goal("g", **empty)  # type: ignore[arg-type]


def test_what_was_right_and_is_not_any_more_is_a_regression(tmp_path: Path) -> None:
    baseline = tmp_path / "run.json"
    baseline.write_text(snapshot(RESULTS))
    assert regressions(baseline, RESULTS) == []
    worse = [result("hit", "ref-a", flag=True, flagged=False, entities="X"), *RESULTS[1:]]
    assert [one.label.id for one in regressions(baseline, worse)] == ["hit"]


def test_a_new_message_is_no_regression(tmp_path: Path) -> None:
    baseline = tmp_path / "run.json"
    baseline.write_text(snapshot(RESULTS[:1]))
    assert regressions(baseline, RESULTS) == []


@pytest.mark.parametrize("content", ["", "[]", "{}"])
def test_a_baseline_of_another_form_is_told_in_words(tmp_path: Path, content: str) -> None:
    baseline = tmp_path / "run.json"
    baseline.write_text(content)
    with pytest.raises(InputError, match="is not a run"):
        regressions(baseline, RESULTS)
    with pytest.raises(InputError, match="can't be read"):
        regressions(tmp_path / "none.json", RESULTS)
