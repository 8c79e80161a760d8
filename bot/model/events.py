"""What happens on a platform and must reach the inbox."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.chats import ChatRef, MessageRef, Person
from bot.model.scales import CardChoice, Choice, Mode


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file with a message. Where `content` is None, `missing` says why it was not brought along."""

    name: str
    media_type: str = ""
    content: bytes | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What a person posted. Each edit is a new `revision` of the same message, counted from 0.

    `sent_at` is None where nobody said when it was sent; otherwise it has a time zone. `quoted` is the text
    of the message that it replies to, where the platform hands it along.
    """

    ref: MessageRef
    author: Person
    text: str
    sent_at: datetime | None = None
    revision: int = 0
    attachments: tuple[Attachment, ...] = ()
    reply_to: str | None = None
    forwarded_from: str | None = None
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Deletion:
    """A message was deleted on its platform. `by` is empty where the platform does not tell."""

    ref: MessageRef
    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An author pressed a button of the warning about his message. `letter` is the number that he gave."""

    ref: MessageRef
    at: datetime
    by: Person
    choice: Choice
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody pressed a button of a case's card. `id` is the platform's own, the same if it is told again.

    `chat` is where the card was pressed; `is_member` whether the platform says that he belongs there.
    """

    id: str
    case: int
    chat: ChatRef
    at: datetime
    by: Person
    choice: CardChoice
    is_member: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """A member brought a message to the moderators. `provision` is empty as long as he named none.

    `message` is as much of the reported message as the platform handed along.
    """

    message: Message
    at: datetime
    by: Person
    provision: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ModeChange:
    """A moderator set how the bot treats a chat. `id` is that of his command."""

    id: str
    chat: ChatRef
    at: datetime
    by: Person
    mode: Mode


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot was added to a chat. `by` is None where the platform does not tell."""

    chat: ChatRef
    name: str
    at: datetime
    by: Person | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Messages that the bot knows it has not seen: those of a chat before the message `before`.

    `missing` is how many, at most; None where nobody knows.
    """

    chat: ChatRef
    at: datetime
    before: str
    why: str
    missing: int | None = None


Event = Message | Deletion | Answer | Press | Report | ModeChange | Joined | Gap
