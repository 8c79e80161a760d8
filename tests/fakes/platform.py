"""The `Platform` port, remembering what it was asked to do and failing when it is told to."""

import asyncio
from collections.abc import Sequence

from bot.errors import PlatformError
from bot.model import Announcement, Card, Event, MessageRef, Notice, Posting
from bot.ports import Desk, Inbox


class FakePlatform:
    def __init__(self, name: str = "fake", events: Sequence[Event] = ()) -> None:
        self.name = name
        self.events = list(events)
        self.warned: list[Notice] = []
        self.cards: list[Card] = []
        """Those that had news."""
        self.shown: dict[int, Card] = {}
        """Each case's card as it stands."""
        self.posted: list[Posting] = []
        self.announced: list[Announcement] = []
        self.removed: set[MessageRef] = set()
        self.failures: list[PlatformError | None] = []
        """How the next acts fail, one after the other; None is for one that works."""
        self.removal_works = True
        self.reaches_authors = True

    async def run(self, inbox: Inbox, desk: Desk) -> None:
        for event in self.events:
            await inbox.put(event)
        await asyncio.Event().wait()

    async def warn(self, notice: Notice) -> bool:
        self._fail_if_told()
        if notice.key not in {warned.key for warned in self.warned}:
            self.warned.append(notice)
        return self.reaches_authors

    async def remove(self, ref: MessageRef) -> None:
        self._fail_if_told()
        if self.removal_works:
            self.removed.add(ref)

    async def is_removed(self, ref: MessageRef) -> bool:
        return ref in self.removed

    async def escalate(self, card: Card) -> None:
        self._fail_if_told()
        shown = self.shown.get(card.case)
        if shown is None or card.revision >= shown.revision:
            self.shown[card.case] = card
        if card.news and card.key not in {told.key for told in self.cards}:
            self.cards.append(card)

    async def repost(self, posting: Posting) -> None:
        self._fail_if_told()
        if posting.key not in {posted.key for posted in self.posted}:
            self.posted.append(posting)

    async def announce(self, announcement: Announcement) -> None:
        self._fail_if_told()
        if announcement.key not in {said.key for said in self.announced}:
            self.announced.append(announcement)

    def _fail_if_told(self) -> None:
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure
