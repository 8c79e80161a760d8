"""What came out of a file."""

from typing import NamedTuple

from detectors.finding import Part, Picture, Undecided


class Extracted(NamedTuple):
    """The parts of a file, what could not be read of it, and what its images look like."""

    parts: tuple[Part, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    pictures: tuple[Picture, ...] = ()
