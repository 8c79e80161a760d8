"""One image of a page from its pixels to its parts."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from PIL import Image

from detectors.extract import reasons
from detectors.extract.ocr import latin, urdu
from detectors.extract.ocr.finding import found
from detectors.extract.ocr.layout import Block, blocks
from detectors.extract.ocr.likeness import prints
from detectors.extract.ocr.stamps import stamps
from detectors.extract.ocr.strips import ink, strip
from detectors.extract.ocr.writing import Corners, Pixels, Writing, is_within
from detectors.extract.reading import Reading
from detectors.finding import Box, Line, Span

_SMALL, _LARGE = 1400, 2600
"""Pixels of the longer side to which small images are enlarged, and large ones reduced."""

_MOST_ENLARGED = 3.0
_MOST_STRETCHES = 400
"""Stretches of writing that are read of one image; a full page of a newspaper has fewer."""

_LATIN = 0.75
"""How sure the reading of Latin letters is, where they are Latin letters."""

_READ, _READ_IN_URDU = 0.5, 0.3
"""How sure a reading is that is told; Tesseract is seldom sure of short words in Urdu, and yet near."""

_MUCH_LONGER = 1.4
_UNREAD_STRETCHES, _UNREAD_SHARE = 3, 0.4
"""How many stretches nobody could read, and which share of all, make a page undecided."""


def read_page(image: Image.Image, label: str, reading: Reading) -> None:
    """Tells what is written on an upright image, and what it looks like."""
    pixels = _of_good_size(np.asarray(image.convert("RGB"))[:, :, ::-1])
    pixels, places = found(pixels)
    reading.picture(label, prints(pixels, places))
    if len(places) > _MOST_STRETCHES:
        reading.undecided(label, reasons.TOO_LARGE)
    writings = _with_stamps(_read(pixels, places[:_MOST_STRETCHES]), pixels)
    if _is_unread(writings):
        reading.undecided(label, reasons.NO_SENSE)
    legible = [one for one in writings if _is_legible(one)]
    for block in blocks(legible):
        text, lines = _written(block, pixels)
        reading.text(f"{label} / {block.name}" if block.name else label, text, block.place, lines)


def _of_good_size(image: Pixels) -> Pixels:
    """Small photographs larger, as letters of a few pixels are read better when they are made larger."""
    height, width = image.shape[:2]
    longer, shorter = max(height, width), min(height, width)
    if longer < _SMALL:
        factor = min(_SMALL / longer, _MOST_ENLARGED)
    elif longer > _LARGE and shorter > _SMALL:
        factor = max(_LARGE / longer, _SMALL / shorter)
    else:
        return np.ascontiguousarray(image)
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return cv2.resize(image, None, fx=factor, fy=factor, interpolation=way)  # type: ignore[return-value]


def _read(image: Pixels, places: Sequence[Corners]) -> list[Writing]:
    strips = [strip(image, corners) for corners in places]
    writings = [
        Writing(corners, text, sureness, ink(one))
        for corners, one, (text, sureness) in zip(places, strips, latin.read(strips), strict=True)
    ]
    doubtful = [number for number, one in enumerate(writings) if one.sureness < _LATIN]
    again = urdu.read([strips[number] for number in doubtful])
    for number, (text, sureness) in zip(doubtful, again, strict=True):
        one = writings[number]
        if sureness > one.sureness:
            writings[number] = replace(one, text=text, sureness=sureness)
    return writings


def _with_stamps(writings: Sequence[Writing], image: Pixels) -> list[Writing]:
    """Everything that was read, and the stamps; what was read in the place of a stamp gives way to it."""
    stamped = [replace(one, ink=1.0) for one in _read(*stamps(image)) if _is_stamped(one)]
    return [
        *(one for one in writings if not any(_is_on(one, other) for other in stamped)),
        *stamped,
    ]


def _is_on(writing: Writing, stamp: Writing) -> bool:
    """Whether it is what the stamp says, and not a line that the stamp was laid over."""
    return is_within(writing.corners, stamp.corners) and writing.width < _MUCH_LONGER * stamp.width


def _is_legible(writing: Writing) -> bool:
    least = _READ_IN_URDU if _is_urdu(writing) else _READ
    return bool(writing.text.strip()) and writing.sureness >= least


def _is_stamped(writing: Writing) -> bool:
    """Whether what has the colour of a stamp says something; not every coloured thing is one."""
    return _is_legible(writing) and (writing.sureness >= _LATIN or _is_urdu(writing))


def _is_urdu(writing: Writing) -> bool:
    return any(unicodedata.bidirectional(letter) == "AL" for letter in writing.text)


def _is_unread(writings: Sequence[Writing]) -> bool:
    """Whether so much could not be made out that nothing can be said of the page."""
    unread = [one for one in writings if one.sureness < _READ and one.width > 2 * one.height]
    return len(unread) >= _UNREAD_STRETCHES and len(unread) >= _UNREAD_SHARE * len(writings)


def _written(block: Block, image: Pixels) -> tuple[str, tuple[Line, ...]]:
    """The text of a block, and where each stretch of it stands."""
    text, lines = "", []
    for row in block.rows:
        for number, one in enumerate(row):
            text += "\t" if number else "\n" if text else ""
            lines.append(Line(Span(len(text), len(text) + len(one.text)), _box(one, image)))
            text += one.text
    return text, tuple(lines)


def _box(writing: Writing, image: Pixels) -> Box:
    height, width = image.shape[:2]
    across, down = writing.corners[:, 0] / width, writing.corners[:, 1] / height
    edges = (across.min(), down.min(), across.max(), down.max())
    return Box(*(round(float(np.clip(edge, 0, 1)), 4) for edge in edges))
