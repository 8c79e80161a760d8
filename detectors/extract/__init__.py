"""Turns the bytes of a file into parts that can be scanned.

What a file is, is told by its content and never by its name. Plain text is read at once; anything else is
read in a process of its own, which has limits and is killed when it passes them. What can't be read is
undecided, with the reason.
"""

from detectors.extract import reasons
from detectors.extract.extracted import Extracted
from detectors.extract.kinds import Kind, kind_of
from detectors.extract.limits import LARGEST_TEXT, LIMITS, Limits
from detectors.extract.text import decoded
from detectors.finding import Part, Undecided

__all__ = ["LIMITS", "Extracted", "Limits", "extract", "is_quick"]

_QUICK = 8 * 1024
"""Bytes of a plain text that is read and looked through as fast as a message."""


def is_quick(content: bytes) -> bool:
    """Whether a file takes no longer than a message does."""
    return len(content) <= _QUICK and kind_of(content) is Kind.TEXT


def extract(name: str, content: bytes, label: str, limits: Limits = LIMITS) -> Extracted:
    """What can be read of one file, in parts named after `label`, and what can't.

    `name` decides nothing. May take as long as `limits` say, and may be called by several threads at once.
    """
    if len(content) > limits.file:
        return Extracted(undecided=(Undecided(label, reasons.TOO_LARGE),))
    kind = kind_of(content)
    if kind is not Kind.TEXT:
        from detectors.extract.process import read_apart

        return read_apart(content, label, limits)
    if len(content) > LARGEST_TEXT:
        return Extracted(undecided=(Undecided(label, reasons.TOO_LARGE),))
    text = decoded(content)
    if text is None:
        return Extracted(undecided=(Undecided(label, reasons.UNSUPPORTED),))
    if len(text) > limits.characters:
        start = Part(label, text[: limits.characters])
        return Extracted((start,), (Undecided(label, reasons.TOO_LARGE),))
    return Extracted((Part(label, text),) if text.strip() else ())
