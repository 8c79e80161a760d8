"""The names under which people write: they are read by everybody too, and may give something away."""

from collections import OrderedDict
from dataclasses import replace

from bot.mask import mask
from bot.model import Evidence, Person
from bot.planning import NAME
from bot.scanning import Detectors
from detectors.finding import Finding, Part

_MOST = 10_000
"""Names that are remembered with what was found in them."""


class Names:
    """Scans each name once, as long as it is scanned by the same detectors."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, tuple[Finding, ...]] = OrderedDict()
        self._found_by: Detectors | None = None

    def findings(self, detectors: Detectors, person: Person) -> tuple[Finding, ...]:
        """What a name gives away. May take a while; call it off the event loop."""
        if not person.name.strip():
            return ()
        if detectors is not self._found_by:
            self._found.clear()
            self._found_by = detectors
        if person.name not in self._found:
            self._found[person.name] = detectors.scan([Part(NAME, person.name)]).findings
            while len(self._found) > _MOST:
                self._found.popitem(last=False)
        return self._found[person.name]


def shown(person: Person, found: tuple[Finding, ...]) -> Person:
    """The person under a name that may be shown: with dots for what was found in it."""
    name = person.name
    for one in found:
        name = name[: one.span.start] + mask(name[one.span.start : one.span.end]) + name[one.span.end :]
    return replace(person, name=name)


def is_told(found: tuple[Finding, ...], before: Evidence | None) -> bool:
    """Whether the author was told of the same things in his name already."""
    known = (
        {(one.entity, one.start, one.end) for one in before.findings if one.part == NAME} if before else set()
    )
    return {(one.entity, one.span.start, one.span.end) for one in found} <= known
