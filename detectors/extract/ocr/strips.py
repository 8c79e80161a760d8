"""Cuts writing out of a page, and lays it straight."""

import cv2
import numpy as np

from detectors.extract.ocr.writing import Corners, Pixels

_SHARE_OF_INK = 0.12
_UPENDED = 1.5
"""How many times higher than wide writing is that runs from the bottom to the top, or down."""


def strip(image: Pixels, corners: Corners) -> Pixels:
    """What is written between the corners, as if it lay straight; what runs downwards is turned."""
    width, height = _sides(corners)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, flat)
    straight = cv2.warpPerspective(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    if height > _UPENDED * width:
        straight = np.rot90(straight, -1)
    return np.ascontiguousarray(straight, np.uint8)


def _sides(corners: Corners) -> tuple[int, int]:
    width = max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3]))
    height = max(np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1]))
    return max(round(float(width)), 2), max(round(float(height)), 2)


def ink(image: Pixels) -> float:
    """How strong the colour of what is written is, from 0 to 1: print is grey, and stamps are not."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    colour = chroma(image)
    darkest = grey <= np.quantile(grey, _SHARE_OF_INK)
    return float(colour[darkest].mean() - np.median(colour)) / 255


def chroma(image: Pixels) -> Pixels:
    """How far from grey each place is, in levels; black ink that is a little blue is near it."""
    return np.asarray(image.max(axis=2) - image.min(axis=2), np.uint8)
