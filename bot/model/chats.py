"""Chats, the people in them, and who can read along."""

from dataclasses import dataclass

from bot.model.scales import Action, Level, Mode, Unread


@dataclass(frozen=True, slots=True)
class ChatRef:
    """Names one chat on one platform."""

    platform: str
    id: str


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Names one message, whatever its revision."""

    platform: str
    chat: str
    id: str

    @property
    def chat_ref(self) -> ChatRef:
        return ChatRef(self.platform, self.chat)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a platform knows him. `name` is for display and may be empty."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who can read a chat. The default is the least favourable one: anybody."""

    ceiling: Level = Level.UNMARKED
    departments: frozenset[str] = frozenset()
    guests: bool = True
    public: bool = True


@dataclass(frozen=True, slots=True)
class Moderators:
    """Those who look after a chat's cases, in a chat of their own.

    Where `people` is empty, everybody who belongs to that chat is one. `above` is whom they may pass a case
    up to.
    """

    chat: ChatRef
    people: frozenset[str] = frozenset()
    above: "Moderators | None" = None

    def include(self, person: Person) -> bool:
        """Whether somebody who belongs to their chat is one of them."""
        return not self.people or person.id in self.people

    @property
    def chain(self) -> "tuple[Moderators, ...]":
        """These, then those above them."""
        return (self, *(self.above.chain if self.above else ()))


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat that the bot was told of. `language` is what the bot speaks there.

    `critical` is what is done about a message of critical severity: remove, redact or hold. Where
    `redacts_personal`, a message that is warned of for personal data alone is redacted too. `unread` is what
    is done about a part that could not be looked at; None leaves it to the mode.
    """

    ref: ChatRef
    name: str
    mode: Mode
    audience: Audience
    moderators: Moderators | None = None
    language: str = "en"
    critical: Action = Action.REMOVE
    redacts_personal: bool = False
    unread: Unread | None = None

    @property
    def on_unread(self) -> Unread:
        return self.unread or (Unread.CASE if self.mode == Mode.ENFORCE else Unread.RECORD)
