"""What a part is to its document, by what readers call it there."""

import re

from detectors.finding import Place

_MARGIN = re.compile(r"header|footer|slide (?:master|layout) \d+|(?:notes|handout) master")
"""A master stands behind each of its slides, with what is printed above and below them."""


def place_of(name: str) -> Place:
    """The place of the part that is called `name` in its document."""
    if name == "properties":
        return Place.PROPERTIES
    return Place.MARGIN if _MARGIN.fullmatch(name) else Place.BODY
