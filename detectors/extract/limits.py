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
    files. `characters`: of all its parts together, since what is read must be judged too.
    """

    file: int = 64 * MEBIBYTE
    piece: int = LARGEST_TEXT
    unpacked: int = 128 * MEBIBYTE
    ratio: int = 250
    depth: int = 5
    files: int = 500
    pages: int = 500
    characters: int = 1_000_000
    seconds: float = 20
    memory: int = 1024 * MEBIBYTE


LIMITS = Limits()
