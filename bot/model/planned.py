"""What is to be done, kept until it is done."""

from dataclasses import dataclass

from bot.model.chats import MessageRef
from bot.model.scales import Action
from bot.model.shown import Announcement, Card, Notice


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
    announcement: Announcement | None = None

    @property
    def can_wait(self) -> bool:
        """Whether people's messages go first: an author is warned before moderators read of others' cases."""
        return self.action in {Action.ESCALATE, Action.ANNOUNCE}

    @property
    def platform(self) -> str:
        """The platform that has to do it: moderators may meet on another one than the message's."""
        if self.card:
            return self.card.moderators.platform
        return self.announcement.chat.platform if self.announcement else self.ref.platform
