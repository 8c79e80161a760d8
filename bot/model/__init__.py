"""The facts that the whole product speaks of. Frozen; no I/O; no clock."""

from bot.model.cases import Authorisation, Case, CaseEvent, Decision, Evidence, History, MaskedFinding
from bot.model.chats import Audience, Chat, ChatRef, MessageRef, Moderators, Person
from bot.model.checks import Check
from bot.model.commands import Command
from bot.model.events import (
    Answer,
    Attachment,
    Deletion,
    Event,
    Gap,
    Joined,
    Message,
    ModeChange,
    Press,
    Report,
)
from bot.model.files import FileScan
from bot.model.planned import PlannedAction
from bot.model.scales import (
    Action,
    CardChoice,
    CheckState,
    Choice,
    CommandName,
    Level,
    Mode,
    Outcome,
    Severity,
    Status,
    Unread,
)
from bot.model.shown import Announcement, Card, Notice, Option, Posting, Reply

__all__ = [
    "Action",
    "Announcement",
    "Answer",
    "Attachment",
    "Audience",
    "Authorisation",
    "Card",
    "CardChoice",
    "Case",
    "CaseEvent",
    "Chat",
    "ChatRef",
    "Check",
    "CheckState",
    "Choice",
    "Command",
    "CommandName",
    "Decision",
    "Deletion",
    "Event",
    "Evidence",
    "FileScan",
    "Gap",
    "History",
    "Joined",
    "Level",
    "MaskedFinding",
    "Message",
    "MessageRef",
    "Mode",
    "ModeChange",
    "Moderators",
    "Notice",
    "Option",
    "Outcome",
    "Person",
    "PlannedAction",
    "Posting",
    "Press",
    "Reply",
    "Report",
    "Severity",
    "Status",
    "Unread",
]
