"""Puts what was read off a page in order: rows from top to bottom, margins and stamps by themselves."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from detectors.extract.ocr.writing import Writing
from detectors.finding import Place

_ASLANT = 7.0
"""Degrees by which a stamp lies otherwise than the page."""

_COLOURED = 0.22
"""How much stronger than that of the page the colour of a stamp is."""

_SAME_ROW = 0.5
"""Heights by which the middles of two stretches in one row are apart at most."""

_SAME_SIZE = 1.7
_FAR = 6
"""Heights of room between two stretches from which on they are no row."""

_APART = 1.9
"""Usual distances between rows that lie between a margin and the text."""

_MARGIN = 0.2
"""The upper and the lower fifth of what is written, in which margins are."""

_ROWS_IN_A_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of writing that belong together, and what they are to the page; `name` is empty for its text."""

    name: str
    place: Place
    rows: tuple[tuple[Writing, ...], ...]


def blocks(writings: Sequence[Writing]) -> list[Block]:
    """The header, the text, the footer and the stamps of a page, those that it has."""
    if not writings:
        return []
    slant = _slant(writings)
    print_ink = median(one.ink for one in writings)
    stamps = [one for one in writings if _is_stamp(one, slant, print_ink)] if len(writings) > 1 else []
    stamped = set(map(id, stamps))
    rows = _rows([one for one in writings if id(one) not in stamped], slant)
    first, last = _margins(rows, slant)
    parts = (
        Block("header", Place.MARGIN, _parted(rows[:first])),
        Block("", Place.BODY, _parted(rows[first : len(rows) - last])),
        Block("footer", Place.MARGIN, _parted(rows[len(rows) - last :])),
        *(Block("stamp", Place.STAMP, tuple(lines)) for lines in _together(stamps)),
    )
    return [one for one in parts if one.rows]


def _slant(writings: Iterable[Writing]) -> float:
    """Degrees by which the page as a whole rises to the right: long lines know best."""
    ordered = sorted(writings, key=lambda one: -one.width)
    return median(one.degrees for one in ordered[: max(3, len(ordered) // 2)])


def _is_stamp(writing: Writing, slant: float, ink: float) -> bool:
    is_long = writing.width > 1.2 * writing.height
    return (is_long and abs(writing.degrees - slant) > _ASLANT) or writing.ink - ink > _COLOURED


def _rows(writings: Iterable[Writing], slant: float) -> list[tuple[Writing, ...]]:
    rows: list[list[Writing]] = []
    for one in sorted(writings, key=lambda one: float(_level(one, slant)[1])):
        for row in reversed(rows[-4:]):
            if _is_beside(one, row[-1], slant):
                row.append(one)
                break
        else:
            rows.append([one])
    return [_in_order(row, slant) for row in rows]


def _parted(rows: Iterable[tuple[Writing, ...]]) -> tuple[tuple[Writing, ...], ...]:
    """The rows, cut where there is so much room that what is beyond belongs to another column or page."""
    return tuple(part for row in rows for part in _pieces(row))


def _pieces(row: tuple[Writing, ...]) -> Iterator[tuple[Writing, ...]]:
    start = 0
    for number, (one, other) in enumerate(pairwise(row), start=1):
        room = float(np.linalg.norm(one.middle - other.middle)) - (one.width + other.width) / 2
        if room > _FAR * max(one.height, other.height):
            yield row[start:number]
            start = number
    yield row[start:]


def _is_beside(one: Writing, other: Writing, slant: float) -> bool:
    sizes = sorted((one.height, other.height))
    apart = abs(float(_level(one, slant)[1] - _level(other, slant)[1]))
    return apart < _SAME_ROW * sizes[0] and sizes[1] < _SAME_SIZE * sizes[0]


def _in_order(row: Sequence[Writing], slant: float) -> tuple[Writing, ...]:
    """As the row is read: from the right where its letters are."""
    letters = [unicodedata.bidirectional(letter) for one in row for letter in one.text]
    from_right = sum(letter in {"R", "AL"} for letter in letters) > letters.count("L")
    return tuple(sorted(row, key=lambda one: float(_level(one, slant)[0]), reverse=from_right))


def _level(writing: Writing, slant: float) -> npt.NDArray[np.float64]:
    """Where the middle of a stretch is when the page lies straight."""
    angle = np.radians(slant)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turn @ writing.middle


def _margins(rows: Sequence[Sequence[Writing]], slant: float) -> tuple[int, int]:
    """How many rows at the top and at the bottom stand off from the text."""
    heights = [float(np.mean([_level(one, slant)[1] for one in row])) for row in rows]
    gaps = [below - above for above, below in pairwise(heights)]
    if len(gaps) < 3:
        return 0, 0
    wide = _APART * median(gaps)
    extent = heights[-1] - heights[0]
    top = [n + 1 for n, gap in enumerate(gaps[:_ROWS_IN_A_MARGIN]) if gap > wide]
    bottom = [n + 1 for n, gap in enumerate(gaps[::-1][:_ROWS_IN_A_MARGIN]) if gap > wide]
    first = max((n for n in top if heights[n - 1] - heights[0] < _MARGIN * extent), default=0)
    last = max((n for n in bottom if heights[-1] - heights[-n] < _MARGIN * extent), default=0)
    return first, last


def _together(stamps: Sequence[Writing]) -> list[list[tuple[Writing, ...]]]:
    """Each stamp with all its rows: those that lie alike, one close below the other."""
    found: list[list[tuple[Writing, ...]]] = []
    for one in sorted(stamps, key=lambda one: float(one.middle[1])):
        for lines in found:
            above = lines[-1][0]
            close = float(np.linalg.norm(one.middle - above.middle)) < 2 * (one.height + above.height)
            if close and abs(one.degrees - above.degrees) < _ASLANT:
                lines.append((one,))
                break
        else:
            found.append([(one,)])
    return found
