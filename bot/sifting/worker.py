"""The other side of `bot.sifting.hand`: does what it is told to until its input ends."""

import os
import pickle
import signal
import sys
from time import monotonic
from typing import Any, BinaryIO

from bot.sifting.hand import LENGTH

_SILENCE = 0.2
"""Seconds after which what has been done is told, so that nobody waits for the rest of its batch."""


def main() -> None:
    """Answers jobs. Whoever started it ends it by the end of its input, or by SIGTERM."""
    signal.signal(signal.SIGTERM, _stop)
    heard, said = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed is no answer
    try:
        _answer(heard, said)
    finally:
        os._exit(0)  # everything is said, and to take down all that was imported would take a second


def _answer(heard: BinaryIO, said: BinaryIO) -> None:
    do = pickle.load(heard).begin()  # noqa: S301 - from our own parent
    while True:
        jobs = pickle.load(heard)  # noqa: S301
        answers, begun = [], monotonic()
        for job in jobs:
            answers.append(do(job))
            if monotonic() - begun > _SILENCE:
                _say(said, answers)
                answers, begun = [], monotonic()
        _say(said, answers)


def _say(said: BinaryIO, answers: list[Any]) -> None:
    if answers:
        content = pickle.dumps(answers, pickle.HIGHEST_PROTOCOL)
        said.write(LENGTH.pack(len(content)))
        said.write(content)
        said.flush()


def _stop(*_: object) -> None:
    """Ends by an exception, so that whatever was started for a file ends, too."""
    sys.exit(1)


if __name__ == "__main__":
    main()
