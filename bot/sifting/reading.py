"""What a command is given to look at: files, folders with all that is below them, and standard input."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from bot.errors import InputError
from detectors.extract import LIMITS


def files(paths: Sequence[str]) -> Iterator[str]:
    """Each path, and for a folder every file below it, in order of name."""
    for path in paths:
        if not path:
            raise InputError("An empty path was given; name a file or a folder, or - for standard input.")
        if path != "-" and Path(path).is_dir():
            yield from _below(path)
        else:
            yield path


def _below(folder: str) -> Iterator[str]:
    """The files in a folder and its folders. One that can't be looked into is named as a file is."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
        elif entry.is_file():
            yield entry.path


def read_file(path: str) -> tuple[str, bytes]:
    """The name and content of a file, or of standard input for `-`. Raises InputError."""
    with opened(path) as file:
        try:
            # One byte too many is enough to be told as too large.
            return ("" if path == "-" else Path(path).name), file.read(LIMITS.file + 1)
        except OSError as error:
            raise InputError(f"{path} can't be read: {error.strerror}.") from error


def opened(path: str) -> AbstractContextManager[BinaryIO]:
    try:
        return nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb")
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}.") from error
