"""What an image looks like, in 256 bits: pictures of one thing differ in few of them.

A perceptual hash by the discrete cosine transform: whether each of the 256 coarsest waves of the image is
stronger than their median (C. Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions,
2010, with 16 by 16 waves in place of 8 by 8). Pages of text look much alike to it, and one page looks
different in another light; so of a page it is taken of nothing but where its lines stand. Of the papers in
`benchmarks/paper/`, photographs of one differ in 20 bits as a rule, and those of two in 90 and more.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from detectors.extract.ocr.writing import Corners, Pixels

_WAVES, _SIDE, _PAGE = 16, 64, 256
_ENOUGH = 6
"""Stretches of writing that make a page."""


def prints(image: Pixels, places: Sequence[Corners]) -> tuple[str, ...]:
    """That of the page where enough is written on it, and otherwise that of the picture."""
    if len(places) >= _ENOUGH:
        return (_print(_where_written(places)),)
    return (_print(np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)),)


def _where_written(places: Sequence[Corners]) -> Pixels:
    """White where something is written, on a page that lies straight and has no margins."""
    corners = cv2.boxPoints(cv2.minAreaRect(np.concatenate(places)))
    first = int(np.argmin(corners.sum(axis=1)))
    flat = np.array([[0, 0], [_PAGE, 0], [_PAGE, _PAGE], [0, _PAGE]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.roll(corners, -first, axis=0), flat)
    page = np.zeros((_PAGE, _PAGE), np.uint8)
    for one in places:
        cv2.fillPoly(page, [cv2.perspectiveTransform(one[None], matrix)[0].astype(np.int32)], (255,))
    return page


def _print(grey: Pixels) -> str:
    small = cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    waves = cv2.dct(small.astype(np.float32))[:_WAVES, :_WAVES].ravel()
    bits = waves > np.median(waves[1:])
    return np.packbits(bits).tobytes().hex()
