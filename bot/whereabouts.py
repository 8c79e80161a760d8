"""Says where in a message something was found: in which file, on which page, and whereabouts on it. Pure."""

import re
from collections.abc import Sequence

from bot.config.catalogue import Catalogue
from bot.model import MaskedFinding
from detectors.finding import Box

MOST_PLACES = 5
"""Places that are told one by one; of more only how many there are."""

_THIRD = 1 / 3
_WIDE = 0.6
"""From this share of a page's width on, a region is neither left nor right."""

_PIECE = re.compile(r"(?P<what>[a-zA-Z_ ]+?)(?: (?P<number>\d+))?(?P<ending>\.\w+)?")


def part_words(words: Catalogue, language: str, part: str) -> str:
    """A part's name as people say it: `attachment 1, page 3`."""
    pieces = [_piece_words(words, language, piece) for piece in part.split(" / ")]
    return words.text(language, "list-comma").join(pieces)


def region_words(words: Catalogue, language: str, region: Box) -> str:
    """Whereabouts on a page a region lies: `top left`."""
    return words.text(language, f"region-{sector(region)}")


def place_words(words: Catalogue, language: str, part: str, region: Box | None) -> str:
    """Both together: `attachment 1, page 3, top left`."""
    said = part_words(words, language, part)
    if region is None:
        return said
    return words.text(language, "list-comma").join((said, region_words(words, language, region)))


def places_words(words: Catalogue, language: str, findings: Sequence[MaskedFinding]) -> str:
    """Where findings are, each place once; of those in the message's own text nothing needs to be said."""
    places = list(
        dict.fromkeys(
            place_words(words, language, one.part, one.region) for one in findings if one.part != "text"
        )
    )
    return together(words, language, places[:MOST_PLACES], len(places) - MOST_PLACES)


def together(words: Catalogue, language: str, places: Sequence[str], more: int) -> str:
    """The places one after the other, and how many there are more."""
    said = words.text(language, "list-semicolon").join(places)
    return words.text(language, "places-more", places=said, count=str(more)) if more > 0 else said


def sector(region: Box) -> str:
    """The ninth of its page in which a region's middle lies, such as `top-left`."""
    across, down = (region.left + region.right) / 2, (region.top + region.bottom) / 2
    is_wide = region.right - region.left >= _WIDE
    side = "" if is_wide else "left" if across < _THIRD else "right" if across > 1 - _THIRD else ""
    height = "top" if down < _THIRD else "bottom" if down > 1 - _THIRD else ""
    return "-".join(filter(None, (height, side))) or "middle"


def _piece_words(words: Catalogue, language: str, piece: str) -> str:
    """A piece of a part's name; as it is where there are no words for it."""
    match = _PIECE.fullmatch(piece)
    if match is None:
        return piece
    name = match["what"].replace(" ", "-").replace("_", "-")
    what = words.find(language, f"part-{name}")
    if what is None:
        return piece
    return " ".join(filter(None, (what, match["number"]))) + (match["ending"] or "")
