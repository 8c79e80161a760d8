"""The page about speed is what the results say."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner

from benchmarks.speed import page as pages
from benchmarks.speed.charts import costs, paces
from benchmarks.speed.page import main, page
from benchmarks.speed.results import RAAZDAR, Length, Results, read, write
from tests.benchmarks.speed.examples import GOOD


def test_the_page_has_every_goal_and_every_rival() -> None:
    written = page(GOOD)
    assert (
        "| clean chat, against stock Presidio with the same recognizers | ≥ 60 × | 90.0 × | met |" in written
    )
    assert "| Raazdar, to the decision | 5,000 | 180,000 | 90.0 | 5.00 | 300 | 9,000 |" in written
    assert "| scrubadub | not installed |  |  |  |  |  |" in written
    assert "| many, --jsonl | 1,000,000 | 31.00 | 32,258 | 320 |" in written
    assert "- machine: 2 processors" in written
    assert "MISSED" not in written
    assert "quick run" not in written


def test_the_page_says_what_was_missed_and_that_a_run_was_quick() -> None:
    written = page(replace(GOOD, paces=(), is_quick=True))
    assert "≥ 60 × | not measured | MISSED |" in written
    assert "a quick run" in written


def test_a_text_that_was_not_tried_is_told() -> None:
    written = page(replace(GOOD, lengths=(Length("clean", 16, 0.004), Length("clean", 64, None))))
    assert "| 16 | 0.004 | not tried: too slow |" in written
    assert "| 64 | not tried: too slow |" in written


def test_a_text_too_slow_to_be_tried_is_the_slowest_of_its_length() -> None:
    quick, slow = Length("`!` again and again", 64, 9.0), Length("`1-` again and again", 64, None)
    written = page(replace(GOOD, lengths=(Length("clean", 64, 0.1), slow, quick)))
    assert "| 64 | 0.100 | not tried: too slow | not tried: too slow | `1-` again and again |" in written
    assert "| ≤ 50 ms | too slow to be tried | MISSED |" in written
    assert "<svg" in costs(replace(GOOD, lengths=(slow, quick)))


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    write(GOOD, tmp_path / "speed.json")
    assert read(tmp_path / "speed.json") == GOOD


@pytest.mark.parametrize("content", [None, "[]", '{"machine": 1}', "no JSON"])
def test_what_are_no_results_is_told_without_a_traceback(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "speed.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(click.ClickException, match="make bench-speed"):
        read(path)


def test_the_command_writes_the_page_and_every_chart_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE", tmp_path / "performance.md")
    (tmp_path / "images").mkdir()
    write(GOOD, tmp_path / "speed.json")
    ran = CliRunner().invoke(main, [str(tmp_path / "speed.json")])
    assert ran.exit_code == 0, ran.output
    shown = re.findall(r"\]\((images/[^)]+)\)", (tmp_path / "performance.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(f"images/{one.name}" for one in (tmp_path / "images").iterdir())


def test_charts_are_images_that_say_what_they_show() -> None:
    for drawn in (paces(GOOD), costs(GOOD)):
        root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
        assert root.get("role") == "img"
        assert "prefers-color-scheme: dark" in drawn
    assert f"{RAAZDAR} 180,000" in paces(GOOD)
    assert ">90.0 ×<" in paces(GOOD)


def test_everything_in_a_chart_is_on_the_page_of_it() -> None:
    for drawn in (paces(GOOD), costs(GOOD)):
        root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
        width, height = map(float, root.attrib["viewBox"].split()[2:])
        for shape in root.iter("{http://www.w3.org/2000/svg}circle"):
            assert 0 < float(shape.attrib["cx"]) < width
            assert 0 < float(shape.attrib["cy"]) < height


def test_nothing_measured_makes_an_empty_chart_of_costs() -> None:
    nothing = Results(machine="", seed=6, is_quick=False)
    assert "circle" not in costs(nothing)
