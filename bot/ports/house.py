"""What the product needs of the machine that it runs on."""

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from typing import Protocol


class Sealer(Protocol):
    def seal(self, content: bytes, about: str) -> bytes:
        """Encrypts `content`, bound to what it is `about`."""

    def unseal(self, sealed: bytes, about: str) -> bytes:
        """The inverse. Raises SealError where the key is another one or anything was changed."""

    def fingerprint(self, content: bytes) -> str:
        """Names content: the same name for the same content, which nobody can test without the key.

        May take a while for much content; may be called off the event loop.
        """


class Bus(Protocol):
    """Tells parts of the program, and open pages, that something has changed. Carries no content."""

    def publish(self, topic: str) -> None: ...

    def subscribe(self, *topics: str) -> AbstractContextManager[AsyncIterator[str]]:
        """While the context is open, yields the name of each topic that something was published on.

        Publications made before the reader comes to them are merged, never lost.
        """
