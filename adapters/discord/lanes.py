"""One lane a channel: what happens there is dealt with in order, and no channel waits for another."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Job = Callable[[], Awaitable[None]]


class Lanes:
    """Made inside a running loop. Once a job fails, its lane stands still and `broken` raises why."""

    def __init__(self) -> None:
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting: dict[int, deque[Job]] = {}
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, channel: int, job: Job) -> None:
        if self._closed:
            return
        if channel in self._waiting:
            self._waiting[channel].append(job)
            return
        self._waiting[channel] = deque([job])
        task = asyncio.create_task(self._work(channel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def fail(self, error: Exception) -> None:
        """Something that must not be lost could not be kept: the whole has to start again."""
        if not self.broken.done():
            self.broken.set_exception(error)

    async def close(self) -> None:
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.broken.cancel()

    async def _work(self, channel: int) -> None:
        waiting = self._waiting[channel]
        try:
            while waiting:
                await waiting.popleft()()
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever waits for `broken` is told
            self.fail(error)
            return
        del self._waiting[channel]
