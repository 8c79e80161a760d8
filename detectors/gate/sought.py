"""An expression that texts are searched for."""

from functools import cached_property

import regex

from detectors.allowance import uncounted


class Sought:
    """An expression of the `regex` library, compiled when it is first needed: many never are."""

    def __init__(self, source: str, flags: int) -> None:
        self.source = source
        self.flags = flags

    @cached_property
    def expression(self) -> regex.Pattern[str]:
        """The expression, ready to search. Raises regex.error where it doesn't compile."""
        with uncounted():
            return regex.compile(self.source, self.flags)
