"""What a part's place in its document does to the words of a label in it. Pure.

What stands alone in the header of a page, on a stamp or as the value of a property is there to say something
of the whole document; the same words in a sentence there (`Top Secret Recipes Ltd`) are not.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from detectors.finding import Place
from detectors.rulebook import Weights

if TYPE_CHECKING:
    from detectors.recognizers.candidate import Candidate

_LABELS = frozenset({"CLASSIFICATION_LABEL", "DISTRIBUTION_LIMIT"})
_ALONE = frozenset({"banner", "field"})

_DOUBTFUL = 0.35
"""A label that stands alone and has a lower score has something beside it that speaks against it."""

_STEPS: Mapping[Place, tuple[str, Callable[[Weights], float]]] = {
    Place.MARGIN: ("in the header or footer of a page", lambda weights: weights.margin),
    Place.STAMP: ("on a stamp", lambda weights: weights.stamp),
    Place.PROPERTIES: ("as a property of the document", lambda weights: weights.properties),
}
_VALUE = regex.compile(
    r"^[ \t]*(?:title|keywords?|tags?|category|comments?|description|(?:content[ -]?)?status"
    r"|\w+(?:classification|marking|sensitivity|security(?:label|level))\w*"
    r"|\w*(?:classification|marking|sensitivity|security(?:label|level))\w+)[ \t]*:[ \t]",
    regex.IGNORECASE | regex.MULTILINE,
)
"""The name of a property that tells what the document is. Those of people and programs tell nothing."""

_LISTED = regex.compile(r"^[ \t]*(?:keywords?|tags?|category)[ \t]*:.*$", regex.IGNORECASE | regex.MULTILINE)


def laid_out(text: str, place: Place) -> str:
    """A folded text with what its place sets apart in lines of their own; as long as before."""
    match place:
        case Place.MARGIN:
            # Tabs part what stands on the left, in the middle and on the right.
            return text.replace("\t", "\n")
        case Place.PROPERTIES:
            text = _LISTED.sub(lambda line: line[0].replace(";", "\n"), text)
            return _VALUE.sub(lambda name: name[0][:-1] + "\n", text)
        case _:
            return text


def placed(candidate: "Candidate", text: str, place: Place, weights: Weights) -> "Candidate":
    """The candidate, weighed by the place of the text that it was found in.

    A label in small letters is a word like any other wherever it stands.
    """
    is_alone = candidate.entity in _LABELS and candidate.attributes.get("form") in _ALONE
    is_doubtful = candidate.score < _DOUBTFUL or text[candidate.start].islower()
    if place not in _STEPS or not is_alone or is_doubtful:
        return candidate
    step, weight = _STEPS[place]
    weighed = candidate.weighed(step, weight(weights))
    if place is Place.PROPERTIES:
        return replace(weighed, attributes={**weighed.attributes, "form": "metadata"})
    return weighed
