"""The measurement of files: that each kind is read at all, and what counts as the goal."""

import pytest

from benchmarks.attachments import KINDS, Row, measured


@pytest.mark.parametrize(
    "kind", ["PDF", "DOCX", "XLSX", "PPTX", "ODT", "RTF", "HTML", "EML with a PDF", "MSG with a DOCX"]
)
def test_a_file_of_each_kind_is_read_whole(kind: str) -> None:
    row = measured(kind, 1)
    assert row.characters > 10_000 if kind != "PPTX" else row.characters > 5_000
    assert row.memory > 1
    assert row.pages == KINDS[kind][1]


@pytest.mark.parametrize(("times", "is_met"), [((10.0, 20.0, 900.0), True), ((400.0, 500.0), False)])
def test_the_goal_is_for_the_file_in_the_middle(times: tuple[float, ...], is_met: bool) -> None:
    assert Row("PDF", 10, times, 1, 1, goal=300).is_met == is_met
