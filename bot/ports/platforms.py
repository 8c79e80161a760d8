"""What the product needs of a chat platform, and what it gives to one."""

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from bot.model import (
    Announcement,
    Card,
    Chat,
    ChatRef,
    Check,
    Command,
    Deletion,
    Event,
    Message,
    MessageRef,
    Notice,
    Posting,
    Press,
    Reply,
)

ASGIApp = Callable[
    [
        MutableMapping[str, Any],
        Callable[[], Awaitable[MutableMapping[str, Any]]],
        Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ],
    Awaitable[None],
]


class Clock(Protocol):
    def now(self) -> datetime:
        """The time, with its zone, which is UTC."""


class Inbox(Protocol):
    async def put(self, event: Event) -> bool:
        """Returns once the event lies durably in the inbox; False if it was there before."""


class Desk(Protocol):
    """Where the product answers people at once. What follows from an answer lies in the inbox by then."""

    async def command(self, command: Command) -> Reply:
        """Does what somebody asked for by name. The same command again changes nothing more."""

    async def press(self, press: Press) -> Reply:
        """Takes a press on a card, or refuses it to whoever is no moderator."""


class Words(Protocol):
    """The catalogue of what the bot says."""

    def text(self, language: str, key: str, /, **values: str) -> str:
        """The words of that name, with `values` filled in; the English ones where a language lacks them."""


class Platform(Protocol):
    """A chat platform. Methods that act raise `PlatformUnavailable` or `PlatformRefused`, nothing else;
    `PlatformForbidden`, which is one of the latter, where the bot lacks a permission.

    Acting twice with the same key, or removing what is gone, does no harm.
    """

    name: str

    async def run(self, inbox: Inbox, desk: Desk) -> None:
        """Hands over everything that happens, until cancelled; first what happened while nobody ran."""

    async def warn(self, notice: Notice) -> bool:
        """Tells the author, and nobody else. False where he does not have it yet: a hint stands in the chat.

        Raises PlatformRefused where there is nobody who could read it, such as for a bot or a channel.
        """

    async def remove(self, ref: MessageRef) -> None:
        """Takes a message off the chat."""

    async def is_removed(self, ref: MessageRef) -> bool:
        """Looks whether a message is gone."""

    async def escalate(self, card: Card) -> None:
        """Shows a case to the moderators in their chat, or brings its card there up to date."""

    async def repost(self, posting: Posting) -> None:
        """Posts in its author's name what was removed before. What it posts is never handed to the inbox."""

    async def announce(self, announcement: Announcement) -> None:
        """Says something to a whole chat."""


@runtime_checkable
class WebPlatform(Protocol):
    """An optional extra: a platform that is itself a web application, served beside the console."""

    mount: str
    web: ASGIApp


@runtime_checkable
class Stage(Protocol):
    """An optional extra: a platform on which a rehearsed conversation can be played."""

    async def play(self, event: Message | Deletion) -> None:
        """Lets something happen as if its author had done it; the same message and revision twice is once."""


@runtime_checkable
class Threaded(Protocol):
    """An optional extra: a platform whose chats may have chats of their own inside, as threads."""

    def parent(self, chat: ChatRef) -> ChatRef | None:
        """The chat that this one is part of; None where it stands alone or is not known."""


@runtime_checkable
class Examinable(Protocol):
    """An optional extra: a platform that can say whether everything is set up as the bot needs it."""

    async def examine(self) -> Sequence[Check]:
        """Looks at the token, the rights in each chat, and so on, without `run` and without a trace."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an adapter is given besides its own settings. `language` is spoken where no chat says another."""

    clock: Clock
    chats: tuple[Chat, ...]
    words: Words
    language: str
    data: Path
    """A folder for what the adapter itself must keep."""


class Adapter(Protocol):
    """What an entry point of the group `raazdar.adapters` names; importing it must be cheap."""

    settings: type
    """A frozen dataclass: the keys that may stand under `platforms.<name>`."""

    def build(self, settings: Any, surroundings: Surroundings) -> Platform:
        """Makes the platform; nothing is contacted before `run`."""
