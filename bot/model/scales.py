"""The scales and the closed sets of words that the product speaks in."""

from enum import StrEnum
from typing import Self


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
    """What may be done about a message, as a policy calls for it; the last two follow from a person's act.

    `case` opens a case for moderators to find; `escalate` opens one and shows it to them. `redact` removes a
    message and posts it again with what was found masked; `hold` removes it until moderators say what it is;
    `release` posts a held message again; `announce` says something in a chat.
    """

    RECORD = "record"
    CASE = "case"
    WARN = "warn"
    REDACT = "redact"
    HOLD = "hold"
    REMOVE = "remove"
    ESCALATE = "escalate"
    RELEASE = "release"
    ANNOUNCE = "announce"


class Mode(StrEnum):
    """What the bot may do in a chat: only look, warn authors, or act in full."""

    OBSERVE = "observe"
    COACH = "coach"
    ENFORCE = "enforce"


class Unread(StrEnum):
    """What is done about a part that could not be looked at, however little else is wrong with its message.

    It is recorded, or a case is opened that moderators find among the others, or they are shown its card.
    """

    RECORD = "record"
    CASE = "case"
    CARD = "card"


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


class CardChoice(StrEnum):
    """What a moderator may press under a case's card."""

    ACKNOWLEDGE = "acknowledge"
    REMOVE = "remove"
    LEAK = "leak"
    FALSE_ALARM = "false_alarm"
    AUTHORISED = "authorised"
    PASS_UP = "pass_up"  # noqa: S105 - a button


class CommandName(StrEnum):
    """What people may ask of the bot by a slash command; the last three are for moderators."""

    CHECK = "check"
    REPORT = "report"
    MYCASES = "mycases"
    PRIVACY = "privacy"
    LANGUAGE = "language"
    HELP = "help"
    CASES = "cases"
    MODE = "mode"
    STATUS = "status"

    @property
    def is_for_moderators(self) -> bool:
        return self in {CommandName.CASES, CommandName.MODE, CommandName.STATUS}


class CheckState(StrEnum):
    """How a check of `raazdar doctor` came out."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"
