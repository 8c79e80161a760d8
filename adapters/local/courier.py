"""Carries what happened in the rooms to the inbox: in order, and each thing until it lies there."""

import asyncio
from collections.abc import Mapping

from adapters.local import translate
from adapters.local.journal import Bell, Journal
from adapters.local.rooms import Rooms
from adapters.local.rows import Happening, Kind
from bot.model import Event
from bot.ports import Inbox


class Courier:
    """Only `run` talks to the inbox, so that nothing overtakes what waited from before."""

    def __init__(self, journal: Journal, rooms: Rooms, bell: Bell, names: Mapping[str, str]) -> None:
        self._journal = journal
        self._names = names
        self._rooms = rooms
        self._bell = bell
        self._progress = asyncio.Condition()
        self._running = False

    async def run(self, inbox: Inbox) -> None:
        """Hands over what waits, then whatever comes, until cancelled or the inbox fails."""
        self._running = True
        try:
            with self._bell.listen() as news:
                while True:
                    news.clear()
                    while happening := self._journal.waiting():
                        await inbox.put(self._event(happening))
                        self._journal.handed(happening.number)
                        self._rooms.forget(happening.room, happening.message)
                        await self._tell()
                    await news.wait()
        finally:
            self._running = False
            await self._tell()

    async def carried(self) -> None:
        """Waits until all that happened up to now lies in the inbox, or nobody carries any more.

        What was not carried waits in the chat's own memory for the next `run`.
        """
        newest = self._journal.newest_happening()
        async with self._progress:
            await self._progress.wait_for(lambda: not self._running or self._is_handed(newest))

    def _is_handed(self, number: int) -> bool:
        waiting = self._journal.waiting()
        return waiting is None or waiting.number > number

    async def _tell(self) -> None:
        async with self._progress:
            self._progress.notify_all()

    def _event(self, happening: Happening) -> Event:
        match happening.kind:
            case Kind.MESSAGE:
                return self._rooms.message(happening.room, happening.message, happening.revision)
            case Kind.DELETION:
                return translate.deletion(happening)
            case Kind.ANSWER:
                return translate.answer(happening)
            case Kind.JOINED:
                return translate.joined(happening, self._names.get(happening.room, happening.room))
            case Kind.NOTICE | Kind.CARD:
                raise AssertionError(f"the product itself makes a {happening.kind}; it is never handed over")
