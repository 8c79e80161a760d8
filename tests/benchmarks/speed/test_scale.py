"""Figures, and their places in a chart."""

import pytest

from benchmarks.speed.figures import readable, short
from benchmarks.speed.scale import Log


@pytest.mark.parametrize(
    ("figure", "written", "brief"),
    [
        (0.0123, "0.012", "0.0123"),
        (1.0, "1.00", "1"),
        (31.42, "31.4", "31.4"),
        (416_656.0, "416,656", "417k"),
        (2_000_000.0, "2,000,000", "2M"),
    ],
)
def test_a_figure_is_written_without_exponents(figure: float, written: str, brief: str) -> None:
    assert (readable(figure), short(figure)) == (written, brief)


def test_a_scale_goes_from_the_power_of_ten_below_to_the_one_above() -> None:
    scale = Log.over(iter([20.0, 300.0]), 0, 200)
    assert scale.ticks() == [10.0, 100.0, 1000.0]
    assert [scale.at(figure) for figure in (10.0, 100.0, 1000.0)] == [0, 100, 200]


def test_figures_of_one_size_still_have_a_scale() -> None:
    assert Log.over(iter([10.0]), 0, 100).ticks() == [10.0, 100.0]


def test_a_scale_may_go_upwards() -> None:
    assert Log.over(iter([1.0, 10.0]), 200, 100).at(10.0) == 100
