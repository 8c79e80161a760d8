"""An inbox that only remembers."""

import asyncio

from bot.model import Event


class FakeInbox:
    """Satisfies `bot.ports.Inbox`. `fail_at` raises there; `open` can keep it waiting."""

    def __init__(self, fail_at: int | None = None) -> None:
        self.events: list[Event] = []
        self.open = asyncio.Event()
        self.open.set()
        self._fail_at = fail_at
        self._arrival = asyncio.Condition()

    async def put(self, event: Event) -> bool:
        await self.open.wait()
        if len(self.events) == self._fail_at:
            raise OSError("the disk is full")
        new = event not in self.events
        self.events.append(event)
        async with self._arrival:
            self._arrival.notify_all()
        return new

    async def has(self, count: int) -> list[Event]:
        """Waits until so many events came."""
        async with self._arrival:
            await self._arrival.wait_for(lambda: len(self.events) >= count)
        return self.events
