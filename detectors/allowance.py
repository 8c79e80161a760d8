"""How long the search through one text may still take.

Whoever scans sets the time, and every search on the way asks what is left of it; Presidio's way of calling
recognizers has no room to hand it down. Counted is what this thread works, not what it waits for others.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic, thread_time
from typing import TypeVar

import regex

Item = TypeVar("Item")

_SHORT = 4096
"""Characters, as many as a message on any platform has at most."""

_NEAR = 0.04
"""Seconds on the wall from which on it is asked how much of them was work."""

_UNSET = 2.0
"""Seconds for one expression where nobody set a time."""


class _Clock(threading.local):
    """The clocks of a thread, without what was not counted, and where they stand when the time is up."""

    wall_end: float | None = None
    work_end: float = 0.0
    wall_uncounted: float = 0.0
    work_uncounted: float = 0.0
    is_counting: bool = True

    def wall(self) -> float:
        return monotonic() - self.wall_uncounted

    def work(self) -> float:
        return thread_time() - self.work_uncounted


_clock = _Clock()


class allowed:  # noqa: N801 - it is used as a function is
    """Within, `left` counts down from this many seconds."""

    __slots__ = ("_before", "_seconds")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._before = _clock.wall_end, _clock.work_end
        _clock.wall_end, _clock.work_end = _clock.wall() + self._seconds, _clock.work() + self._seconds

    def __exit__(self, *_: object) -> None:
        _clock.wall_end, _clock.work_end = self._before


@contextmanager
def uncounted() -> Iterator[None]:
    """Within, what is left stays as it is: for what is made ready once and not for this text."""
    if not _clock.is_counting:
        yield
        return
    _clock.is_counting = False
    wall, work = monotonic(), thread_time()
    try:
        yield
    finally:
        _clock.is_counting = True
        _clock.wall_uncounted += monotonic() - wall
        _clock.work_uncounted += thread_time() - work


def share_for(text: str, share: float) -> float:
    """Seconds for one of several who look through a text. Of a short one, each may take all that is left."""
    return left() * share if len(text) > _SHORT else left()


def in_time(items: Iterable[Item], seconds: float) -> tuple[list[Item], bool]:
    """The items that come within so much time, and whether these are all."""
    got: list[Item] = []
    try:
        with allowed(seconds):
            for item in items:
                got.append(item)
                left()
    except TimeoutError:
        return got, False
    return got, True


def left() -> float:
    """Seconds that are left for the text that is looked through. Raises TimeoutError where none are."""
    if _clock.wall_end is None:
        return _UNSET
    # The clock on the wall is the cheaper one to ask; when it comes near the end, the work is looked at.
    seconds = _clock.wall_end - _clock.wall()
    if seconds < _NEAR:
        seconds = max(seconds, _clock.work_end - _clock.work())
        if seconds <= 0:
            raise TimeoutError("the text takes longer than it may")
    return seconds


def found_by(expression: regex.Pattern[str], text: str) -> list[regex.Match[str]]:
    """Every match of an expression in a text. Raises TimeoutError.

    All of them at once, as the clock of the `regex` library goes on while its matches are looked at.
    """
    return list(expression.finditer(text, timeout=left()))
