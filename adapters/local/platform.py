"""The local chat as a `Platform`, with its extras: it is a web application, a stage, and can be examined."""

from collections.abc import Sequence

from adapters.local.examination import examine
from adapters.local.house import House
from adapters.local.translate import PLATFORM
from adapters.local.web import make_app
from bot.model import (
    Announcement,
    Card,
    ChatRef,
    Check,
    Deletion,
    Message,
    MessageRef,
    Notice,
    Posting,
)
from bot.ports import ASGIApp, Desk, Inbox, PlatformRefused


class LocalPlatform:
    """Satisfies `Platform`, `WebPlatform`, `Stage` and `Examinable`."""

    name = PLATFORM
    mount = "/chat"

    def __init__(self, house: House) -> None:
        self.house = house
        self.web: ASGIApp = make_app(house)

    async def run(self, inbox: Inbox, desk: Desk) -> None:
        """Hands over everything that happens, until cancelled; first what happened while nobody ran."""
        for room in self.house.directory:
            if room.writable:
                self.house.doors.open(room, self.house.clock.now())
        with self.house.reception.opened(desk):
            await self.house.courier.run(inbox)

    async def warn(self, notice: Notice) -> bool:
        """Shows a notice under the author's message, to him alone."""
        self.house.rooms.get(notice.ref)
        self.house.notices.show(notice, self.house.clock.now())
        return True

    async def remove(self, ref: MessageRef) -> None:
        """Takes a message off its room and erases it; a tombstone stays."""
        self.house.rooms.remove(ref)

    async def is_removed(self, ref: MessageRef) -> bool:
        """Whether a message is gone, whoever took it off."""
        return bool(self.house.rooms.get(ref).gone)

    async def escalate(self, card: Card) -> None:
        """Shows a case in a moderators' room, or brings its card there up to date."""
        self._room(card.moderators)
        self.house.cards.show(card, self.house.clock.now())

    async def repost(self, posting: Posting) -> None:
        """Posts in somebody's name; the page says that Raazdar did it."""
        self._room(posting.ref.chat_ref)
        self.house.rooms.repost(posting, self.house.clock.now())

    async def announce(self, announcement: Announcement) -> None:
        """Says something to a whole room."""
        self._room(announcement.chat)
        self.house.rooms.announce(announcement, self.house.clock.now())

    async def examine(self) -> Sequence[Check]:
        """Looks at the folder, the rooms, and who may moderate."""
        return examine(self.house)

    async def play(self, event: Message | Deletion) -> None:
        """Lets something happen as if its author had done it; the same message and revision twice is once.

        Returns once it lies in the inbox, where the platform runs. As with a real author, an edit or a
        deletion of what is gone has no effect. Raises PlatformRefused for a room or a message that is not
        there.
        """
        self._room(event.ref.chat_ref)
        if isinstance(event, Message):
            self.house.rooms.keep(event, self.house.clock.now())
        else:
            self.house.rooms.delete(event)
        await self.house.courier.carried()

    def _room(self, ref: ChatRef) -> None:
        if ref.platform != PLATFORM or self.house.room(ref.id) is None:
            raise PlatformRefused(f"The local chat has no room {ref.id!r}; it is missing under chats.")
