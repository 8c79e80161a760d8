"""The measurement of papers: the papers are what they are said to be, and the shares are counted right."""

import io

import pytest
from PIL import Image

from benchmarks.paper.collection import COUNT, clean, labelled
from benchmarks.paper.sheets import missing_fonts
from benchmarks.papers import Judged, judge, table_of
from bot.config.loading import load_configuration
from bot.wiring import build_detectors
from tests.detectors.extract.ocr.conftest import need


def judged(label: str, right: bool, language: str = "en") -> Judged:
    return Judged(language, "stamp", "flat", 100, label, right, 1.0)


@pytest.fixture
def fonts() -> None:
    need(not missing_fonts(), "a font of the papers")


@pytest.mark.usefixtures("fonts")
def test_the_same_seed_makes_the_same_papers() -> None:
    first, again = (next(iter(labelled(urdu=True, seed=9))) for _ in range(2))
    assert first == again
    assert Image.open(io.BytesIO(first.content)).size[0] > 700


@pytest.mark.usefixtures("fonts")
def test_a_label_is_found_on_a_paper_and_none_on_a_clean_one() -> None:
    detectors = build_detectors(load_configuration())
    with_label, without = next(iter(labelled(urdu=False))), next(iter(clean(urdu=False)))
    assert judge(with_label, detectors).is_right
    assert judge(without, detectors).is_right
    assert not without.label


@pytest.mark.parametrize(
    ("found", "clean_right", "is_met"), [(38, 40, True), (37, 40, False), (40, 39, False)]
)
def test_the_goals_are_for_all_papers_together(found: int, clean_right: int, is_met: bool) -> None:
    shares = table_of(
        [judged("SECRET", number < found) for number in range(COUNT)]
        + [judged("", number < clean_right) for number in range(COUNT)]
    )
    assert all(share.is_met for share in shares) is is_met
