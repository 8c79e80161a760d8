"""Finds stamps by their colour: what finds writing overlooks a short word in a frame that lies aslant."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from detectors.extract.ocr.writing import Corners, Pixels

_Rectangle = tuple[Sequence[float], Sequence[float], float]
"""As OpenCV has it: the middle, the sides, and degrees."""

_SIDE = 900
"""Pixels of the longer side in which stamps are looked for."""

_COLOURED = 60
"""Levels of saturation of 255 that ink has above the paper around it."""

_SMALLEST, _LARGEST = 0.03, 0.6
"""A stamp's sides in fractions of the longer side of the image."""

_LONGEST = 9
"""How many times longer than high a stamp is at most."""

_INKED = (0.04, 0.6)
"""The share of its rectangle that a stamp's ink covers: less is a line that was drawn, more is a patch."""

_MOST = 4
_FRAME = 0.1
"""The share of a stamp's height that its frame takes on each side."""


def stamps(image: Pixels, written: Sequence[Corners]) -> list[Corners]:
    """Where there may be stamps, beside what was found to be written; without their frames."""
    factor = min(_SIDE / max(image.shape[0], image.shape[1]), 1.0)
    small = np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
    ink = _ink(small)
    reach = max(round(max(small.shape[:2]) * 0.012), 3)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    rectangles = [cv2.minAreaRect(outline) for outline in outlines]
    found = [_corners(one) for one in rectangles if _is_of_a_stamp(one, max(small.shape[:2]))]
    inked = [one for one in found if _INKED[0] < _share(ink, one) < _INKED[1]]
    free = [one / factor for one in inked if not any(_is_in(two * factor, one) for two in written)]
    return [_without_frame(one) for one in sorted(free, key=lambda one: -cv2.contourArea(one))[:_MOST]]


def _ink(image: Pixels) -> npt.NDArray[np.uint8]:
    saturation = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)[:, :, 1]
    paper = cv2.medianBlur(saturation, 51)
    return np.where(cv2.subtract(saturation, paper) > _COLOURED, 255, 0).astype(np.uint8)


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


def _is_in(written: Corners, corners: Corners) -> bool:
    x, y = written.mean(axis=0)
    return bool(cv2.pointPolygonTest(corners, (float(x), float(y)), False) >= 0)


def _without_frame(corners: Corners) -> Corners:
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    edge = _FRAME * float(np.linalg.norm(down))
    x, y = (side * (edge / float(np.linalg.norm(side))) for side in (across, down))
    return np.asarray(corners + np.array([x + y, y - x, -x - y, x - y]), np.float32)
