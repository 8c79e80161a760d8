"""What a scanner or a telephone makes of a sheet."""

import io
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from PIL import Image


@dataclass(frozen=True, slots=True)
class Shot:
    """How a picture of a sheet was taken.

    `degrees` it lies aslant; `tilt` is how far the corners are off, in fractions of the sheet; `shadow` how
    dark the darkest place is made, from 0 to 1; `noise` is the grain in levels of grey; `blur` a radius in
    pixels; `table` whether the table around the sheet is seen; `turns` are quarter turns; `quality` JPEG's.
    """

    degrees: float = 0.0
    tilt: float = 0.0
    shadow: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    table: bool = False
    turns: int = 0
    quality: int = 85


def taken(sheet: Image.Image, shot: Shot, random: Random) -> bytes:
    """The picture as JPEG."""
    pixels = np.asarray(sheet.convert("RGB"))[:, :, ::-1]
    height, width = pixels.shape[:2]
    border = round(0.12 * width) if shot.table else 0
    canvas = (width + 2 * border, height + 2 * border)
    wood = np.empty((canvas[1], canvas[0], 3), np.uint8)
    wood[:] = (70, 96, 128) if shot.table else (250, 250, 250)
    matrix = _matrix(width, height, border, shot, random)
    pixels = cv2.warpPerspective(
        pixels, matrix, canvas, dst=wood, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_TRANSPARENT
    )
    if shot.shadow:
        pixels = _shaded(pixels, shot.shadow, random)
    if shot.blur:
        pixels = cv2.GaussianBlur(pixels, (0, 0), shot.blur)
    if shot.noise:
        grain = np.random.default_rng(random.getrandbits(32)).normal(0, shot.noise, pixels.shape)
        pixels = np.clip(pixels.astype(np.float32) + grain, 0, 255).astype(np.uint8)
    pixels = np.rot90(pixels, shot.turns)
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1])).save(out, "JPEG", quality=shot.quality)
    return out.getvalue()


def _matrix(width: int, height: int, border: int, shot: Shot, random: Random) -> np.ndarray:
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), shot.degrees, 1.0)
    moved = cv2.transform(corners[None], turn)[0] + border
    off = [[random.uniform(-1, 1) * shot.tilt * side for side in (width, height)] for _ in range(4)]
    return cv2.getPerspectiveTransform(corners, (moved + np.array(off)).astype(np.float32))


def _shaded(pixels: np.ndarray, darkness: float, random: Random) -> np.ndarray:
    """A shadow falls across the sheet, with a soft edge, as that of a hand or a telephone."""
    height, width = pixels.shape[:2]
    across = np.linspace(-1, 1, width)[None, :] * random.choice((-1, 1))
    down = np.linspace(-1, 1, height)[:, None] * random.uniform(-1, 1)
    light = 1 - darkness / (1 + np.exp(-8 * (across + down - random.uniform(-0.2, 0.3))))
    return np.clip(pixels * light[:, :, None], 0, 255).astype(np.uint8)
