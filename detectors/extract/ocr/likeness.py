"""What an image looks like, in 256 bits: pictures of one thing differ in few of them.

A perceptual hash by the discrete cosine transform: whether each of the 256 coarsest waves of the image is
stronger than their median (C. Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions,
2010, with 16 by 16 waves in place of 8 by 8, since pages of text look much alike).
"""

from collections.abc import Sequence

import cv2
import numpy as np

from detectors.extract.ocr.writing import Corners, Pixels

_WAVES, _SIDE = 16, 64
_ENOUGH = 4
"""Stretches of writing that mark out a page."""


def prints(image: Pixels, places: Sequence[Corners]) -> tuple[str, ...]:
    """One of the whole image, and one of what is written on it, laid straight.

    The second is the same however much of the table around the paper is seen.
    """
    written = _written(image, places) if len(places) >= _ENOUGH else None
    return tuple(_print(one) for one in (image, written) if one is not None)


def _written(image: Pixels, places: Sequence[Corners]) -> Pixels:
    corners = cv2.boxPoints(cv2.minAreaRect(np.concatenate(places)))
    first = int(np.argmin(corners.sum(axis=1)))
    flat = np.array([[0, 0], [_SIDE * 4, 0], [_SIDE * 4, _SIDE * 4], [0, _SIDE * 4]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.roll(corners, -first, axis=0), flat)
    return cv2.warpPerspective(  # type: ignore[return-value]
        image, matrix, (_SIDE * 4, _SIDE * 4), borderMode=cv2.BORDER_REPLICATE
    )


def _print(image: Pixels) -> str:
    grey = cv2.resize(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    waves = cv2.dct(grey.astype(np.float32))[:_WAVES, :_WAVES].ravel()
    bits = waves > np.median(waves[1:])
    return np.packbits(bits).tobytes().hex()
