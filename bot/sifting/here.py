"""A task done in this process: for what is quickly done, nobody waits for another one to start."""

import selectors
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import Generic, TypeVar

from bot.sifting.tasks import Hands, Task

J = TypeVar("J")
A = TypeVar("A")


class Here(Generic[J, A]):
    """Satisfies `Hands`. A turn takes some `patience` seconds, and one job at least.

    `busy` is for how many seconds it has worked without having come to an end of its jobs.
    """

    def __init__(self, task: Task[J, A], patience: float) -> None:
        self.busy = 0.0
        self._task = task
        self._patience = patience
        self._do: Callable[[J], A] | None = None
        self._jobs: deque[tuple[int | None, J]] = deque()
        self._answers: deque[A] = deque()

    @property
    def pending(self) -> int:
        return len(self._jobs) + len(self._answers)

    def give(self, jobs: Iterable[tuple[int | None, J]]) -> None:
        self._jobs.extend(jobs)

    def turn(self, incoming: int | None) -> bool:
        if self._jobs:
            self._work(self._do or self._task.begin())
        return incoming is not None and is_ready(incoming, 0 if self.pending else None)

    def answers(self) -> Iterator[A]:
        while self._answers:
            yield self._answers.popleft()

    def hand_over(self, hands: Hands[J, A]) -> None:
        """Gives others all that is left to do."""
        hands.give(self._jobs)
        self._jobs.clear()

    def _work(self, do: Callable[[J], A]) -> None:
        self._do, begun, taken = do, monotonic(), 0.0
        while self._jobs and taken <= self._patience:
            self._answers.append(do(self._jobs.popleft()[1]))
            taken = monotonic() - begun
        self.busy = self.busy + taken if self._jobs else 0.0


def is_ready(incoming: int, timeout: float | None) -> bool:
    """Whether there is something to read, within so many seconds, or whenever that is. Its end counts."""
    # The one selector that takes files as well as pipes.
    with selectors.PollSelector() as selector:
        selector.register(incoming, selectors.EVENT_READ)
        return bool(selector.select(timeout))
