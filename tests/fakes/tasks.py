"""A task whose jobs are words, for the processes that are to do it."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FakeTask:
    """Answers each word in capitals. `cannot_begin` makes every process end before it has done anything."""

    cannot_begin: bool = False

    def begin(self) -> Callable[[str], str]:
        if self.cannot_begin:
            os._exit(1)
        return _answer

    def lost(self, job: str) -> str:
        return f"lost {job}"


def _answer(word: str) -> str:
    match word.split():
        case ["wait", path]:
            return Path(path).read_text(encoding="utf-8")  # of a pipe: until somebody has written there
        case ["die"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["who"]:
            return str(os.getpid())
        case ["print"]:
            print("not an answer", flush=True)  # noqa: T201 - what a library may do
    return word.upper()
