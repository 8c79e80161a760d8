"""RapidOCR: finds writing of any script, and reads Latin letters and figures."""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
from rapidocr import RapidOCR

from detectors.extract.ocr.writing import Corners, Pixels

SIDE = 1280
"""Pixels of the longer side of an image in which writing is looked for."""


@cache
def _engine() -> RapidOCR:
    cv2.setNumThreads(1)
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.use_rec": False,
            "Global.max_side_len": 4096,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": SIDE,
            # A short word by itself is a label often enough, and is found with less confidence.
            "Det.thresh": 0.2,
            "Det.box_thresh": 0.3,
            # One by one takes no longer on one core, and a third of the memory.
            "Rec.rec_batch_num": 1,
        }
    )


def find(image: Pixels) -> list[Corners]:
    """Where something is written, in no particular order."""
    boxes = getattr(_engine()(image), "boxes", None)
    return [] if boxes is None else [np.asarray(box, np.float32) for box in boxes]


def read(strips: Sequence[Pixels]) -> list[tuple[str, float]]:
    """What is written on each strip, and how sure that is from 0 to 1."""
    if not strips:
        return []
    result = _engine().recognize_txt(list(strips))
    return [(text, float(score)) for text, score in zip(result.txts or (), result.scores, strict=True)]
