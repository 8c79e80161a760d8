"""What is searched for and what it means, as it is now; replaced in one step while everything runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol, runtime_checkable

from bot.policy import Policy
from bot.scanning import Detectors


@dataclass(frozen=True, slots=True)
class Rules:
    """What one configuration says. A message is judged by one of them from its beginning to its end.

    `edition` names what the detectors look for, and how far files are read.
    """

    detectors: Detectors
    policy: Policy
    edition: str

    @property
    def fingerprint(self) -> str:
        """The same for the same rules, as far as files under `config/` decide them."""
        return sha256(f"{self.edition} {self.policy!r}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A configuration that could not be taken up: when, and what is wrong with it, a sentence each."""

    at: datetime
    mistakes: tuple[str, ...]


@runtime_checkable
class Closing(Protocol):
    """Detectors that hold something which must be given up in the end, such as a process."""

    def close(self) -> None: ...


class InForce:
    """Lends out the rules in force. For use on one event loop.

    `refusal` is the last attempt to replace them, where it failed.
    """

    def __init__(self, rules: Rules) -> None:
        self._now = _Lent(rules)
        self._earlier: list[_Lent] = []
        self.refusal: Refusal | None = None

    @property
    def policy(self) -> Policy:
        """The policy in force, for whoever asks once and judges nothing by it."""
        return self._now.rules.policy

    @property
    def fingerprint(self) -> str:
        return self._now.rules.fingerprint

    @contextmanager
    def lent(self) -> Iterator[Rules]:
        """The rules in force, which stay whole while the context is open, even if others replace them."""
        mine = self._now
        mine.borrowers += 1
        try:
            yield mine.rules
        finally:
            mine.borrowers -= 1
            self._close_unused()

    def replace(self, rules: Rules) -> None:
        """From now on these are lent out. Earlier ones are closed when nobody works with them any more."""
        self._earlier.append(self._now)
        self._now = _Lent(rules)
        self.refusal = None
        self._close_unused()

    def close(self) -> None:
        """Closes all of them, even while somebody works with them."""
        for one in (*self._earlier, self._now):
            close(one.rules)

    def _close_unused(self) -> None:
        for one in [one for one in self._earlier if not one.borrowers]:
            self._earlier.remove(one)
            close(one.rules)


def close(rules: Rules) -> None:
    """Gives up whatever the detectors of these rules hold."""
    if isinstance(rules.detectors, Closing):
        rules.detectors.close()


@dataclass(slots=True, eq=False)
class _Lent:
    rules: Rules
    borrowers: int = 0
