"""The chats that the bot was told of, and how it treats all others."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model import Audience, Chat, ChatRef, Mode


@dataclass(frozen=True, slots=True)
class Chats:
    """`unknown` is the mode for a chat that nobody told of."""

    known: Mapping[ChatRef, Chat]
    unknown: Mode

    def of(self, ref: ChatRef) -> Chat:
        """The chat; one that nobody told of is taken to be readable by anyone."""
        return self.known.get(ref) or Chat(ref, ref.id, self.unknown, Audience())
