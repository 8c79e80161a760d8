"""A task done by several processes at once."""

import pickle
import selectors
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Generic, Self, TypeVar

from bot.sifting.hand import Hand
from bot.sifting.tasks import Task

J = TypeVar("J")
A = TypeVar("A")


class Crew(Generic[J, A]):
    """Satisfies `Hands`. A process that ends before its time costs what it had at hand, and is replaced."""

    def __init__(self, task: Task[J, A], count: int, batch: int) -> None:
        """`count` is how many processes there are; `batch` how many jobs one of them is sent together."""
        hello = pickle.dumps(task)
        self._hands = [Hand(task, hello, batch) for _ in range(count)]
        self._order: deque[deque[A]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.end()

    @property
    def pending(self) -> int:
        return len(self._order)

    def give(self, jobs: Iterable[tuple[int | None, J]]) -> None:
        given: dict[int, list[J]] = {number: [] for number in range(len(self._hands))}
        for place, job in jobs:
            if place is None:
                number = min(given, key=lambda one: self._hands[one].load + len(given[one]))
            else:
                number = place % len(self._hands)
            given[number].append(job)
            self._order.append(self._hands[number].answers)
        for number, own in given.items():
            self._hands[number].give(own)

    def turn(self, incoming: int | None) -> bool:
        if self._order and self._order[0]:
            return False  # there is news already
        with selectors.PollSelector() as selector:
            for hand in self._hands:
                hand.register(selector)
            if incoming is not None:
                selector.register(incoming, selectors.EVENT_READ)
            if not selector.get_map():
                return False
            is_ready = False
            for key, _ in selector.select():
                if key.data is None:
                    is_ready = True
                else:
                    key.data()
            return is_ready

    def answers(self) -> Iterator[A]:
        while self._order and self._order[0]:
            yield self._order.popleft().popleft()
