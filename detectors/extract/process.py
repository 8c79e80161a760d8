"""Reads a file in a process of its own, and says what became of it."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from threading import BoundedSemaphore, Timer
from typing import IO, Any

import detectors
from detectors.extract import reasons
from detectors.extract.extracted import Extracted
from detectors.extract.kinds import Kind
from detectors.extract.limits import Limits
from detectors.finding import Box, Line, Part, Picture, Place, Span, Undecided

_AT_ONCE = BoundedSemaphore(max(2, os.cpu_count() or 2))
"""No more processes than this read at the same time; whoever comes later waits."""

_COMMAND = (sys.executable, "-B", "-s", "-m", "detectors.extract.worker")
_HOUSE = str(Path(detectors.__file__).parents[1])
_SURROUNDINGS = {
    "PYTHONPATH": _HOUSE,
    "LANG": "C.UTF-8",
    # One thread each: the bot needs the other cores, and every thread takes address space.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    **{name: os.environ[name] for name in ("TESSDATA_PREFIX",) if name in os.environ},
}
_LONGEST_ESCAPE = 12
"""Bytes that a character takes at most as JSON writes it in ASCII."""

_MOST_LINES = 100_000
_PATIENCE = 0.5
"""Seconds that a process has to be gone after its last word."""


_AT_WORK: set[subprocess.Popen[bytes]] = set()


def stop_reading() -> None:
    """Ends whatever is being read, where nobody waits for it any more."""
    for process in tuple(_AT_WORK):
        process.kill()


def read_apart(content: bytes, label: str, limits: Limits) -> Extracted:
    """What can be read of a file, and what can't, as a process of its own tells it."""
    try:
        with _AT_ONCE, tempfile.TemporaryDirectory(prefix="raazdar-") as folder:
            return _read_in(folder, content, label, limits)
    except OSError:
        # The system has no process, no memory or no folder to give.
        return Extracted(undecided=(Undecided(label, reasons.NOT_STARTED),))


def _read_in(folder: str, content: bytes, label: str, limits: Limits) -> Extracted:
    process = subprocess.Popen(  # noqa: S603 - our own command
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_SURROUNDINGS,
        start_new_session=True,
    )
    clock = _Clock(process)
    _AT_WORK.add(process)
    try:
        clock.give(limits.seconds)
        return _Told(label, limits, clock).by(process, content)
    finally:
        clock.stop()
        process.kill()
        process.wait()
        _AT_WORK.discard(process)
        for pipe in (process.stdin, process.stdout):
            _close(pipe)


class _Clock:
    """Ends a process when its time is over."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.is_over = False
        self._process = process
        self._timer: Timer | None = None

    def give(self, seconds: float) -> None:
        """So much time from now on."""
        self.stop()
        self._timer = Timer(seconds, self._end)
        self._timer.start()

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _end(self) -> None:
        self.is_over = True
        self._process.kill()


class _Told:
    """What a process tells of one file. It read what a stranger wrote, so what it says is bounded, too."""

    def __init__(self, label: str, limits: Limits, clock: _Clock) -> None:
        self._label = label
        self._limits = limits
        self._clock = clock
        self._at, self._kind = label, "this kind"
        self._parts: list[Part] = []
        self._undecided: list[Undecided] = []
        self._pictures: list[Picture] = []
        self._has_images = self._has_ended = False

    def by(self, process: subprocess.Popen[bytes], content: bytes) -> Extracted:
        self._order(process, content)
        try:
            for line in self._lines(process):
                self._hear(line)
        except (ValueError, KeyError, TypeError):
            process.terminate()  # this is not what it says when it is in its right mind
        if not self._has_ended:
            self._undecided.append(Undecided(self._at, self._why(process)))
        return Extracted(tuple(self._parts), tuple(self._undecided), tuple(self._pictures))

    def _order(self, process: subprocess.Popen[bytes], content: bytes) -> None:
        order = {"label": self._label, "size": len(content), "limits": asdict(self._limits)}
        assert process.stdin  # noqa: S101 - it is a pipe
        try:
            process.stdin.write(json.dumps(order).encode("ascii") + b"\n")
            process.stdin.write(content)
            process.stdin.close()
        except OSError:
            # It has ended before it read everything; what it said until then tells why.
            return

    def _lines(self, process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
        assert process.stdout  # noqa: S101 - it is a pipe
        left = self._limits.characters * _LONGEST_ESCAPE
        for _ in range(_MOST_LINES):
            line = process.stdout.readline(left)
            left -= len(line)
            if not line.endswith(b"\n"):
                return
            yield json.loads(line)

    def _hear(self, line: dict[str, Any]) -> None:
        if "end" in line:
            self._has_ended = True
        elif "begin" in line:
            self._at, self._kind = str(line["begin"]), str(line["kind"])
            if self._kind == Kind.IMAGE.value and not self._has_images:
                self._has_images = True
                self._clock.give(self._limits.seconds + self._limits.image_seconds)
        elif "reason" in line:
            self._undecided.append(Undecided(str(line["part"]), str(line["reason"])))
        elif "prints" in line:
            self._pictures.append(Picture(str(line["part"]), tuple(map(str, line["prints"]))))
        else:
            self._parts.append(_part(line))

    def _why(self, process: subprocess.Popen[bytes]) -> str:
        """Why it has ended before its end."""
        try:
            status = -process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            return reasons.TOO_LARGE  # it would go on telling
        if self._clock.is_over or status == signal.SIGXCPU:
            return reasons.TIMED_OUT
        # Nobody else kills it but a system that runs out of memory.
        return reasons.TOO_MUCH_MEMORY if status == signal.SIGKILL else reasons.crashed(self._kind)


def _part(line: dict[str, Any]) -> Part:
    lines = tuple(
        Line(Span(start, end), Box(*map(_fraction, box))) for start, end, *box in line.get("lines", ())
    )
    return Part(str(line["part"]), str(line["text"]), place=Place(line["place"]), lines=lines)


def _fraction(told: float) -> float:
    """Whatever number it tells: none that is none, and none outside of the page."""
    return max(0.0, min(1.0, float(told)))


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe:
            pipe.close()
    except OSError:
        # Closing writes what is left, and nobody is there to read it.
        return
