"""Scanners of files that can be held up, or that break."""

from collections.abc import Sequence
from threading import Event

from detectors.finding import Part, Scan
from tests.fakes.detectors import FakeDetectors


class HeldScanner:
    """Finds what the fake detectors do, but not before it may."""

    def __init__(self) -> None:
        self.may_go_on = Event()
        self.has_begun = Event()
        self.scanned: list[Part] = []

    def scan(self, parts: Sequence[Part]) -> Scan:
        self.has_begun.set()
        if not self.may_go_on.wait(20):
            raise TimeoutError
        self.scanned += parts
        return FakeDetectors().scan(parts)


class BrokenScanner:
    def scan(self, parts: Sequence[Part]) -> Scan:
        raise ValueError("what stood in the file")
