"""The chats that the bot was told of, and how it treats all others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.model import Audience, Chat, ChatRef, Mode, Person


def _alone(_: ChatRef) -> ChatRef | None:
    return None


def _no_wish(_: str, __: str) -> str | None:
    return None


def _as_configured(_: ChatRef) -> Mode | None:
    return None


@dataclass(frozen=True, slots=True)
class Chats:
    """`unknown` is the mode for a chat that nobody told of, and `language` what is spoken there.

    `parent` finds the chat that a thread is in, `mode` what moderators set since, and `wish` the language
    that somebody on a platform chose for himself.
    """

    known: Mapping[ChatRef, Chat]
    unknown: Mode
    parent: Callable[[ChatRef], ChatRef | None] = _alone
    mode: Callable[[ChatRef], Mode | None] = _as_configured
    wish: Callable[[str, str], str | None] = _no_wish
    language: str = "en"

    def of(self, ref: ChatRef) -> Chat:
        """The chat; a thread that nobody told of is treated as the chat that it is part of.

        One that nobody told of at all is taken to be readable by anyone.
        """
        known = self._known(ref)
        if known is None:
            return Chat(ref, ref.id, self.unknown, Audience(), language=self.language)
        mode = self.mode(known.ref)
        return replace(known, ref=ref, mode=mode or known.mode)

    def language_of(self, ref: ChatRef, person: Person) -> str:
        """What somebody is addressed in about a chat."""
        return self.wish(ref.platform, person.id) or self.of(ref).language

    def is_known(self, ref: ChatRef) -> bool:
        return self._known(ref) is not None

    def home(self, ref: ChatRef) -> ChatRef:
        """The chat that the configuration names: for a thread the one that it is part of."""
        known = self._known(ref)
        return known.ref if known else ref

    def looked_after_in(self, moderators: ChatRef) -> tuple[Chat, ...]:
        """The chats whose moderators, or those above them, meet in a chat."""
        return tuple(
            self.of(chat.ref)
            for chat in self.known.values()
            if chat.moderators and any(one.chat == moderators for one in chat.moderators.chain)
        )

    def _known(self, ref: ChatRef) -> Chat | None:
        if ref in self.known:
            return self.known[ref]
        parent = self.parent(ref)
        return self.known.get(parent) if parent else None
