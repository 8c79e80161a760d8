"""What an expression may match, as a tree over the gate's alphabet. Pure facts."""

from dataclasses import dataclass

from detectors.gate.alphabet import Bytes


@dataclass(frozen=True, slots=True)
class One:
    """One byte out of several; out of none it never matches.

    `others` are the bytes of characters that it does not match: a byte may be of both kinds.
    """

    of: Bytes
    others: Bytes


@dataclass(frozen=True, slots=True)
class Row:
    """One thing after the other; of none it is always there."""

    of: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """Any of these."""

    of: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Times:
    """The same some times over; `most` is None where there is no limit."""

    of: "Node"
    fewest: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What must stand right before or right after a place. It takes no room itself."""

    of: "Node"
    is_before: bool


@dataclass(frozen=True, slots=True)
class WordEdge:
    """A place where a word begins or ends. It takes no room itself."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A place of which something is asked that isn't known here. It takes no room itself."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Any stretch of text, of any length."""


Node = One | Row | Either | Times | Beside | WordEdge | Unknown | Anything

ALWAYS = Row()
NEVER = One(0, 0)
