"""Presidio's own recognizers by name, and which of them can be used here.

Presidio is imported only when one is asked for: whoever names none doesn't wait for it.
"""

from collections.abc import Callable
from inspect import isclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

_SELF_CONTAINED = ("generic", "country_specific")
"""The packages of Presidio whose recognizers need neither a language model nor a service."""


def predefined_recognizer(name: str) -> "EntityRecognizer":
    """Presidio's recognizer of that class name, as Presidio sets it up.

    Raises ValueError, in plain words, where there is none or it can't be used here.
    """
    from presidio_analyzer import EntityRecognizer, PatternRecognizer, predefined_recognizers

    found = getattr(predefined_recognizers, name, None)
    if not (isclass(found) and issubclass(found, EntityRecognizer)):
        raise ValueError(f"Presidio has no recognizer {name}; give patterns or a deny_list of its own")
    package = found.__module__.removeprefix(f"{predefined_recognizers.__name__}.").split(".")[0]
    if package not in _SELF_CONTAINED:
        raise ValueError(f"{name} needs a language model or a service, and Raazdar works without either")
    if issubclass(found, PatternRecognizer) and found.analyze is not PatternRecognizer.analyze:
        raise ValueError(
            f"{name} skips without a word what takes too long; leave it out, recognizers.yaml finds the same"
        )
    made: Callable[[], EntityRecognizer] = found
    return made()
