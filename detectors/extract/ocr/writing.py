"""The facts of reading: where something is written, and what."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""An image: rows, columns, and blue, green, red."""

Corners = npt.NDArray[np.float32]
"""Four points (x, y) around a stretch of writing: upper left, upper right, lower right, lower left."""


@dataclass(frozen=True, slots=True, eq=False)
class Writing:
    """A stretch of writing. `sureness` is from 0 to 1; `ink` how strong its colour is, from 0 (grey) to 1."""

    corners: Corners
    text: str = ""
    sureness: float = 0.0
    ink: float = 0.0

    @property
    def width(self) -> float:
        return float(np.linalg.norm(self.corners[1] - self.corners[0]))

    @property
    def height(self) -> float:
        return float(np.linalg.norm(self.corners[3] - self.corners[0]))

    @property
    def degrees(self) -> float:
        """How far it rises to the right; negative where it falls."""
        across = self.corners[1] - self.corners[0]
        return float(np.degrees(np.arctan2(-across[1], across[0])))

    @property
    def middle(self) -> npt.NDArray[np.float32]:
        return self.corners.mean(axis=0)  # type: ignore[no-any-return]


def is_within(corners: Corners, other: Corners) -> bool:
    """Whether the middle of the first lies in the other."""
    x, y = corners.mean(axis=0)
    return cv2.pointPolygonTest(other, (float(x), float(y)), False) >= 0
