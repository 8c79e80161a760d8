"""The facts that the whole product speaks of. Frozen; no I/O; no clock."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from detectors.finding import AttributeValue


class _Scale(StrEnum):
    """Words in rising order: compared by their place, written as words."""

    @property
    def rank(self) -> int:
        return list(type(self)).index(self)

    @property
    def word(self) -> str:
        return self.value

    def __lt__(self, other: str) -> bool:
        return self.rank < type(self)(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= type(self)(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > type(self)(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= type(self)(other).rank

    def raised(self, steps: int) -> Self:
        """The word `steps` further up, at most the highest."""
        scale = list(type(self))
        return scale[min(self.rank + steps, len(scale) - 1)]


class Level(_Scale):
    """One scale for the labels of all schemes; `rank` is the number that findings carry."""

    UNMARKED = "unmarked"
    RESTRICTED = "restricted"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105 - a level
    TOP_SECRET = "top-secret"  # noqa: S105 - a level


class Severity(_Scale):
    """How much a decision matters; what follows from each is policy."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Action(StrEnum):
    RECORD = "record"
    WARN = "warn"
    REDACT = "redact"
    HOLD = "hold"
    REMOVE = "remove"
    ESCALATE = "escalate"


class Mode(StrEnum):
    """What the bot may do in a chat: only look, warn authors, or act in full."""

    OBSERVE = "observe"
    COACH = "coach"
    ENFORCE = "enforce"


class Status(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Outcome(StrEnum):
    LEAK = "leak"
    CORRECTED = "corrected"
    AUTHORISED = "authorised"
    PUBLIC = "public"
    FALSE_ALARM = "false_alarm"


class Choice(StrEnum):
    """What an author may answer to a warning."""

    REMOVE = "remove"
    AUTHORISED = "authorised"
    DISPUTE = "dispute"


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


Event = Message | Deletion | Answer


@dataclass(frozen=True, slots=True)
class Audience:
    """Who can read a chat. The default is the least favourable one: anybody."""

    ceiling: Level = Level.UNMARKED
    departments: frozenset[str] = frozenset()
    guests: bool = True
    public: bool = True


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat that the bot was told of. `moderators` is where its cases are announced."""

    ref: ChatRef
    name: str
    mode: Mode
    audience: Audience
    moderators: ChatRef | None = None


@dataclass(frozen=True, slots=True)
class Authorisation:
    """A written permission. `chat` None means every chat; `until` None means no end."""

    person: Person
    platform: str
    letter: str
    by: str
    level: Level
    valid_from: datetime
    chat: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """When the author was warned in this chat before, overturned decisions left out."""

    warned_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a message means. `actions` is what the severity calls for, before the chat's mode limits it."""

    severity: Severity = Severity.NONE
    actions: tuple[Action, ...] = ()
    rule: str = ""
    provision: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class MaskedFinding:
    """A finding that may be shown: `masked` has a dot for each letter and digit of what was found."""

    entity: str
    part: str
    start: int
    end: int
    score: float
    recognizer: str
    masked: str
    attributes: tuple[tuple[str, AttributeValue], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What lists and pages may show of a message: an excerpt and findings, both masked."""

    excerpt: str = ""
    findings: tuple[MaskedFinding, ...] = ()
    undecided: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Something that a person must see. `number` is what people call it by."""

    number: int
    ref: MessageRef
    chat_name: str
    author: Person
    severity: Severity
    status: Status
    rule: str
    provision: str
    why: str
    evidence: Evidence
    opened_at: datetime
    updated_at: datetime
    outcome: Outcome | None = None
    owner: str = ""
    claim: str = ""
    """What its author said last, in words for the timeline."""


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One line of a case's timeline, in words that name no content."""

    at: datetime
    actor: str
    what: str


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


@dataclass(frozen=True, slots=True)
class Card:
    """What moderators are shown of a case in their own chat. `link` leads to it in the console."""

    key: str
    moderators: ChatRef
    case: int
    severity: Severity
    title: str
    body: str
    link: str


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One thing to do, kept until it is done. `key` is the same for the same thing, so nothing is done twice.

    `live` False asks for the simulated twin: everything is recorded as if, and nobody notices. `by` is
    who wanted it: `policy`, `author`, or a moderator's name; `revision` the one that it is about.
    """

    key: str
    action: Action
    ref: MessageRef
    live: bool
    revision: int = 0
    by: str = "policy"
    case: int | None = None
    notice: Notice | None = None
    card: Card | None = None
