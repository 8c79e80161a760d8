"""Scales of a chart: from a figure to its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True, slots=True)
class Log:
    """A logarithmic scale from one power of ten to another, between two places on the page."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, figures: Iterator[float], start: float, end: float) -> "Log":
        """The scale from the power of ten below the figures to the one above. Raises ValueError for none."""
        known = [figure for figure in figures if figure > 0]
        low = floor(log10(min(known)))
        return cls(10.0**low, 10.0 ** max(ceil(log10(max(known))), low + 1), start, end)

    def at(self, figure: float) -> float:
        share = (log10(figure) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        """Every power of ten on it."""
        first, last = round(log10(self.low)), round(log10(self.high))
        return [10.0**power for power in range(first, last + 1)]
