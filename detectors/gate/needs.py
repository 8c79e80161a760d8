"""What a text must hold for an expression to match in it, ready for the multi-pattern engine."""

import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

import regex

from detectors.gate.needed import is_always, needed
from detectors.gate.nodes import NEVER, Either, Node
from detectors.gate.sought import Sought
from detectors.gate.syntax import Unreadable, read
from detectors.gate.written import Written, written


@cache
def version() -> str:
    """Changes with everything that decides what an expression is said to need."""
    code = (path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return f"{sys.version} {regex.__version__} {sha256(b''.join(code)).hexdigest()}"


_LONGEST = 12_000
"""Bytes of an expression: near the most that Hyperscan reads."""

Need = tuple[Written, ...] | None
"""Expressions over bytes, of which one must match; none where nothing is known and anything may."""


def need_of(sought: Sought) -> Need:
    """What an expression needs; None where nothing can be said, so that it must always be tried."""
    try:
        node = needed(read(sought.source, sought.flags))
    except Unreadable:
        return None
    if is_always(node):
        return None
    return () if node == NEVER else tuple(_in_pieces(node))


def _in_pieces(node: Node) -> list[Written]:
    whole = written(node)
    if len(whole.expression) <= _LONGEST or not isinstance(node, Either):
        return [whole]
    middle = len(node.of) // 2
    halves = (node.of[:middle], node.of[middle:])
    return [one for half in halves for one in _in_pieces(half[0] if len(half) == 1 else Either(half))]
