"""What was read is put in the order in which people read it."""

from collections.abc import Sequence

import numpy as np
import pytest

from detectors.extract.ocr.layout import blocks
from detectors.extract.ocr.writing import Writing


def put(text: str, x: float, y: float, height: float = 20, degrees: float = 0, ink: float = 0) -> Writing:
    """A stretch of writing whose upper left corner is at (x, y)."""
    angle = np.radians(-degrees)
    across = np.array([np.cos(angle), np.sin(angle)]) * height * max(len(text) / 2, 1.5)
    down = np.array([-np.sin(angle), np.cos(angle)]) * height
    start = np.array([x, y])
    corners = np.array([start, start + across, start + across + down, start + down], np.float32)
    return Writing(corners, text, 0.9, ink)


def column(*texts: str, x: float = 50, y: float = 50) -> list[Writing]:
    return [put(text, x, y + 40 * number) for number, text in enumerate(texts)]


def told(writings: Sequence[Writing]) -> list[tuple[str, list[str]]]:
    return [
        (block.name, ["|".join(one.text for one in row) for row in block.rows]) for block in blocks(writings)
    ]


LINES = ("first line of it", "second line of it", "third line of it", "fourth line of it", "fifth line of it")


@pytest.mark.parametrize(
    ("writings", "expected"),
    [
        ([], []),
        (column(*LINES)[::-1], [("", list(LINES))]),
        ([*column(*LINES), put("to the right", 270, 92)], [("", [LINES[0], f"{LINES[1]}|to the right", *LINES[2:]])]),
        (
            [put("موضوع رپورٹ", 190, 50), put("تاریخ", 50, 50), *column("سطر", "سطر", y=90)],
            [("", ["موضوع رپورٹ|تاریخ", "سطر", "سطر"])],
        ),
        ([*column(*LINES), put("SECRET", 600, 92)], [("", [*LINES[:2], "SECRET", *LINES[2:]])]),
        ([put("SECRET", 50, 50), *column(*LINES, y=170)], [("header", ["SECRET"]), ("", list(LINES))]),
        ([*column(*LINES), put("SECRET", 50, 330)], [("", list(LINES)), ("footer", ["SECRET"])]),
        ([*column(*LINES), put("SECRET", 300, 100, 40, degrees=15)], [("", list(LINES)), ("stamp", ["SECRET"])]),
        ([*column(*LINES), put("SECRET", 450, 90, ink=0.5)], [("", list(LINES)), ("stamp", ["SECRET"])]),
        (
            [*column(*LINES), put("HEADLINE", 400, 10, height=60)],
            [("", ["HEADLINE", *LINES])],
        ),
        ([put("SECRET", 50, 50, degrees=15)], [("", ["SECRET"])]),
        (
            [*column(*LINES), put("TOP", 300, 300, 40, degrees=15), put("SECRET", 310, 350, 40, degrees=15)],
            [("", list(LINES)), ("stamp", ["TOP", "SECRET"])],
        ),
    ],
    ids=[
        "nothing", "from top to bottom", "side by side", "from right to left", "of another column", "a header stands off",
        "a footer stands off", "a stamp lies aslant", "a stamp is coloured", "another size is another line",
        "by itself nothing is aslant", "the lines of a stamp stay together",
    ],
)  # fmt: skip
def test_a_page_is_put_in_order(writings: list[Writing], expected: list[tuple[str, list[str]]]) -> None:
    assert told(writings) == expected


@pytest.mark.parametrize("degrees", [-5, -2, 2, 5])
def test_rows_of_a_page_that_lies_aslant_stay_rows(degrees: float) -> None:
    angle = np.radians(-degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    writings = [
        put(f"{side} {number}", *(turn @ np.array([x, 100 + 40 * number])), degrees=degrees)
        for number in range(6)
        for side, x in (("left", 50), ("right", 200))
    ]
    assert told(writings) == [("", [f"left {number}|right {number}" for number in range(6)])]
