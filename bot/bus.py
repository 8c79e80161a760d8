"""The `Bus` port inside one process. For use on one event loop."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager


class MemoryBus:
    def __init__(self) -> None:
        self._readers: set[_Reader] = set()

    def publish(self, topic: str) -> None:
        for reader in self._readers:
            reader.tell(topic)

    @contextmanager
    def subscribe(self, *topics: str) -> Iterator[AsyncIterator[str]]:
        reader = _Reader(frozenset(topics))
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)


class _Reader(AsyncIterator[str]):
    def __init__(self, topics: frozenset[str]) -> None:
        self._topics = topics
        self._pending: dict[str, None] = {}
        self._told = asyncio.Event()

    def tell(self, topic: str) -> None:
        if topic in self._topics:
            self._pending[topic] = None
            self._told.set()

    async def __anext__(self) -> str:
        while not self._pending:
            self._told.clear()
            await self._told.wait()
        topic = next(iter(self._pending))
        del self._pending[topic]
        return topic
