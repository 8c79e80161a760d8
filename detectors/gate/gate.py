"""Which expressions may match in a text, so that only those are tried.

While the recognizers are made, everything that they search for is put into one gate. The gate reads a text
once for all of it together. What it lets through may match or not; what it holds back does not match.
"""

import pickle
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Generic, Protocol, TypeVar

import regex

from detectors.allowance import uncounted
from detectors.gate.alphabet import encoded
from detectors.gate.needs import Need, need_of, version
from detectors.gate.shelves import Shelves
from detectors.gate.sought import Sought
from detectors.kept import kept

Member = TypeVar("Member")


class Gate(Protocol):
    """Takes up what is searched for, and tells what of it is worth trying."""

    def take(self, sought: Sequence[Sought]) -> int:
        """Takes up expressions; the number of the first of them, from which they count on."""
        ...

    def through(self, text: str) -> Sequence[int]:
        """The numbers of the expressions that may match in a folded text, in order."""
        ...

    @property
    def always(self) -> Sequence[int]:
        """The numbers of the expressions that are let through whatever the text."""
        ...


class OpenGate:
    """Lets everything through."""

    def __init__(self) -> None:
        self._taken = 0

    def take(self, sought: Sequence[Sought]) -> int:
        self._taken += len(sought)
        return self._taken - len(sought)

    def through(self, text: str) -> Sequence[int]:
        return self.always

    @property
    def always(self) -> Sequence[int]:
        return range(self._taken)


_REMEMBERED = 32
"""Texts of which the gate knows what it said: each is asked about by many recognizers in turn."""


class PatternGate:
    """Lets through what one pass of the multi-pattern engine can't rule out."""

    def __init__(self, needs: Sequence[Need] | None = None) -> None:
        """`needs` are those of everything that will be taken up, where they are known from before."""
        self._known = needs
        self._taken: list[Sought] = []
        self.through = lru_cache(maxsize=_REMEMBERED)(self._through)

    def take(self, sought: Sequence[Sought]) -> int:
        self._taken += sought
        return len(self._taken) - len(sought)

    @cached_property
    def needs(self) -> Sequence[Need]:
        """What each expression needs, by its number. Known once everything was taken up."""
        if self._known is not None:
            return self._known
        key = repr((version(), [(one.source, one.flags, one.standing_for) for one in self._taken])).encode()
        needs: Sequence[Need] = pickle.loads(  # noqa: S301 - our own
            kept("needs", key, lambda: pickle.dumps([need_of(one) for one in self._taken]))
        )
        return needs

    @cached_property
    def always(self) -> tuple[int, ...]:
        """The numbers of the expressions of which nothing is known."""
        unknown = (number for number, need in enumerate(self.needs) if need is None)
        return tuple(sorted({*unknown, *self.shelves.refused}))

    @cached_property
    def shelves(self) -> Shelves:
        with uncounted():
            return Shelves([(number, one) for number, need in enumerate(self.needs) for one in need or ()])

    def _through(self, text: str) -> Sequence[int]:
        found = self.shelves.matching(encoded(text))
        if self.always:
            found += self.always
        return tuple(sorted(set(found))) if found else ()


class Sieve(Generic[Member]):
    """Things that are each told by an expression; in a text, those of them that are worth trying."""

    def __init__(self, gate: Gate, members: Iterable[tuple[Member, Sought]]) -> None:
        self._gate = gate
        self._members = tuple(members)
        self._first = gate.take([sought for _, sought in self._members])

    @property
    def numbers(self) -> range:
        """Under which numbers the gate knows its expressions."""
        return range(self._first, self._first + len(self._members))

    def is_open(self, text: str) -> bool:
        """Whether any of them is worth trying in a text."""
        numbers = self._gate.through(text)
        at = bisect_left(numbers, self._first)
        return at < len(numbers) and numbers[at] < self._first + len(self._members)

    def warm(self) -> None:
        """Compiles every expression now."""
        for _, sought in self._members:
            sought.expression  # noqa: B018 - it is compiled when it is asked for

    def within(self, text: str) -> Iterator[tuple[Member, regex.Pattern[str]]]:
        """Each member whose expression may match, with it, in the order in which they were given."""
        first, stop = self._first, self._first + len(self._members)
        numbers = self._gate.through(text)
        for index in range(bisect_left(numbers, first), bisect_left(numbers, stop)):
            member, sought = self._members[numbers[index] - first]
            yield member, sought.expression
