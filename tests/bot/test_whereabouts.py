"""Where something was found, in words: file, page, and whereabouts on the page."""

import pytest

from bot.mask import masked_findings
from bot.whereabouts import MOST_PLACES, part_words, place_words, places_words, sector
from detectors.finding import Box, Line, Part, Span
from tests.bot.builders import WORDS, finding

TOP_LEFT = Box(0.1, 0.05, 0.3, 0.1)


@pytest.mark.parametrize(
    ("box", "where"),
    [
        pytest.param(TOP_LEFT, "top-left", id="a corner"),
        pytest.param(Box(0.4, 0.05, 0.6, 0.1), "top", id="a heading in the middle"),
        pytest.param(Box(0.05, 0.05, 0.95, 0.1), "top", id="a heading across the page"),
        pytest.param(Box(0.0, 0.9, 0.7, 0.95), "bottom", id="a footer that takes most of a line"),
        pytest.param(Box(0.7, 0.9, 0.9, 0.95), "bottom-right", id="the other corner"),
        pytest.param(Box(0.05, 0.45, 0.2, 0.5), "left", id="in the margin"),
        pytest.param(Box(0.3, 0.3, 0.7, 0.7), "middle", id="across the middle"),
        pytest.param(Box(0.0, 0.0, 1.0, 1.0), "middle", id="all of the page"),
    ],
)
def test_a_region_is_told_by_where_its_middle_lies(box: Box, where: str) -> None:
    assert sector(box) == where
    assert WORDS.find("ur", f"region-{where}")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("text", "text"),
        ("file_name 2", "file name 2"),
        ("attachment 1 / page 3 / stamp", "attachment 1, page 3, stamp"),
        ("attachment 2 / file 4.docx / header and footer", "attachment 2, file 4.docx, header and footer"),
        ("attachment 1 / slide 3 notes", "attachment 1, slide 3 notes"),
        ("attachment 1 / page 501 to 700", "attachment 1, page 501 to 700"),
    ],
)
def test_a_part_is_told_as_people_say_it(part: str, said: str) -> None:
    assert part_words(WORDS, "en", part) == said


def test_urdu_has_its_own_words() -> None:
    said = place_words(WORDS, "ur", "attachment 1 / page 3", TOP_LEFT)
    assert said == "منسلکہ 1، صفحہ 3، اوپر بائیں"


def test_each_place_is_told_once_and_many_are_counted() -> None:
    pages = [Part(f"attachment 1 / page {number}", "SECRET") for number in range(1, 9)]
    found = masked_findings(pages, [finding(part=page.name) for page in pages for _ in range(2)])
    said = places_words(WORDS, "en", found)
    assert said.count("attachment 1") == MOST_PLACES
    assert said.endswith("; and 3 more")


def test_of_the_text_itself_nothing_is_told() -> None:
    assert places_words(WORDS, "en", masked_findings([Part("text", "SECRET")], [finding()])) == ""


def test_a_finding_spans_the_lines_that_it_touches() -> None:
    upper, lower = Box(0.2, 0.1, 0.8, 0.12), Box(0.1, 0.13, 0.5, 0.15)
    lines = (Line(Span(0, 6), upper), Line(Span(7, 12), lower), Line(Span(13, 20), Box(0, 0.9, 1, 1)))
    part = Part("attachment 1 / page 1", "SECRET\nplans\nfor all", lines=lines)
    one, two = masked_findings([part], [finding(part=part.name), finding(part=part.name, start=3, end=9)])
    assert (one.region, two.region) == (upper, Box(0.1, 0.1, 0.8, 0.15))


def test_text_that_was_not_read_off_an_image_has_no_region() -> None:
    (found,) = masked_findings([Part("text", "SECRET")], [finding()])
    assert found.region is None
