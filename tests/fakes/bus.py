"""The `Bus` port, remembering what was published; its readers are told of everything at once."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager


class FakeBus:
    def __init__(self) -> None:
        self.published: list[str] = []

    def publish(self, topic: str) -> None:
        self.published.append(topic)

    @contextmanager
    def subscribe(self, *topics: str) -> Iterator[AsyncIterator[str]]:
        async def news() -> AsyncIterator[str]:
            for topic in self.published:
                if topic in topics:
                    yield topic

        yield news()
