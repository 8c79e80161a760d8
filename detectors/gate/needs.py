"""What a text must hold for an expression to match in it, ready for the multi-pattern engine."""

import sys
from collections.abc import Sequence
from functools import cache, reduce
from hashlib import sha256
from operator import or_
from pathlib import Path

import regex

from detectors.gate.alphabet import only
from detectors.gate.needed import is_always, needed
from detectors.gate.nodes import NEVER, Beside, Either, Node, One, Row, Times
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
        node = needed(_as_written(read(sought.source, sought.flags), sought.standing_for))
    except Unreadable:
        return None
    if is_always(node):
        return None
    return () if node == NEVER else tuple(_in_pieces(node))


def _as_written(node: Node, standing_for: Sequence[tuple[str, str]]) -> Node:
    """The tree of what a text may hold so that, once it is read otherwise, the given one matches."""
    match node:
        case One(of=bits, others=others):
            written = (only(char) for char, read_as in standing_for if bits & only(read_as))
            return One(reduce(or_, written, bits), others)
        case Row(of=items):
            return Row(tuple(_as_written(item, standing_for) for item in items))
        case Either(of=options):
            return Either(tuple(_as_written(option, standing_for) for option in options))
        case Times(of=item, fewest=fewest, most=most):
            return Times(_as_written(item, standing_for), fewest, most)
        case Beside(of=item, is_before=is_before):
            return Beside(_as_written(item, standing_for), is_before)
        case _:
            return node


def _in_pieces(node: Node) -> list[Written]:
    whole = written(node)
    halves = _halves(node) if len(whole.expression) > _LONGEST else ()
    return [one for half in halves for one in _in_pieces(half)] or [whole]


def _halves(node: Node) -> tuple[Node, ...]:
    """Two trees, of which one matches wherever the whole does; none where it can't be parted."""
    match node:
        case Either(of=options):
            middle = len(options) // 2
            return _one_of(options[:middle]), _one_of(options[middle:])
        case Row(of=items):
            choices = [index for index, item in enumerate(items) if isinstance(item, Either)]
            if not choices:
                return ()
            widest = max(choices, key=lambda index: len(written(items[index]).expression))
            before, after = items[:widest], items[widest + 1 :]
            return tuple(Row((*before, half, *after)) for half in _halves(items[widest]))
        case _:
            return ()


def _one_of(options: tuple[Node, ...]) -> Node:
    return options[0] if len(options) == 1 else Either(options)
