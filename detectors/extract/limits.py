"""How much of a file is read at most, and what reading it may take."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
LARGEST_TEXT = 16 * MEBIBYTE
"""Bytes of a plain text that are read at most."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one file with everything that is in it. Sizes are bytes.

    `file`: the file as it was posted. `piece`: one unpacked piece of it; `unpacked`: all of them together.
    `ratio`: how many times larger than packed a piece of more than a mebibyte may be. `depth`: files in
    files. `characters`: of all its parts together, since what is read must be judged too. `pixels`: of one
    image as it is opened. `images`: that are read for what is written on them, and `image_seconds` what all
    of them may take beyond the `seconds` for everything else.
    """

    file: int = 64 * MEBIBYTE
    piece: int = LARGEST_TEXT
    unpacked: int = 128 * MEBIBYTE
    ratio: int = 250
    depth: int = 5
    files: int = 500
    pages: int = 500
    characters: int = 1_000_000
    pixels: int = 60_000_000
    images: int = 60
    seconds: float = 20
    image_seconds: float = 150
    memory: int = 1536 * MEBIBYTE


LIMITS = Limits()
