"""The local chat as a `Platform`, with its two extras: it is a web application, and a stage."""

from adapters.local.house import House
from adapters.local.translate import PLATFORM
from adapters.local.web import make_app
from bot.model import Card, ChatRef, Deletion, Message, MessageRef, Notice
from bot.ports import ASGIApp, Inbox, PlatformRefused


class LocalPlatform:
    """Satisfies `Platform`, `WebPlatform` and `Stage`."""

    name = PLATFORM
    mount = "/chat"

    def __init__(self, house: House) -> None:
        self.house = house
        self.web: ASGIApp = make_app(house)

    async def run(self, inbox: Inbox) -> None:
        """Hands over everything that happens, until cancelled; first what happened while nobody ran."""
        await self.house.courier.run(inbox)

    async def warn(self, notice: Notice) -> None:
        """Shows a notice under the author's message, to him alone."""
        self.house.rooms.get(notice.ref)
        self.house.notices.show(notice, self.house.clock.now())

    async def remove(self, ref: MessageRef) -> None:
        """Takes a message off its room and erases it; a tombstone stays."""
        self.house.rooms.remove(ref)

    async def is_removed(self, ref: MessageRef) -> bool:
        """Whether a message is gone, whoever took it off."""
        return bool(self.house.rooms.get(ref).gone)

    async def escalate(self, card: Card) -> None:
        """Shows a card in a moderators' room."""
        self._room(card.moderators)
        self.house.cards.show(card, self.house.clock.now())

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
