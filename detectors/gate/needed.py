"""What a text must hold for an expression to match in it, as an expression over bytes. Pure.

What must stand beside a place is asked for where nothing else of the expression stands there, at its very
start or end, and is let go elsewhere: a match of the whole is one of what is left in any case.
"""

from collections.abc import Iterable, Iterator, Sequence

from detectors.gate.alphabet import ANY
from detectors.gate.classes import WORD
from detectors.gate.nodes import (
    ALWAYS,
    NEVER,
    Anything,
    Beside,
    Either,
    Node,
    One,
    Row,
    Times,
    Unknown,
    WordEdge,
)

_ANY = One(ANY, ANY)
_BEYOND_WORDS = One(WORD.others, WORD.of)
_WITHIN_WORDS = ((1 << 256) - 1) & ~WORD.others


def needed(node: Node) -> Node:
    """The tree without anything that takes no room: it matches in every text that the given one does."""
    return _kept(node, starts=True, ends=True)


def is_always(node: Node) -> bool:
    """Whether a tree of `needed` matches in every text, so that it says nothing."""
    return _firsts(node)[1]


def _kept(node: Node, *, starts: bool, ends: bool) -> Node:
    """`starts` and `ends`: whether nothing of the whole stands before it, or after it."""
    match node:
        case One():
            return node
        case Row(of=items):
            return _kept_row(items, starts=starts, ends=ends)
        case Either(of=options):
            return _either([_kept(one, starts=starts, ends=ends) for one in options])
        case Times(of=item, fewest=fewest, most=most):
            is_once = most == 1
            return _times(_kept(item, starts=starts and is_once, ends=ends and is_once), fewest, most)
        case Beside(of=item, is_before=True):
            return _kept(item, starts=True, ends=False) if starts else ALWAYS
        case Beside(of=item):
            return _kept(item, starts=False, ends=True) if ends else ALWAYS
        case Anything():
            return Times(_ANY, 0, None)
        case WordEdge() | Unknown():
            return ALWAYS


def _kept_row(items: Sequence[Node], *, starts: bool, ends: bool) -> Node:
    at_start = _reached(items, starts, is_before=True)
    at_end = _reached(items[::-1], ends, is_before=False)[::-1]
    kept: list[Node] = []
    for index, item in enumerate(items):
        if not isinstance(item, WordEdge):
            kept.append(_kept(item, starts=at_start[index], ends=at_end[index]))
        elif (at_start[index] and _is_within_words(_firsts(Row(tuple(items[index + 1 :]))))) or (
            at_end[index] and _is_within_words(_lasts(items[:index]))
        ):
            kept.append(_BEYOND_WORDS)
    return _row(kept)


def _reached(items: Sequence[Node], is_open: bool, *, is_before: bool) -> list[bool]:
    """For each item, whether everything ahead of it takes no room and asks for nothing on that side."""
    reached: list[bool] = []
    for item in items:
        reached.append(is_open)
        match item:
            case Beside(is_before=side):
                is_open = is_open and side != is_before
            case Unknown() | Row(of=()):
                pass
            case _:
                is_open = False
    return reached


def _is_within_words(found: tuple[int, bool]) -> bool:
    bits, may_be_empty = found
    return not may_be_empty and not bits & ~_WITHIN_WORDS


def _firsts(node: Node) -> tuple[int, bool]:
    """The bytes that a match may begin with, and whether it may be empty."""
    match node:
        case One(of=bits):
            return bits, False
        case Row(of=items):
            reach = 0
            for item in items:
                bits, may_be_empty = _firsts(item)
                reach |= bits
                if not may_be_empty:
                    return reach, False
            return reach, True
        case Either(of=options):
            found = [_firsts(option) for option in options]
            reach = 0
            for bits, _ in found:
                reach |= bits
            return reach, any(may_be_empty for _, may_be_empty in found)
        case Times(of=item, fewest=fewest):
            bits, may_be_empty = _firsts(item)
            return bits, may_be_empty or fewest == 0
        case Anything():
            return ANY, True
        case Beside() | WordEdge() | Unknown():
            return 0, True


def _lasts(items: Sequence[Node]) -> tuple[int, bool]:
    """The bytes that a match of the row may end with, and whether it may be empty."""
    return _firsts(_turned(Row(tuple(items))))


def _turned(node: Node) -> Node:
    match node:
        case Row(of=items):
            return Row(tuple(_turned(item) for item in reversed(items)))
        case Either(of=options):
            return Either(tuple(map(_turned, options)))
        case Times(of=item, fewest=fewest, most=most):
            return Times(_turned(item), fewest, most)
        case _:
            return node


def _row(items: Sequence[Node]) -> Node:
    flat: list[Node] = []
    for item in items:
        flat += item.of if isinstance(item, Row) else (item,)
    if NEVER in flat:
        return NEVER
    return flat[0] if len(flat) == 1 else Row(tuple(flat))


def _either(options: Sequence[Node]) -> Node:
    """Of the options and of those that they consist of, single bytes as one set of them."""
    bits, others = 0, ANY
    rest: dict[Node, None] = {}
    for option in _apart(options):
        if isinstance(option, One):
            bits, others = bits | option.of, others & option.others
        else:
            rest[option] = None
    if bits:
        rest = {One(bits, others): None, **rest}
    listed = tuple(rest)
    return NEVER if not listed else listed[0] if len(listed) == 1 else Either(listed)


def _apart(options: Iterable[Node]) -> Iterator[Node]:
    for option in options:
        yield from option.of if isinstance(option, Either) else (option,)


def _times(item: Node, fewest: int, most: int | None) -> Node:
    if item == NEVER:
        return ALWAYS if fewest == 0 else NEVER
    if item == ALWAYS or most == 0:
        return ALWAYS
    if isinstance(item, Either) and ALWAYS in item.of:
        return _times(_either([one for one in item.of if one != ALWAYS]), 0, most)
    return item if (fewest, most) == (1, 1) else Times(item, fewest, most)
