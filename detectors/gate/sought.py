"""An expression that texts are searched for."""

from collections.abc import Sequence
from functools import cached_property

import regex

from detectors.allowance import uncounted


class Sought:
    """An expression of the `regex` library, compiled when it is first needed: many never are."""

    def __init__(self, source: str, flags: int, standing_for: Sequence[tuple[str, str]] = ()) -> None:
        """`standing_for` says which characters of a text may be read as which others before it is searched.

        Each of the pairs is a character, and the one that it may be read as.
        """
        self.source = source
        self.flags = flags
        self.standing_for = tuple(standing_for)

    @cached_property
    def expression(self) -> regex.Pattern[str]:
        """The expression, ready to search. Raises regex.error where it doesn't compile."""
        with uncounted():
            return regex.compile(self.source, self.flags)
