"""Reads an expression of the `regex` library as the tree of what it may match. Pure.

The tree may match more than the expression and never less: what refers back is anything, and what forbids
something longer than a character forbids nothing. What is not known here makes an expression unreadable, and
then nothing is claimed about it.
"""

from collections.abc import Callable
from typing import Final

import regex

from detectors.gate.alphabet import ANY, EDGE, OTHER, only
from detectors.gate.classes import WITHIN_ASCII, above, any_of
from detectors.gate.nodes import (
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

KNOWN_FLAGS: Final = (
    regex.IGNORECASE | regex.MULTILINE | regex.DOTALL | regex.UNICODE | regex.VERSION0 | regex.VERBOSE
)
_FLAG_LETTERS: Final = {"i": regex.IGNORECASE, "m": regex.MULTILINE, "s": regex.DOTALL, "u": regex.UNICODE}

_TEXT_EDGE: Final = One(EDGE, ANY)
_LINE_EDGE: Final = One(only("\n") | EDGE, ANY)
_WIDEST_RANGE = 512


class Unreadable(ValueError):
    """An expression with something in it that is not known here."""


def read(source: str, flags: int) -> Node:
    """The tree of an expression. Raises Unreadable."""
    if flags & ~KNOWN_FLAGS:
        raise Unreadable("a flag that is not known here")
    reader = _Reader(source, flags)
    try:
        node = reader.either()
    except (regex.error, IndexError, OverflowError) as error:
        raise Unreadable("it does not compile") from error
    if reader.at < len(source):
        raise Unreadable("a bracket that closes nothing")
    return node


class _Reader:
    """One pass over an expression, from left to right."""

    def __init__(self, source: str, flags: int) -> None:
        self.source = source
        self.flags = flags
        self.at = 0

    def either(self) -> Node:
        """Everything up to the bracket that closes the group, or to the end."""
        flags = self.flags
        options = [self._row()]
        while self._took("|"):
            options.append(self._row())
        self.flags = flags
        return options[0] if len(options) == 1 else Either(tuple(options))

    def _row(self) -> Node:
        items: list[Node] = []
        self._skip_notes()
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            items.append(self._repeated(self._atom()))
        return items[0] if len(items) == 1 else Row(tuple(items))

    def _atom(self) -> Node:
        char = self.source[self.at]
        if char == "(":
            return self._group()
        if char == "[":
            return self._set()
        if char == "\\":
            return self._escape()
        self.at += 1
        match char:
            case ".":
                return any_of(".", self.flags & regex.DOTALL, OTHER)
            case "^":
                edge = _LINE_EDGE if self.flags & regex.MULTILINE else _TEXT_EDGE
                return Beside(edge, is_before=True)
            case "$":
                return Beside(_LINE_EDGE, is_before=False)
            case "*" | "+" | "?":
                raise Unreadable("a repeat of nothing")
            case _:
                return self._literal(char)

    @property
    def _case(self) -> int:
        return self.flags & regex.IGNORECASE

    def _skip_notes(self) -> None:
        """Passes over what stands in an expression for people only."""
        known = _VERBOSE_NOTES if self.flags & regex.VERBOSE else _NOTES
        notes = known.match(self.source, self.at)
        self.at = notes.end() if notes else self.at

    def _literal(self, char: str) -> One:
        return any_of(regex.escape(char), self._case, above(char, self._case))

    def _repeated(self, item: Node) -> Node:
        self._skip_notes()
        bounds = self._bounds()
        while bounds is not None:
            if not self._took("?"):
                self._took("+")
            item = Times(item, *bounds)
            self._skip_notes()
            bounds = self._bounds()
        return item

    def _bounds(self) -> tuple[int, int | None] | None:
        if self._took("*"):
            return 0, None
        if self._took("+"):
            return 1, None
        if self._took("?"):
            return 0, 1
        counted = _COUNTED.match(self.source, self.at)
        if counted is None:
            if _ODD_BRACES.match(self.source, self.at):
                raise Unreadable("a fuzzy match, or a repeat with blanks in it")
            return None
        self.at = counted.end()
        if counted["exactly"]:
            return int(counted["exactly"]), int(counted["exactly"])
        return int(counted["fewest"] or 0), int(counted["most"]) if counted["most"] else None

    def _group(self) -> Node:
        for opening, made in _LOOKS.items():
            if self.source.startswith(opening, self.at):
                self.at += len(opening)
                return made(self._closed(self.either()))
        referring = _REFERRING.match(self.source, self.at)
        if referring:
            self.at = referring.end()
            return Anything()
        plain = _PLAIN_GROUP.match(self.source, self.at)
        if plain:
            self.at = plain.end()
            return self._closed(self.either())
        flagged = _FLAGGED.match(self.source, self.at)
        if flagged is None:
            raise Unreadable("a group of a kind that is not known here")
        before = self.flags
        if flagged["closed"] == ")" and self.at > 0:
            raise Unreadable("flags for the whole expression that stand within it")
        self.flags = self._flags(flagged)
        self.at = flagged.end()
        if flagged["closed"] == ")":
            return Unknown()
        node = self._closed(self.either())
        self.flags = before
        return node

    def _flags(self, flagged: regex.Match[str]) -> int:
        flags = self.flags
        for letter in flagged["on"] or "":
            flags |= self._flag(letter)
        for letter in flagged["off"] or "":
            flags &= ~self._flag(letter)
        return flags

    def _flag(self, letter: str) -> int:
        if letter not in _FLAG_LETTERS:
            raise Unreadable(f"the flag {letter}")
        return _FLAG_LETTERS[letter]

    def _closed(self, node: Node) -> Node:
        if not self._took(")"):
            raise Unreadable("a group that is not closed")
        return node

    def _escape(self) -> Node:
        letter = self.source[self.at + 1 : self.at + 2]
        if letter in _PLACES:
            self.at += 2
            return _PLACES[letter]
        back = _BACK.match(self.source, self.at)
        if back:
            self.at = back.end()
            return Anything()
        written = self._one_escape()
        if written in WITHIN_ASCII:
            return any_of(written, self._case, 0)
        if _IS_CLASS.match(written):
            return any_of(written, self._case, OTHER)
        return self._literal(_char_of(written))

    def _one_escape(self) -> str:
        written = _ESCAPE.match(self.source, self.at)
        if written is None:
            raise Unreadable("an escape that is not known here")
        self.at = written.end()
        return written[0]

    def _set(self) -> Node:
        start = self.at
        self.at += 1
        is_negated = self._took("^")
        reach = 0
        is_first = True
        while self.at < len(self.source) and (self.source[self.at] != "]" or is_first):
            is_first = False
            reach |= self._member()
        self._closed_set()
        return any_of(self.source[start : self.at], self._case, OTHER if is_negated else reach)

    def _closed_set(self) -> None:
        if not self._took("]"):
            raise Unreadable("a set that is not closed")

    def _member(self) -> int:
        """The bytes beyond ASCII of one member of a set, or of a range."""
        if self.source.startswith("[:", self.at):
            return self._named_set()
        first = self._one_of_set()
        if len(first) > 1:
            return 0 if first in WITHIN_ASCII else OTHER
        if self.source[self.at : self.at + 1] != "-" or self.source[self.at + 1 : self.at + 2] in ("]", ""):
            return above(first, self._case)
        self.at += 1
        if self.source.startswith("[:", self.at):
            raise Unreadable("a range that ends in a class")
        last = self._one_of_set()
        if len(last) > 1:
            raise Unreadable("a range that ends in a class")
        if ord(last) - ord(first) > _WIDEST_RANGE:
            return OTHER
        reach = 0
        for code in range(ord(first), ord(last) + 1):
            reach |= above(chr(code), self._case)
        return reach

    def _one_of_set(self) -> str:
        """A character, or a class of several as it is written."""
        if self.source[self.at] != "\\":
            self.at += 1
            return self.source[self.at - 1]
        written = self._one_escape()
        return written if _IS_CLASS.match(written) else _char_of(written)

    def _named_set(self) -> int:
        named = _NAMED_SET.match(self.source, self.at)
        if named is None:
            raise Unreadable("a class that is not known here")
        self.at = named.end()
        return OTHER

    def _took(self, mark: str) -> bool:
        if self.source.startswith(mark, self.at):
            self.at += len(mark)
            return True
        return False


def _not_beside(node: Node, *, is_before: bool) -> Node:
    """What a negative look asks for, as far as it forbids single characters."""
    if _may_be_empty(node):
        return NEVER
    forbidden = node.of if isinstance(node, Either) else (node,)
    others = ANY
    for one in forbidden:
        if isinstance(one, One):
            others &= one.others
    return Beside(One(others, ANY), is_before)


def _may_be_empty(node: Node) -> bool:
    """Whether what was read certainly matches everywhere, without taking room."""
    match node:
        case Row(of=items):
            return all(map(_may_be_empty, items))
        case Either(of=options):
            return any(map(_may_be_empty, options))
        case Times(of=item, fewest=fewest):
            return fewest == 0 or _may_be_empty(item)
        case _:
            return False


_LOOKS: Final[dict[str, Callable[[Node], Node]]] = {
    "(?=": lambda node: Beside(node, is_before=False),
    "(?<=": lambda node: Beside(node, is_before=True),
    "(?!": lambda node: _not_beside(node, is_before=False),
    "(?<!": lambda node: _not_beside(node, is_before=True),
}
_PLACES: Final[dict[str, Node]] = {
    "b": WordEdge(),
    "A": Beside(_TEXT_EDGE, is_before=True),
    "Z": Beside(_TEXT_EDGE, is_before=False),
    "z": Beside(_TEXT_EDGE, is_before=False),
    **dict.fromkeys("BmMKG", Unknown()),
}
_NOTES = regex.compile(r"(?:\(\?#[^)]*\))*")
_VERBOSE_NOTES = regex.compile(r"(?:\s|#[^\n]*|\(\?#[^)]*\))*")
_COUNTED = regex.compile(r"\{(?:(?P<exactly>[0-9]+)|(?P<fewest>[0-9]*),(?P<most>[0-9]*))\}")
_ODD_BRACES = regex.compile(r"\{[^}]*[isde\s][^}]*\}")
_NAMED_SET = regex.compile(
    r"\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]"
)
_PLAIN_GROUP = regex.compile(r"\((?:\?(?::|>|P<\w+>|<\w+>)|(?!\?))")
_FLAGGED = regex.compile(r"\(\?(?P<on>[a-zA-Z]*)(?:-(?P<off>[a-zA-Z]+))?(?P<closed>[:)])")
_REFERRING = regex.compile(r"\((?:\?P=\w+|\?P>\w+|\?&\w+|\?R|\?\d+)\)")
_BACK = regex.compile(r"\\(?:[1-9]\d*|g<\w+>)")
_ESCAPE = regex.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[pP](?:\{[^}]*\}|[A-Z])|[dDsSwW]|[nrtfva]"
    r"|[^\w\s]|[ ])"
)
_IS_CLASS = regex.compile(r"\\[dDsSwWpP]")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "a": "\a"}


def _char_of(escape: str) -> str:
    kind = escape[1]
    if kind in "xuU" and len(escape) > 2:
        return chr(int(escape[2:], 16))
    return _CONTROLS.get(kind, kind)
