"""An engine in a process of its own: what is much text is looked through there, and holds up nobody here.

`python -m detectors.apart` is that process. What it hears and says are pickles on its standard input and
output: first the rulebook, then part after part, and for each its scan. Nothing is written anywhere else, and
it ends when nobody is left to talk to it.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from time import monotonic

from detectors.engine import UNHURRIED, Engine
from detectors.extract import reasons
from detectors.finding import Finding, Part, Scan, Undecided
from detectors.kept import kept_where
from detectors.politeness import be_polite
from detectors.rulebook import Rulebook

CRASHED = "broken (the detectors crashed)"

MUCH = 4_000
"""Characters, those of a page or of the longest message, from which on a text is searched apart."""

PATIENCE = 120.0
"""Seconds that all the parts of a call may take together."""

_SAMPLE = Part("text", "SECRET\nCall +92 300 1234567 or write to amina@example.org.")
"""Something for every recognizer that gets itself ready only when it is needed."""

_COMMAND = (sys.executable, "-B", "-s", "-m", "detectors.apart")
_HOUSE = str(Path(__file__).parents[1])
_MOST_CRASHES = 3


class Apart:
    """Scans as the engine does. The process is started when it is first needed, and anew after a crash."""

    def __init__(self, rulebook: Rulebook, patience: float = PATIENCE) -> None:
        self._rulebook = rulebook
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = Lock()
        self._is_closed = False

    def scan(self, parts: Sequence[Part]) -> Scan:
        """Everything that is found in the parts; one whose scan fails or takes too long is undecided.

        May be called by several threads at once, and then works for one after another.
        """
        with self._turn:
            end = monotonic() + self._patience
            clock = Timer(self._patience, self._kill)
            clock.start()
            try:
                return self._scan(parts, end)
            finally:
                clock.cancel()

    def close(self) -> None:
        """Ends the process, even while it is at work."""
        self._is_closed = True
        self._kill()

    def _scan(self, parts: Sequence[Part], end: float) -> Scan:
        scans: list[Scan] = []
        crashes = 0
        for part in parts:
            if self._is_closed:
                why = reasons.NOT_STARTED
            elif monotonic() >= end:
                why = reasons.TIMED_OUT
            elif crashes >= _MOST_CRASHES:
                why = CRASHED
            else:
                try:
                    scans.append(self._ask(part))
                    continue
                except (OSError, EOFError, pickle.UnpicklingError):
                    self._kill()
                    crashes += 1
                    why = reasons.TIMED_OUT if monotonic() >= end else CRASHED
            scans.append(Scan((), (Undecided(part.name, why),)))
        return Scan(
            tuple(one for scan in scans for one in scan.findings),
            tuple(one for scan in scans for one in scan.undecided),
        )

    def _ask(self, part: Part) -> Scan:
        process = self._running()
        assert process.stdin  # noqa: S101 - they are pipes
        assert process.stdout  # noqa: S101
        pickle.dump(part, process.stdin)
        process.stdin.flush()
        scan = pickle.load(process.stdout)  # noqa: S301 - our own code on our own pipe
        if not isinstance(scan, Scan):
            raise EOFError
        return scan

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._let_go()
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": _HOUSE, "LANG": "C.UTF-8", **kept_where()},
                start_new_session=True,
            )
            assert self._process.stdin  # noqa: S101 - it is a pipe
            pickle.dump(self._rulebook, self._process.stdin)
        return self._process

    def _let_go(self) -> None:
        """Closes the pipes to a process that has ended."""
        for pipe in (self._process.stdin, self._process.stdout) if self._process else ():
            with suppress(OSError):
                if pipe:
                    pipe.close()

    def _kill(self) -> None:
        process = self._process
        if process:
            process.kill()
            process.wait()


class Divided:
    """An engine here for what is quickly looked through, and one apart for what is much text."""

    def __init__(self, here: Engine, apart: Apart) -> None:
        self._here = here
        self._apart = apart

    def scan(self, parts: Sequence[Part]) -> Scan:
        is_much = sum(len(part.text) for part in parts) > MUCH
        return (self._apart if is_much else self._here).scan(parts)

    def window(self, texts: Sequence[str]) -> tuple[Finding, ...]:
        return self._here.window(texts)

    def warm_up(self) -> None:
        """Works once here and once apart, so that nobody waits for the first time.

        Raises RuntimeError, and leaves no process behind, where that can't be done.
        """
        self._here.warm()
        for engine in (self._here, self._apart):
            if engine.scan([_SAMPLE]).undecided:
                self.close()
                raise RuntimeError("the engine does not work")

    def close(self) -> None:
        """Ends the process of the one apart, even while it is at work."""
        self._apart.close()


def main() -> None:
    """Scans what it is told to until its input ends."""
    be_polite()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    heard, said = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed is no answer

    engine = Engine(pickle.load(heard), patience=UNHURRIED)  # noqa: S301 - from our own parent
    while True:
        try:
            part = pickle.load(heard)  # noqa: S301
        except EOFError:
            return
        pickle.dump(engine.scan([part]), said)
        said.flush()


if __name__ == "__main__":
    main()
