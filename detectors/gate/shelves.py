"""Expressions over bytes, compiled for Hyperscan: which of them match in a text, all in one pass.

Hyperscan compiles many large expressions together far more slowly than apart, so they stand on shelves of a
bounded size, each compiled by itself and searched after the other. In prefilter mode Hyperscan widens what it
can't do exactly: it reports what matches and maybe more, never less.
"""

import pickle
import threading
from collections.abc import Iterator, Sequence
from importlib import metadata

import hyperscan

from detectors.gate.written import Written
from detectors.kept import kept

_FLAGS = hyperscan.HS_FLAG_DOTALL | hyperscan.HS_FLAG_SINGLEMATCH | hyperscan.HS_FLAG_PREFILTER
_LARGEST = 200_000
"""Bytes of all the expressions that share a shelf."""

_VERSION = metadata.version("hyperscan")

Numbered = tuple[int, Written]


class Shelves:
    """Numbered expressions, ready to be searched for by any thread.

    What Hyperscan can't compile is `refused`: nothing is known of where it matches.
    """

    def __init__(self, expressions: Sequence[Numbered]) -> None:
        self._databases: list[hyperscan.Database] = []
        refused: set[int] = set()
        for shelf in _shelves(expressions):
            database, misfits = _loaded(shelf)
            self._databases += database
            refused |= misfits
        self.refused = tuple(sorted(refused))
        self._of_thread = threading.local()

    def matching(self, text: bytes) -> list[int]:
        """The numbers of all expressions that may match in a text, in no order."""
        try:
            searches = self._of_thread.searches
        except AttributeError:
            # What Hyperscan works in while it searches may be used by one thread at a time.
            searches = [(one.scan, hyperscan.Scratch(one)) for one in self._databases]
            self._of_thread.searches = searches
        found: list[int] = []
        for search, scratch in searches:
            search(text, match_event_handler=_note, context=found, scratch=scratch)
        return found


def _note(number: int, _start: int, _end: int, _flags: int, found: object) -> None:
    found.append(number)  # type: ignore[attr-defined]


def _shelves(expressions: Sequence[Numbered]) -> Iterator[tuple[Numbered, ...]]:
    shelf: list[Numbered] = []
    size = 0
    for number, one in expressions:
        if shelf and size + len(one.expression) > _LARGEST:
            yield tuple(shelf)
            shelf, size = [], 0
        shelf.append((number, one))
        size += len(one.expression)
    if shelf:
        yield tuple(shelf)


def _loaded(shelf: Sequence[Numbered]) -> tuple[list[hyperscan.Database], set[int]]:
    """The database of a shelf, if any of it compiles, and the numbers of what does not."""
    key = repr((_VERSION, shelf)).encode()
    content, misfits = pickle.loads(kept("shelf", key, lambda: _made(shelf)))  # noqa: S301 - our own
    try:
        return [hyperscan.loadb(one, hyperscan.HS_MODE_BLOCK) for one in content], misfits
    except hyperscan.error:
        # It was kept on a machine with another processor.
        content, misfits = pickle.loads(_made(shelf))  # noqa: S301 - our own
        return [hyperscan.loadb(one, hyperscan.HS_MODE_BLOCK) for one in content], misfits


def _made(shelf: Sequence[Numbered]) -> bytes:
    try:
        return pickle.dumps(([_compiled(shelf)], set()))
    except hyperscan.error:
        misfits = {number for number, one in shelf if not _compiles((number, one))}
        fitting = [numbered for numbered in shelf if numbered[0] not in misfits]
        return pickle.dumps(([_compiled(fitting)] if fitting else [], misfits))


def _compiles(numbered: Numbered) -> bool:
    try:
        _compiled([numbered])
    except hyperscan.error:
        return False
    return True


def _compiled(shelf: Sequence[Numbered]) -> bytes:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[one.expression for _, one in shelf],
        ids=[number for number, _ in shelf],
        elements=len(shelf),
        flags=[_FLAGS | (hyperscan.HS_FLAG_CASELESS if one.is_caseless else 0) for _, one in shelf],
    )
    return bytes(hyperscan.dumpb(database))
