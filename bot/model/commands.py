"""What people ask of the bot by name."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.chats import ChatRef, Person
from bot.model.events import Attachment, Message
from bot.model.scales import CommandName


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, or a button that stands for one.

    `id` is the platform's own, the same if it is told again. `chat` is where it was given, and `is_member`
    whether the platform says that the person belongs there; `is_private` whether only he and the bot read
    it. `message` is the one that the command points to, with as much of it as the platform hands along.
    """

    id: str
    name: CommandName
    chat: ChatRef
    at: datetime
    by: Person
    arguments: str = ""
    attachments: tuple[Attachment, ...] = ()
    message: Message | None = None
    is_private: bool = False
    is_member: bool = True
