"""Finds writing on images of every size and shape, and turns those upright that lie on their side."""

from statistics import median

import cv2
import numpy as np

from detectors.extract.ocr import latin, urdu
from detectors.extract.ocr.strips import strip
from detectors.extract.ocr.writing import Corners, Pixels, Writing, is_within

_TALL = 2.2
"""How many times longer than wide an image is cut up: a screenshot of a whole conversation."""

_TILE = 1.6
_OVERLAP = 0.2
"""The length of a piece, and what it shares with the next, in widths of the image."""

_LYING = 1.5
"""How many times longer than high a stretch is that has a direction."""

_DIAGONAL = 30.0
"""Degrees aslant beyond which nobody lays a stamp."""

_SAMPLES = 4
_FEW = 3
"""Fewer stretches don't tell how a page stands; on a photograph of a room they may be anything."""

_BETTER = 0.15
"""By how much surer the reading of a page must be that is put on its head."""

_HANDY = 7
"""How many times longer than high a stretch is that tells enough and is read at once."""

_LEGIBLE = 0.75
"""How sure the reading of a few stretches is that stand on their feet."""


def found(image: Pixels) -> tuple[Pixels, list[Corners]]:
    """The image as it stands upright, and where something is written on it."""
    boxes = _in_tiles(image)
    turns = _quarter_turns(image, boxes)
    if turns:
        image, boxes = _turned(image, boxes, turns)
    return image, _aligned(boxes)


def _aligned(boxes: list[Corners]) -> list[Corners]:
    """A short word has no direction of its own; what is read of it lies as the lines around it do."""
    slant = median([Writing(one).degrees for one in boxes if _is_long(one)] or [0.0])
    return [_along(one, slant) if abs(Writing(one).degrees - slant) > _DIAGONAL else one for one in boxes]


def _along(corners: Corners, degrees: float) -> Corners:
    """The rectangle around the corners that lies so many degrees aslant."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    (left, top), (right, bottom) = (edge(corners @ turn.T, axis=0) for edge in (np.min, np.max))
    straight = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    turned: Corners = (straight @ turn).astype(np.float32)
    return turned


def _in_tiles(image: Pixels) -> list[Corners]:
    height, width = image.shape[:2]
    if max(height, width) < max(_TALL * min(height, width), 2 * latin.SIDE):
        return latin.find(image)
    return _tall(image) if height > width else _wide(image)


def _tall(image: Pixels) -> list[Corners]:
    """What stands on the pieces; a line that a cut goes through is whole on one of them."""
    boxes = _on_pieces(image, axis=0)
    kept: list[Corners] = []
    for corners in sorted(boxes, key=lambda one: -cv2.contourArea(one)):
        if not any(is_within(corners, other) for other in kept):
            kept.append(corners)
    return kept


def _wide(image: Pixels) -> list[Corners]:
    """What stands on the pieces, put together where a cut goes through it."""
    kept: list[Corners] = []
    for corners in sorted(_on_pieces(image, axis=1), key=lambda one: float(one[:, 0].min())):
        before = next((n for n, other in enumerate(kept) if _goes_on(other, corners)), None)
        if before is None:
            kept.append(corners)
        else:
            kept[before] = _along(np.concatenate([kept[before], corners]), 0.0)
    return kept


def _on_pieces(image: Pixels, axis: int) -> list[Corners]:
    length, breadth = image.shape[axis], image.shape[1 - axis]
    step, tile = round(breadth * (_TILE - _OVERLAP)), round(breadth * _TILE)
    boxes: list[Corners] = []
    for start in range(0, max(length - round(breadth * _OVERLAP), 1), step):
        piece = image[start : start + tile] if axis == 0 else image[:, start : start + tile]
        shift = np.array([0, start] if axis == 0 else [start, 0], np.float32)
        boxes += [corners + shift for corners in latin.find(np.ascontiguousarray(piece))]
    return boxes


def _goes_on(corners: Corners, other: Corners) -> bool:
    """Whether the other lies in the same line and begins where this one has not ended."""
    top, foot = max(corners[:, 1].min(), other[:, 1].min()), min(corners[:, 1].max(), other[:, 1].max())
    height = min(np.ptp(corners[:, 1]), np.ptp(other[:, 1]))
    return bool(foot - top > height / 2 and other[:, 0].min() < corners[:, 0].max())


def _quarter_turns(image: Pixels, boxes: list[Corners]) -> int:
    """How many quarter turns against the clock set the page upright."""
    long = [one for one in boxes if _is_long(one)]
    if len(long) < _FEW:
        return 0
    standing = sum(_stands(one) for one in long)
    sideways = 2 * standing > len(long)
    if sideways:
        image, long = _turned(image, long, 1)
    sample = sorted(long, key=lambda one: abs(Writing(one).width / Writing(one).height - _HANDY))[:_SAMPLES]
    strips = [strip(image, corners) for corners in sample]
    upright = _legibility(strips)
    if upright >= _LEGIBLE:
        return int(sideways)
    upside_down = _legibility([np.ascontiguousarray(np.rot90(one, 2)) for one in strips])
    return int(sideways) + (2 if upside_down > upright + _BETTER else 0)


def _stands(corners: Corners) -> bool:
    """Whether its longer side runs up or down, wherever its corners are counted from."""
    sides = (corners[1] - corners[0], corners[3] - corners[0])
    across, down = np.abs(max(sides, key=lambda side: float(np.linalg.norm(side))))
    return bool(down > across)


def _is_long(corners: Corners) -> bool:
    width, height = Writing(corners).width, Writing(corners).height
    return max(width, height) > _LYING * min(width, height)


def _legibility(strips: list[Pixels]) -> float:
    """How sure the reading is, by whoever reads it best."""
    if not strips:
        return 0.0
    in_latin = np.mean([sureness for text, sureness in latin.read(strips)])
    if in_latin >= _LEGIBLE:
        return float(in_latin)
    in_urdu = np.mean([sureness for text, sureness in urdu.read(strips)])
    return float(max(in_latin, in_urdu))


def _turned(image: Pixels, boxes: list[Corners], turns: int) -> tuple[Pixels, list[Corners]]:
    """Everything by quarter turns against the clock."""
    for _ in range(turns % 4):
        width = image.shape[1]
        image = np.rot90(image)
        boxes = [np.stack([one[:, 1], width - one[:, 0]], axis=1) for one in boxes]
    return np.ascontiguousarray(image), [_ordered(one) for one in boxes]


def _ordered(corners: Corners) -> Corners:
    """The same four points, starting with the upper left one."""
    first = int(np.argmin(corners.sum(axis=1)))
    return np.roll(corners, -first, axis=0)
