"""Things that must not be done twice at the same time."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_LONGEST = 8.0


class Once:
    """What is under way under a key is waited for, not begun again.

    It goes on though whoever asked for it gave up waiting: what was sent must also be written down.
    """

    def __init__(self) -> None:
        self._under_way: dict[str, asyncio.Task[Any]] = {}

    async def do(self, key: str, act: Callable[[], Coroutine[Any, Any, T]]) -> T:
        task: asyncio.Task[T] | None = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(act())
            self._under_way[key] = task
            task.add_done_callback(lambda done: self._finish(key, done))
        return await asyncio.shield(task)

    async def settled(self) -> None:
        """Waits, not for ever, until nothing is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=_LONGEST)

    def _finish(self, key: str, task: asyncio.Task[Any]) -> None:
        del self._under_way[key]
        if not task.cancelled():
            task.exception()  # who gave up waiting does not ask for it any more
