"""Where one message breaks off and the next goes on: `SEC` and `RET`, `0300` and `5518276`.

Pure. Messages are joined without a break only where the two sides make a label word or one run of digits;
everywhere else the joined words would mean nothing.
"""

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from detectors.folded import Folded
from detectors.gate import Sieve
from detectors.normalise import fold

_EDGE = 24
"""Characters at the end of one message and at the start of the next in which a broken word is looked for."""

_MOST = 12
"""Messages that one word may be broken over."""

_LETTERS = regex.compile(r"[^\W\d_]")
_ENDS_IN_NUMBER = regex.compile(r"\d[ \t]*[-.]?[ \t]*$")
_STARTS_WITH_NUMBER = regex.compile(r"^[ \t]*[-.]?[ \t]*\d")


def starts_of(texts: Sequence[str]) -> list[int]:
    """Where each text starts in the texts joined by line breaks."""
    starts = [0]
    for text in texts[:-1]:
        starts.append(starts[-1] + len(text) + 1)
    return starts


def seams(texts: Sequence[str], words: Sieve[str]) -> Iterator[Folded]:
    """Each run of messages that should be read without the breaks, mapped to the texts joined by line breaks.

    `words` is what a broken word may be, without blanks.
    """
    starts = starts_of(texts)
    for first in range(len(texts) - 1):
        for last in range(first + 2, min(first + _MOST, len(texts)) + 1):
            run = texts[first:last]
            if _breaks_a_word(run, words):
                for joint in ("", " "):
                    yield _joined(run, starts[first:last], joint)
            elif last == first + 2 and _breaks_a_number(*run):
                yield _joined(run, starts[first:last], "")
            if len(texts[last - 1]) > _EDGE:
                break


def _breaks_a_number(one: str, other: str) -> bool:
    return bool(_ENDS_IN_NUMBER.search(one)) and bool(_STARTS_WITH_NUMBER.search(other))


def _breaks_a_word(run: Sequence[str], words: Sieve[str]) -> bool:
    """Whether a word starts in the first message and ends in the last, with nothing else between."""
    left = _letters(run[0][-_EDGE:])
    right = _letters(run[-1][:_EDGE])
    middle = "".join(_letters(text) for text in run[1:-1])
    joined = left + middle + right
    return any(
        match.start() < len(left) and match.end() > len(left) + len(middle)
        for _, expression in words.within(joined)
        for match in expression.finditer(joined, overlapped=True)
    )


@lru_cache(maxsize=1024)
def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(fold(text).text))


def _joined(run: Sequence[str], starts: Sequence[int], joint: str) -> Folded:
    places = array("I")
    for index, (text, start) in enumerate(zip(run, starts, strict=True)):
        if index and joint:
            places.append(start - 1)
        places.extend(range(start, start + len(text)))
    return Folded(joint.join(run), places, array("I", (place + 1 for place in places)))
