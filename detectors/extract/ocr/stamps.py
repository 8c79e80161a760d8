"""Finds stamps by their colour.

What finds writing overlooks a short word in a frame that lies aslant, and reads into it what lies below it.
"""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from detectors.extract.ocr.strips import chroma
from detectors.extract.ocr.writing import Corners, Pixels, is_within

_Rectangle = tuple[Sequence[float], Sequence[float], float]
"""As OpenCV has it: the middle, the sides, and degrees."""

_SIDE = 900
"""Pixels of the longer side in which stamps are looked for."""

_COLOURED = 40
"""Levels of colour that ink has above the paper around it."""

_SMALLEST, _LARGEST = 0.03, 0.6
"""A stamp's sides in fractions of the longer side of the image."""

_LONGEST = 9
"""How many times longer than high a stamp is at most."""

_INKED = (0.04, 0.6)
"""The share of its rectangle that a stamp's ink covers: less is a line that was drawn, more is a patch."""

_MOST = 4
_FRAME = 0.1
"""The share of a stamp's height that its frame takes on each side."""


def stamps(image: Pixels) -> tuple[Pixels, list[Corners]]:
    """The coloured ink alone, on white, and where on it there may be stamps, without their frames.

    What is printed under a stamp is not on it.
    """
    side = max(image.shape[0], image.shape[1])
    factor = min(_SIDE / side, 1.0)
    small = np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
    ink = np.where(_strength(small) > _COLOURED, 255, 0).astype(np.uint8)
    reach = max(round(factor * side * 0.012), 3)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    rectangles = [cv2.minAreaRect(outline) for outline in outlines]
    found = [_corners(one) for one in rectangles if _is_of_a_stamp(one, round(factor * side))]
    inked = [one / factor for one in found if _INKED[0] < _share(ink, one) < _INKED[1]]
    outer: list[Corners] = []
    for corners in sorted(inked, key=lambda one: -cv2.contourArea(one)):
        if not any(is_within(corners, other) for other in outer):
            outer.append(corners)
    return _layer(image) if outer else image, [_without_frame(one) for one in outer[:_MOST]]


def _strength(image: Pixels) -> Pixels:
    """How much more colour than the paper around it each place has."""
    colour = chroma(image)
    return np.asarray(cv2.subtract(colour, cv2.medianBlur(colour, 51)), np.uint8)


def _layer(image: Pixels) -> Pixels:
    strength = cv2.normalize(_strength(image), None, 0, 255, cv2.NORM_MINMAX)  # type: ignore[call-overload]
    return np.asarray(cv2.cvtColor(255 - strength, cv2.COLOR_GRAY2BGR), np.uint8)


def _is_of_a_stamp(rectangle: _Rectangle, side: int) -> bool:
    shorter, longer = min(rectangle[1]), max(rectangle[1])
    return _SMALLEST * side < shorter and longer < _LARGEST * side and longer < _LONGEST * shorter


def _corners(rectangle: _Rectangle) -> Corners:
    """From the upper left one, as the stamp is read: no stamp lies more than half a right angle aslant."""
    corners = cv2.boxPoints(rectangle)
    first = int(np.argmin(corners.sum(axis=1)))
    return np.asarray(np.roll(corners, -first, axis=0), np.float32)


def _share(ink: npt.NDArray[np.uint8], corners: Corners) -> float:
    inside = np.zeros_like(ink)
    cv2.fillPoly(inside, [corners.astype(np.int32)], 255)
    return int(np.count_nonzero(ink & inside)) / max(int(np.count_nonzero(inside)), 1)


def _without_frame(corners: Corners) -> Corners:
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    edge = _FRAME * float(np.linalg.norm(down))
    x, y = (side * (edge / float(np.linalg.norm(side))) for side in (across, down))
    return np.asarray(corners + np.array([x + y, y - x, -x - y, x - y]), np.float32)
