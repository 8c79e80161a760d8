"""Cuts writing out of a page, and lays it straight."""

import cv2
import numpy as np

from detectors.extract.ocr.writing import Corners, Pixels

_SATURATION, _SHARE_OF_INK = 1, 0.12


def strip(image: Pixels, corners: Corners) -> Pixels:
    """What is written between the corners, as if it lay straight."""
    width, height = _sides(corners)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, flat)
    return cv2.warpPerspective(  # type: ignore[return-value]
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def _sides(corners: Corners) -> tuple[int, int]:
    width = max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3]))
    height = max(np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1]))
    return max(round(float(width)), 2), max(round(float(height)), 2)


def ink(image: Pixels) -> float:
    """How strong the colour of what is written is, from 0 to 1: print is grey, and stamps are not."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    saturation = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)[:, :, _SATURATION]
    darkest = grey <= np.quantile(grey, _SHARE_OF_INK)
    return float(saturation[darkest].mean() - np.median(saturation)) / 255
