"""The words of every scheme's levels, as one expression."""

from collections.abc import Iterable

from detectors.gate import Sought
from detectors.normalise import fold_letters
from detectors.rulebook import Scheme, sought, spelled


def label_words(schemes: Iterable[Scheme]) -> Sought:
    """An expression for any level of any scheme in any of its spellings, blind to case."""
    spellings = {s for scheme in schemes for level in scheme.levels for s in level.spellings}
    return sought(rf"(?<!\w)(?:{spelled(sorted(spellings))})(?!\w)")


def squeezed_label_words(schemes: Iterable[Scheme]) -> Sought:
    """The same words with nothing but their letters, for text of which only the letters are left."""
    spellings = {s for scheme in schemes for level in scheme.levels for s in level.spellings}
    letters = {"".join(filter(str.isalpha, fold_letters(spelling))) for spelling in spellings}
    return sought(
        "|".join(sorted((word for word in letters if len(word) > 3), key=lambda one: (-len(one), one)))
    )
