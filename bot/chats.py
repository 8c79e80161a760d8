"""The chats that the bot was told of, and how it treats all others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.model import Audience, Chat, ChatRef, Mode


def _alone(_: ChatRef) -> ChatRef | None:
    return None


@dataclass(frozen=True, slots=True)
class Chats:
    """`unknown` is the mode for a chat that nobody told of; `parent` finds the chat that a thread is in."""

    known: Mapping[ChatRef, Chat]
    unknown: Mode
    parent: Callable[[ChatRef], ChatRef | None] = _alone

    def of(self, ref: ChatRef) -> Chat:
        """The chat; a thread that nobody told of is treated as the chat that it is part of.

        One that nobody told of at all is taken to be readable by anyone.
        """
        if ref in self.known:
            return self.known[ref]
        parent = self.parent(ref)
        around = self.known.get(parent) if parent else None
        return replace(around, ref=ref) if around else Chat(ref, ref.id, self.unknown, Audience())
