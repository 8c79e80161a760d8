"""How long the search through one text may still take.

Whoever scans sets the time, and every search on the way asks what is left of it; Presidio's way of calling
recognizers has no room to hand it down. Counted is what this thread works, not what it waits for others.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic, thread_time
from typing import TypeVar

Item = TypeVar("Item")

_SHORT = 4096
"""Characters, as many as a message on any platform has at most."""

_UNSET = 2.0
"""Seconds for one expression where nobody set a time."""


class _Ends(threading.local):
    wall: float | None = None
    work: float = 0.0


_ends = _Ends()


@contextmanager
def allowed(seconds: float) -> Iterator[None]:
    """Within, `left` counts down from this many seconds."""
    before = _ends.wall, _ends.work
    _ends.wall, _ends.work = monotonic() + seconds, thread_time() + seconds
    try:
        yield
    finally:
        _ends.wall, _ends.work = before


@contextmanager
def uncounted() -> Iterator[None]:
    """Within, what is left stays as it is: for what is made ready once and not for this text."""
    if _ends.wall is None:
        yield
        return
    wall, work = monotonic(), thread_time()
    try:
        yield
    finally:
        _ends.wall += monotonic() - wall
        _ends.work += thread_time() - work


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
    if _ends.wall is None:
        return _UNSET
    # The clock on the wall is the cheaper one to ask; only when it says so, the work is looked at.
    seconds = _ends.wall - monotonic()
    if seconds <= 0:
        seconds = _ends.work - thread_time()
        if seconds <= 0:
            raise TimeoutError("the text takes longer than it may")
    return seconds
