"""Tesseract with its data for Urdu, where they are installed."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import cv2
from PIL import Image

from detectors.extract.ocr.writing import Pixels
from detectors.extract.tessdata import LANGUAGE, data_folder

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI  # type: ignore[import-untyped]

_TRIES = ((80, 0.1), (36, 0.05), (150, 0.0), (80, 0.0), (48, 0.05), (110, 0.05))
"""Pixels to which a strip is scaled, and the share of its height that is cut off around it, for one try after
the other: what is lost at one is read at another."""

_STANDING_ALONE = frozenset({"خفیہ", "انتہائی خفیہ", "محدود", "صیغہ راز", "بصیغہ راز", "رازدارانہ", "فوری"})
"""What official papers have in lines of their own. Where one try reads one of them, the others misread it."""

_SURE, _KNOWN = 0.85, 0.6


def read(strips: Sequence[Pixels]) -> list[tuple[str, float]]:
    """What is written on each strip, and how sure that is from 0 to 1; nothing where there are no data."""
    engine = _engine()
    return [("", 0.0) if engine is None else _agreed(_tries(engine, strip)) for strip in strips]


def _agreed(tries: Iterable[tuple[str, float]]) -> tuple[str, float]:
    """What was read for sure or twice; failing that, a known word, or what was read with most confidence."""
    read: dict[str, float] = {}
    for text, sureness in tries:
        if text and (sureness >= _SURE or text in read):
            return text, max(sureness, _SURE)
        read[text] = sureness
    known = next((text for text in read if text in _STANDING_ALONE), None)
    return (known, _KNOWN) if known else max(read.items(), key=lambda one: one[1], default=("", 0.0))


def _tries(engine: "PyTessBaseAPI", strip: Pixels) -> Iterator[tuple[str, float]]:
    for height, edge in _TRIES:
        cut = min(round(edge * strip.shape[0]), (min(strip.shape[:2]) - 1) // 2)
        inner = strip[cut : strip.shape[0] - cut, cut : strip.shape[1] - cut]
        engine.SetImage(_prepared(inner, height))
        text = " ".join(engine.GetUTF8Text().split())
        yield text, engine.MeanTextConf() / 100


@cache
def _engine() -> "PyTessBaseAPI | None":
    folder = data_folder()
    if folder is None:
        return None
    try:
        from tesserocr import PSM, PyTessBaseAPI
    except ImportError:
        return None
    # The strip is the line: where Tesseract looks for one itself, it loses every third short word.
    return PyTessBaseAPI(path=folder, lang=LANGUAGE, psm=PSM.RAW_LINE)


def _prepared(strip: Pixels, height: int) -> Image.Image:
    """Black on white and cut close, as it reads best."""
    grey = cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY)
    factor = height / grey.shape[0]
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    scaled = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=way)
    return Image.fromarray(cv2.threshold(scaled, 0, 255, cv2.THRESH_OTSU)[1])
