"""Writes a tree as the multi-pattern engine reads it: a PCRE expression over bytes. Pure."""

from dataclasses import dataclass

from detectors.gate.alphabet import ANY
from detectors.gate.nodes import Either, Node, One, Row, Times

_MOST_TIMES = 16
"""Longer runs are written without a limit: the machine for counting them is large, and says little more."""

_MOST_OF_ONE = 512
"""The same for single bytes, which are counted easily."""

_CAPITALS = ((1 << 26) - 1) << ord("A")


@dataclass(frozen=True, slots=True)
class Written:
    """An expression in which a dot is any byte. `is_caseless`: each of its letters stands for both cases."""

    expression: bytes
    is_caseless: bool


def written(node: Node) -> Written:
    """The expression for a tree of `needed`."""
    is_caseless = _knows_no_case(node)
    return Written(_text(node, is_caseless).encode("latin-1"), is_caseless)


def _knows_no_case(node: Node) -> bool:
    match node:
        case One(of=bits):
            return (bits & _CAPITALS) == (bits >> 32 & _CAPITALS)
        case Row(of=items) | Either(of=items):
            return all(map(_knows_no_case, items))
        case Times(of=item):
            return _knows_no_case(item)
        case _:
            raise TypeError(f"{type(node).__name__} takes no room and can't be written")


def _text(node: Node, is_caseless: bool) -> str:
    match node:
        case One(of=bits):
            return _set(bits & ~_CAPITALS if is_caseless and bits != ANY else bits)
        case Row(of=items):
            return "".join(_grouped(item, is_caseless) for item in items)
        case Either(of=options):
            return "|".join(_text(option, is_caseless) for option in options if option != Row())
        case Times(of=item, fewest=fewest, most=most):
            cap = _MOST_OF_ONE if isinstance(item, One) else _MOST_TIMES
            return f"{_grouped(item, is_caseless)}{_bounds(min(fewest, cap), most)}"
        case _:
            raise TypeError(f"{type(node).__name__} takes no room and can't be written")


def _grouped(node: Node, is_caseless: bool) -> str:
    if isinstance(node, One):
        return _text(node, is_caseless)
    is_optional = isinstance(node, Either) and Row() in node.of
    return f"(?:{_text(node, is_caseless)}){'?' if is_optional else ''}"


def _bounds(fewest: int, most: int | None) -> str:
    if most is None or most > max(fewest, _MOST_TIMES):
        return {0: "*", 1: "+"}.get(fewest, f"{{{fewest},}}")
    return "?" if (fewest, most) == (0, 1) else f"{{{fewest},{most}}}"


def _set(bits: int) -> str:
    if bits == ANY:
        return "."
    ranges: list[tuple[int, int]] = []
    for code in range(256):
        if bits >> code & 1:
            low = ranges.pop()[0] if ranges and ranges[-1][1] == code - 1 else code
            ranges.append((low, code))
    members = [_byte(low) if low == high else f"{_byte(low)}-{_byte(high)}" for low, high in ranges]
    return members[0] if len(members) == 1 and len(members[0]) in (1, 4) else f"[{''.join(members)}]"


def _byte(code: int) -> str:
    """A byte as it stands where it means nothing else: expressions may not be long."""
    char = chr(code)
    return char if (char.isascii() and char.isalnum()) or code > 0xA0 else f"\\x{code:02x}"
