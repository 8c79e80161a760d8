"""The words of every scheme's levels, as one expression."""

from collections.abc import Iterable

import regex

from detectors.rulebook import Scheme, compiled, spelled


def label_words(schemes: Iterable[Scheme]) -> regex.Pattern[str]:
    """An expression for any level of any scheme in any of its spellings, blind to case."""
    spellings = {s for scheme in schemes for level in scheme.levels for s in level.spellings}
    return compiled(rf"(?<!\w)(?:{spelled(sorted(spellings))})(?!\w)")
