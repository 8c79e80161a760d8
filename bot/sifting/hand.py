"""One process that does a task for another one: `python -m bot.sifting.worker`.

It hears pickles on its standard input, the task first, then batch after batch of jobs; and says pickles on
its standard output, each with its length before it: some answers. It ends when nobody is left to talk to it.
"""

import os
import pickle
import selectors
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Generic, TypeVar

from bot.sifting.tasks import Task

J = TypeVar("J")
A = TypeVar("A")

LENGTH = struct.Struct("!Q")

_COMMAND = (sys.executable, "-P", "-s", "-m", "bot.sifting.worker")
_HOUSE = str(Path(__file__).parents[2])
_AT_HAND = 2
"""Batches that a process has at a time: one that it works on, and one so that it need not wait for more."""

_MOST_DEATHS = 3
"""One after another, without an answer between them: then no process is started any more."""

_READ_AT_ONCE = 1 << 18
_PATIENCE = 1.0
"""Seconds that a process has to end when it is told to."""


class Hand(Generic[J, A]):
    """A process that is started when it is needed, and anew where it ended over a job.

    The batch that it was working on is answered as lost then.
    """

    def __init__(self, task: Task[J, A], hello: bytes, batch: int) -> None:
        """`hello` is the task, pickled; `batch` how many jobs are sent together."""
        self.answers: deque[A] = deque()
        self._task = task
        self._hello = hello
        self._batch = batch
        self._waiting: deque[deque[J]] = deque()
        self._at_hand: deque[deque[J]] = deque()
        self._unsaid = bytearray()
        self._heard = bytearray()
        self._process: subprocess.Popen[bytes] | None = None
        self._deaths = 0

    @property
    def load(self) -> int:
        """Jobs that it has not answered."""
        return sum(map(len, self._at_hand)) + sum(map(len, self._waiting))

    def give(self, jobs: Sequence[J]) -> None:
        starts = range(0, len(jobs), self._batch)
        self._waiting.extend(deque(jobs[start : start + self._batch]) for start in starts)
        self._go_on()

    def register(self, selector: selectors.BaseSelector) -> None:
        """Tells the selector what there is to wait for, with the method that is to be called then."""
        if self._process is None or not self.load:
            return
        selector.register(_pipe(self._process.stdout), selectors.EVENT_READ, self._hear)
        if self._unsaid:
            selector.register(_pipe(self._process.stdin), selectors.EVENT_WRITE, self._say)

    def end(self) -> None:
        """Ends the process, even while it is at work."""
        process, self._process = self._process, None
        if process is None:
            return
        if self.load:
            process.terminate()  # it ends what it has started, too
        else:
            process.kill()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                _pipe(pipe).close()

    def _go_on(self) -> None:
        while self._waiting and len(self._at_hand) < _AT_HAND:
            batch = self._waiting.popleft()
            if self._process is None and not self._start():
                self._lose(batch)
                continue
            self._at_hand.append(batch)
            self._unsaid += pickle.dumps(tuple(batch), pickle.HIGHEST_PROTOCOL)

    def _start(self) -> bool:
        if self._deaths >= _MOST_DEATHS:
            return False
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": _HOUSE},
                start_new_session=True,
            )
        except OSError:
            # The system has no process or no memory to give.
            self._deaths += 1
            return False
        for pipe in (self._process.stdin, self._process.stdout):
            os.set_blocking(_pipe(pipe).fileno(), False)
        self._heard.clear()
        self._unsaid[:] = self._hello
        return True

    def _say(self) -> None:
        assert self._process  # noqa: S101 - it is waited for only while it runs
        try:
            said = os.write(_pipe(self._process.stdin).fileno(), memoryview(self._unsaid)[:_READ_AT_ONCE])
        except BlockingIOError:
            return
        except OSError:
            # It is gone; what it said before that is still to be heard.
            self._unsaid.clear()
            return
        del self._unsaid[:said]

    def _hear(self) -> None:
        assert self._process  # noqa: S101 - it is waited for only while it runs
        try:
            heard = os.read(_pipe(self._process.stdout).fileno(), _READ_AT_ONCE)
        except BlockingIOError:
            return
        if not heard:
            self._bury()
            return
        self._heard += heard
        while len(self._heard) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._heard)
            if len(self._heard) < LENGTH.size + length:
                break
            answers = pickle.loads(memoryview(self._heard)[LENGTH.size :][:length])  # noqa: S301 - from our own code
            del self._heard[: LENGTH.size + length]
            self._take(answers)
            self._deaths = 0
        self._go_on()

    def _take(self, answers: Sequence[A]) -> None:
        """Answers are of one batch, the first one at hand."""
        self.answers.extend(answers)
        for _ in answers:
            self._at_hand[0].popleft()
        if not self._at_hand[0]:
            self._at_hand.popleft()

    def _bury(self) -> None:
        self.end()
        self._deaths += 1
        if self._at_hand:
            self._lose(self._at_hand.popleft())
        self._waiting.extendleft(reversed(self._at_hand))
        self._at_hand.clear()
        self._go_on()

    def _lose(self, jobs: Sequence[J]) -> None:
        self.answers.extend(map(self._task.lost, jobs))


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe  # noqa: S101 - it was asked for
    return pipe
