"""The lines of some files, one file after the other, as they come in."""

import os
from collections.abc import Sequence
from time import monotonic

from bot.errors import InputError
from bot.sifting.here import is_ready

STANDARD_INPUT = "-"

Line = tuple[str, int, bytes] | InputError
"""The path that it is from, its number there, counted from 1, and what it holds; or what can't be read."""

_AT_ONCE = 1 << 18
_MUCH_LINES, _MUCH_BYTES, _LONGEST_WAIT = 10_000, 1 << 21, 0.2


class Incoming:
    """Reads no further than it has to, so that somebody who sends a line and waits gets his answer.

    Blank lines are counted and left out.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = list(reversed(paths))
        self._path = ""
        self._number = 0
        self._rest = bytearray()
        self._descriptor: int | None = None
        self.is_much = False
        """Whether gathering ended the last time because it was enough, and there may be more."""

    @property
    def descriptor(self) -> int | None:
        """Where the next lines come from; None before the first are gathered, and after the last ones."""
        return self._descriptor

    def gather(self, pause: float) -> Sequence[Line]:
        """Waits for something, and takes what comes until there is much, or nothing for `pause` seconds.

        Whoever sends line after line without such a pause is not kept waiting for long, either.
        """
        gathered: list[Line] = []
        size, begun, is_first = 0, monotonic(), True
        while self._is_open(gathered) and not _is_much(len(gathered), size):
            assert self._descriptor is not None  # noqa: S101 - it is open
            if not is_first and not self._goes_on(begun, pause):
                break
            is_first = False
            try:
                content = os.read(self._descriptor, _AT_ONCE)
            except OSError as error:
                gathered.append(_unreadable(self._path, error))
                self._rest.clear()
                self._close()
                continue
            size += len(content)
            self._take(content, gathered)
        self.is_much = _is_much(len(gathered), size)
        return gathered

    def _goes_on(self, begun: float, pause: float) -> bool:
        is_soon = monotonic() - begun < _LONGEST_WAIT
        return is_soon and self._descriptor is not None and is_ready(self._descriptor, pause)

    def _is_open(self, gathered: list[Line]) -> bool:
        """Whether there is a file to read on in; opens the next one where one is at its end."""
        while self._descriptor is None and self._paths:
            self._path, self._number = self._paths.pop(), 0
            try:
                is_given = self._path == STANDARD_INPUT
                self._descriptor = 0 if is_given else os.open(self._path, os.O_RDONLY)
            except OSError as error:
                gathered.append(_unreadable(self._path, error))
        return self._descriptor is not None

    def _take(self, content: bytes, gathered: list[Line]) -> None:
        if content and b"\n" not in content:
            self._rest += content
            return
        lines = bytes(self._rest + content).split(b"\n")
        self._rest = bytearray(lines.pop() if content else b"")
        for line in lines:
            self._number += 1
            if line and not line.isspace():
                gathered.append((self._path, self._number, line))
        if not content:
            self._close()

    def _close(self) -> None:
        if self._descriptor:
            os.close(self._descriptor)
        self._descriptor = None


def _is_much(lines: int, size: int) -> bool:
    return lines >= _MUCH_LINES or size >= _MUCH_BYTES


def _unreadable(path: str, error: OSError) -> InputError:
    return InputError(f"{path} can't be read: {error.strerror}.")
