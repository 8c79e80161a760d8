"""What the chat remembers, as frozen rows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model import CardChoice, Choice, Severity


class Gone(StrEnum):
    """Whether a message was taken off the room, and by whom."""

    NO = ""
    REMOVED = "removed"
    DELETED = "deleted"


class Origin(StrEnum):
    """Who put a message into the room: a person, or Raazdar in a person's name or in its own."""

    PERSON = ""
    REPOSTED = "reposted"
    ANNOUNCED = "announced"


class Kind(StrEnum):
    """What a happening or a change is about."""

    JOINED = "joined"

    MESSAGE = "message"
    DELETION = "deletion"
    ANSWER = "answer"
    NOTICE = "notice"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class FileRow:
    """An attachment without its content."""

    position: int
    name: str
    size: int
    missing: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as it stands now."""

    room: str
    id: str
    author: str
    author_name: str
    sent_at: datetime
    revision: int
    text: str
    edited_at: datetime | None = None
    gone: Gone = Gone.NO
    reply_to: str | None = None
    forwarded_from: str | None = None
    files: tuple[FileRow, ...] = ()
    number: int = 0
    """Its place among all messages, in the order of their coming."""

    origin: Origin = Origin.PERSON
    note: str = ""
    """What stands below a message that was posted again."""

    language: str = ""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A private warning under somebody's message, with the answer that he gave."""

    key: str
    room: str
    message: str
    author: str
    title: str
    body: str
    provision: str
    choices: tuple[tuple[Choice, str], ...]
    shown_at: datetime
    answer: Choice | None = None
    letter: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class NewsRow:
    """What happened to a case after its card was shown."""

    text: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CardRow:
    """A case as it stands in a moderators' room. `about` is the room and the message, where there is one."""

    number: int
    room: str
    case: int
    revision: int
    severity: Severity
    title: str
    body: str
    link: str
    shown_at: datetime
    language: str = "en"
    choices: tuple[tuple[CardChoice, str], ...] = ()
    about: tuple[str, str] | None = None
    news: tuple[NewsRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that people did and that must reach the inbox."""

    number: int
    kind: Kind
    room: str
    message: str
    at: datetime
    revision: int = 0
    person: str = ""
    person_name: str = ""
    choice: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that open pages must show anew. `reader` None means everybody in the room."""

    number: int
    kind: Kind
    subject: str
    reader: str | None = None
