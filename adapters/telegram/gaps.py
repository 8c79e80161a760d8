"""Gaps are told: after a start or an outage at once, otherwise together, those of one chat within a minute.

Where other bots write, which Telegram does not show to bots, each of their messages is a gap.
"""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from adapters.telegram.database import Database
from adapters.telegram.moves import Moves
from adapters.telegram.numbers import WHY
from adapters.telegram.translate import PLATFORM
from bot.model import ChatRef, Gap
from bot.ports import Clock, Inbox


class Gaps:
    """What was found and not told yet outlives a restart."""

    def __init__(self, db: Database, clock: Clock, moves: Moves, seconds: float) -> None:
        self._db = db
        self._clock = clock
        self._moves = moves
        self._together = timedelta(seconds=seconds)
        self._steady: set[int] = set()
        self._news = asyncio.Event()

    def interrupted(self) -> None:
        """Nothing was heard for a while: what is missing now may be more than other bots' messages."""
        self._steady.clear()

    def heard(self, chat: int) -> None:
        """From now on a jump in this chat did not happen while nobody listened."""
        self._steady.add(chat)

    async def found(self, inbox: Inbox, chat: int, message: int, missing: int) -> None:
        """So many messages are missing before this one."""
        now, before = self._clock.now(), self._moves.ref(chat, message)
        if chat not in self._steady or not self._together:
            await inbox.put(Gap(ChatRef(PLATFORM, before.chat), now, before.id, WHY, missing))
            return
        self._db.change(
            "INSERT INTO gaps (chat, before, since, missing) VALUES (?, ?, ?, ?) ON CONFLICT (chat) "
            "DO UPDATE SET before = excluded.before, missing = missing + excluded.missing",
            chat,
            before.id,
            now.isoformat(),
            missing,
        )
        self._news.set()

    async def tell_all(self, inbox: Inbox) -> None:
        """What an earlier run left."""
        self.interrupted()
        for row in self._db.rows("SELECT chat FROM gaps ORDER BY since"):
            await self._tell(inbox, row["chat"])

    async def run(self, inbox: Inbox) -> None:
        """Until cancelled."""
        while True:
            self._news.clear()
            row = self._db.row("SELECT chat, since FROM gaps ORDER BY since LIMIT 1")
            wait = None
            if row:
                due = datetime.fromisoformat(row["since"]) + self._together
                wait = (due - self._clock.now()).total_seconds()
                if wait <= 0:
                    await self._tell(inbox, row["chat"])
                    continue
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), wait)

    async def _tell(self, inbox: Inbox, chat: int) -> None:
        (row,) = self._db.rows("SELECT before, since, missing FROM gaps WHERE chat = ?", chat)
        known, at = ChatRef(PLATFORM, self._moves.known_as(chat)), datetime.fromisoformat(row["since"])
        await inbox.put(Gap(known, at, row["before"], WHY, row["missing"]))
        # Others may have been found meanwhile.
        self._db.change(
            "UPDATE gaps SET missing = missing - ?, since = ? WHERE chat = ?",
            row["missing"],
            self._clock.now().isoformat(),
            chat,
        )
        self._db.change("DELETE FROM gaps WHERE chat = ? AND missing <= 0", chat)
