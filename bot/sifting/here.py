"""A task done in this process: for what is quickly done, nobody waits for another one to start."""

import selectors
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from time import monotonic
from typing import Generic, TypeVar

from bot.sifting.tasks import Task

J = TypeVar("J")
A = TypeVar("A")


class Here(Generic[J, A]):
    """Satisfies `Hands`. A turn takes some `patience` seconds, and one job at least."""

    def __init__(self, task: Task[J, A], patience: float) -> None:
        self._task = task
        self._patience = patience
        self._do: Callable[[J], A] | None = None
        self._jobs: deque[Callable[[], A]] = deque()
        self._answers: deque[A] = deque()

    @property
    def pending(self) -> int:
        return len(self._jobs) + len(self._answers)

    def give(self, jobs: Iterable[tuple[int | None, J]]) -> None:
        self._jobs.extend(partial(self._done, job) for _, job in jobs)

    def answer(self, answer: A) -> None:
        self._jobs.append(lambda: answer)

    def turn(self, incoming: int | None) -> bool:
        end = monotonic() + self._patience
        while self._jobs:
            self._answers.append(self._jobs.popleft()())
            if monotonic() >= end:
                break
        return incoming is not None and is_ready(incoming, 0 if self.pending else None)

    def answers(self) -> Iterator[A]:
        while self._answers:
            yield self._answers.popleft()

    def _done(self, job: J) -> A:
        if self._do is None:
            self._do = self._task.begin()
        return self._do(job)


def is_ready(incoming: int, timeout: float | None) -> bool:
    """Whether there is something to read, within so many seconds, or whenever that is. Its end counts."""
    # The one selector that takes files as well as pipes.
    with selectors.PollSelector() as selector:
        selector.register(incoming, selectors.EVENT_READ)
        return bool(selector.select(timeout))
