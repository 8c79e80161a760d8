"""Pages are read however they lie; what stands in a margin or on a stamp is told apart."""

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from detectors.extract.ocr import urdu
from detectors.extract.ocr.page import _is_unread
from detectors.extract.ocr.writing import Writing
from detectors.finding import Part, Picture, Undecided
from tests.detectors.extract.drawings import drawing, saved, stamp
from tests.detectors.extract.samples import Read

TEXT = (
    "Summary for the Cabinet",
    "The committee met on Tuesday.",
    "It agreed on all the figures.",
    "This is for information.",
)


@pytest.mark.parametrize("degrees", [0, 3, -5, 87, 90, 93, 177, 180, 267, 270, 273])
def test_a_page_is_read_however_it_lies(degrees: int) -> None:
    page = drawing("SECRET", *TEXT).rotate(degrees, expand=True, fillcolor="white")
    assert Read(saved(page)).parts["a"].splitlines() == ["SECRET", *TEXT]


def test_a_stamp_that_lies_aslant_is_a_part_of_its_own() -> None:
    page = drawing(*TEXT, *[""] * 7)
    mark = stamp("TOP SECRET", 17)
    page.paste(mark, (300, 380), mark)
    read = Read(saved(page))
    assert read.parts == {"a": "\n".join(TEXT), "a / stamp": "TOP SECRET"}


def test_a_coloured_stamp_beside_the_text_is_not_read_into_its_line() -> None:
    page = drawing(*TEXT)
    mark = stamp("SECRET", 0)
    page.paste(mark, (650, 120), mark)
    assert Read(saved(page)).parts["a / stamp"] == "SECRET"


def test_what_stands_off_at_the_top_and_at_the_bottom_is_a_margin() -> None:
    page = drawing("RESTRICTED", "", "", *TEXT, *TEXT, "", "", "Page 3 of 9")
    read = Read(saved(page))
    assert (read.parts["a / header"], read.parts["a / footer"]) == ("RESTRICTED", "Page 3 of 9")
    assert read.parts["a"] == "\n".join((*TEXT, *TEXT))


def test_one_line_that_runs_upwards_lost_the_whole_page() -> None:
    page = drawing("SECRET", *TEXT, *TEXT, width=1000)
    note = drawing("a note in the margin", width=520).rotate(90, expand=True).crop((30, 0, 110, 520))
    page.paste(note, (900, 60))
    read = Read(saved(page))
    assert read.undecided == {}
    assert set(read.parts["a"].splitlines()) >= {"SECRET", *TEXT}
    assert "a note in the margin" in "\n".join(read.parts.values())


def test_a_small_photograph_is_made_larger() -> None:
    small = drawing("SECRET", *TEXT)
    assert (
        Read(saved(small.resize((small.width // 3, small.height // 3))))
        .parts["a"]
        .startswith("SECRET\nSummary")
    )


def test_a_screenshot_of_a_long_conversation_is_read_in_pieces() -> None:
    lines = [f"Message number {number} of this chat" for number in range(60)]
    assert Read(saved(drawing(*lines))).parts["a"].splitlines() == lines


def test_each_stretch_says_where_it_stands() -> None:
    told: list[Part | Undecided | Picture] = []
    from detectors.extract.limits import LIMITS
    from detectors.extract.readers import reader_of
    from detectors.extract.reading import Reading

    Reading(LIMITS, told.append, reader_of).whole(saved(drawing("SECRET", *TEXT)), "a")
    (part,) = (one for one in told if isinstance(one, Part))
    assert [part.text[line.span.start : line.span.end] for line in part.lines] == ["SECRET", *TEXT]
    boxes = [line.box for line in part.lines]
    assert boxes[0].left == pytest.approx(60 / 900, abs=0.02)
    assert all(above.top < above.bottom <= below.bottom for above, below in pairwise(boxes))


@pytest.mark.usefixtures("urdu_data")
def test_urdu_is_read_where_its_data_are_installed(urdu_page: Image.Image) -> None:
    assert Read(saved(urdu_page)).parts["a"].splitlines()[0] == "حکومت پاکستان"


def test_a_page_that_nobody_can_make_out_is_undecided(
    urdu_page: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urdu, "_engine", lambda: None)
    assert Read(saved(urdu_page)).undecided == {"a": "writing that could not be made out"}


@pytest.mark.parametrize(
    ("surenesses", "is_unread"),
    [
        ([0.9] * 10, False),
        ([0.9] * 10 + [0.1] * 2, False),
        ([0.1] * 2, False),
        ([0.9] * 3 + [0.1] * 3, True),
        ([0.1] * 3, True),
    ],
    ids=[
        "all read",
        "specks on a page",
        "specks on a photograph",
        "half of a page",
        "a page in another script",
    ],
)
def test_a_page_is_undecided_where_much_of_it_is_unread(surenesses: list[float], is_unread: bool) -> None:
    corners = np.array([[0, 0], [90, 0], [90, 10], [0, 10]], np.float32)
    assert _is_unread([Writing(corners, "x", one) for one in surenesses]) is is_unread
