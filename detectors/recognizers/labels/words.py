"""The words of every scheme's levels, as one expression."""

from collections.abc import Iterable

import regex

from detectors.normalise import fold_letters
from detectors.rulebook import Scheme, compiled, spelled


def label_words(schemes: Iterable[Scheme]) -> regex.Pattern[str]:
    """An expression for any level of any scheme in any of its spellings, blind to case."""
    spellings = {s for scheme in schemes for level in scheme.levels for s in level.spellings}
    return compiled(rf"(?<!\w)(?:{spelled(sorted(spellings))})(?!\w)")


def squeezed_label_words(schemes: Iterable[Scheme]) -> regex.Pattern[str]:
    """The same words with nothing but their letters, for text of which only the letters are left."""
    spellings = {s for scheme in schemes for level in scheme.levels for s in level.spellings}
    letters = {"".join(filter(str.isalpha, fold_letters(spelling))) for spelling in spellings}
    return compiled("|".join(sorted((word for word in letters if len(word) > 3), key=len, reverse=True)))
