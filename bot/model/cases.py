"""What is decided about a message, and the case that a person looks at."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.chats import MessageRef, Person
from bot.model.scales import Action, Level, Outcome, Severity, Status
from detectors.finding import AttributeValue, Box


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
    """A finding that may be shown: `masked` has a dot for each letter and digit of what was found.

    `region` is where it stands on its page, if it was read off an image.
    """

    entity: str
    part: str
    start: int
    end: int
    score: float
    recognizer: str
    masked: str
    attributes: tuple[tuple[str, AttributeValue], ...] = ()
    region: Box | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What lists and pages may show of a message: an excerpt and findings, both masked.

    `known` are the files that were in an earlier case, with its number.
    """

    excerpt: str = ""
    findings: tuple[MaskedFinding, ...] = ()
    undecided: tuple[tuple[str, str], ...] = ()
    known: tuple[tuple[str, int], ...] = ()


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

    tier: int = 0
    """How often moderators passed it up."""


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One line of a case's timeline, in words that name no content."""

    at: datetime
    actor: str
    what: str
