"""What a platform is asked to show, in words that are ready: to an author, to moderators, to a chat."""

from dataclasses import dataclass

from bot.model.chats import ChatRef, MessageRef, Person
from bot.model.events import Attachment
from bot.model.scales import CardChoice, Choice, CommandName, Severity


@dataclass(frozen=True, slots=True)
class Notice:
    """What an author is told in private; nothing of his message is repeated.

    It takes the place of the notice that he had before about the same message. Without `choices` there is
    nothing more to answer.
    """

    key: str
    ref: MessageRef
    author: Person
    title: str
    body: str
    provision: str
    choices: tuple[tuple[Choice, str], ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Card:
    """A case as its moderators' chat shows it now: one card a case, brought up to date in place.

    `revision` grows with the case: one that is lower than what is shown is out of date. `news`, where there
    are any, is what moderators should notice even if they saw the card before; an answer to the card tells
    them. `ref` is the message that the case is about, None where it is about none. `link` leads to the case
    in the console. Without `choices` there is nothing more to press.
    """

    key: str
    moderators: ChatRef
    case: int
    ref: MessageRef | None
    revision: int
    severity: Severity
    title: str
    body: str
    link: str
    news: str = ""
    choices: tuple[tuple[CardChoice, str], ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Posting:
    """A message that is posted again in its author's name, `note` below it. Never kept outside of a seal.

    Each of the `attachments` has its content; where there are some, `text` may be empty.
    """

    key: str
    ref: MessageRef
    author: Person
    text: str
    note: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the bot says to a whole chat; it names no content."""

    key: str
    chat: ChatRef
    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Option:
    """A button under a reply that stands for a further command. `arguments` has at most 40 characters."""

    label: str
    command: CommandName
    arguments: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person who gave a command, or pressed a button, is told: he alone, where it is private.

    `notices` are shown below it, each with its buttons. Without words there is nothing to say.
    """

    text: str
    language: str = "en"
    is_private: bool = True
    notices: tuple[Notice, ...] = ()
    options: tuple[Option, ...] = ()
