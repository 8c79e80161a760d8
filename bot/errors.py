"""The one tree of errors that Raazdar raises on purpose.

    RaazdarError
    ├── ConfigurationError      something in the YAML files is wrong; carries every problem at once
    ├── StoreError              the database is missing, unreadable, or newer than this program
    ├── SealError               the key file is missing, unsafe or wrong, or a seal was tampered with
    ├── InputError              what a person gave us can't be read
    ├── ListenError             the web server can't have its address
    └── PlatformError           a chat platform did not do what it was asked
        ├── PlatformUnavailable     try again later; says when, if the platform told
        └── PlatformRefused         trying again will not help (gone, too old)
            └── PlatformForbidden   the bot lacks a permission that a person can give it

Every message is one sentence for the person who reads it: what is wrong, where, and what to do.
None of them ever carries the text of a chat message or a secret.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class RaazdarError(Exception):
    """Base of all errors that are reported as one sentence and never as a traceback."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a configuration file. `line` counts from 1; `key` is a path like `chats[0].mode`."""

    file: Path
    line: int
    key: str
    what: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return f"{where}: {self.key}: {self.what}" if self.key else f"{where}: {self.what}"


class ConfigurationError(RaazdarError):
    """All the problems of a configuration, found in one go."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class StoreError(RaazdarError):
    """The database can't be used as it is."""


class SealError(RaazdarError):
    """Evidence can't be sealed or unsealed."""


class InputError(RaazdarError):
    """A file or a line that a person gave can't be read."""


class ListenError(RaazdarError):
    """The address for the web server can't be had."""


class PlatformError(RaazdarError):
    """A chat platform did not do what it was asked."""


class PlatformUnavailable(PlatformError):
    """The platform may do it later. `retry_after` is in seconds, None where the platform did not say."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PlatformRefused(PlatformError):
    """Asking again will not help: unknown message, past the platform's time limit, no permission."""


class PlatformForbidden(PlatformRefused):
    """The bot lacks a permission: a person has to give it, and then it will work."""
