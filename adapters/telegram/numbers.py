"""Jumps in the numbers of a chat's messages: what lies between was never shown to the bot.

In supergroups and channels each chat counts its own messages, one by one; elsewhere the numbers say nothing.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from adapters.telegram.database import Database
from bot.ports import Clock

WHY = (
    "the numbers of the messages jump: what lies between was not shown to the bot, as it happens with "
    "messages of other bots, or was written while it was away"
)
_LONGEST_WAIT = 10.0


def has_numbers(chat: int) -> bool:
    """Whether a chat counts its own messages."""
    return chat < -1_000_000_000_000


class Numbers:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._sending: Counter[int] = Counter()
        self._sent = asyncio.Condition()

    async def jump(self, chat: int, messages: Sequence[int]) -> int:
        """How many messages before these, which are new and told together, nobody can explain."""
        if not has_numbers(chat):
            return 0
        if not self._is_jump(chat, min(messages)):
            return 0
        await self._own_are_sent(chat)  # one may have a number that Telegram has yet to say
        first, highest = min(messages), self._highest(chat) or 0
        explained = self._db.rows(
            "SELECT 1 FROM explained WHERE chat = ? AND message > ? AND message < ?", chat, highest, first
        )
        return max(0, first - highest - 1 - len(explained))

    def saw(self, chat: int, messages: Sequence[int]) -> None:
        """Takes note of new messages; all below the first is dealt with."""
        if not has_numbers(chat):
            return
        first, highest = min(messages), self._highest(chat)
        with self._db.together():
            if highest is None or first > highest:
                self._db.change("INSERT OR REPLACE INTO highest (chat, message) VALUES (?, ?)", chat, first)
                self._db.change("DELETE FROM explained WHERE chat = ? AND message <= ?", chat, first)
            for message in messages:
                self._explain(chat, message)

    def knows(self, chat: int, message: int) -> None:
        """Takes note of a message of which something else was heard than that it was posted."""
        if has_numbers(chat):
            self._explain(chat, message)

    @asynccontextmanager
    async def sending(self, chat: int) -> AsyncIterator[None]:
        """While the bot posts something of its own."""
        if not has_numbers(chat):
            yield
            return
        self._sending[chat] += 1
        try:
            yield
        finally:
            self._sending[chat] -= 1
            async with self._sent:
                self._sent.notify_all()

    def sent(self, chat: int, message: int) -> None:
        """Takes note of a message of the bot's own."""
        if not has_numbers(chat):
            return
        self._db.change(
            "INSERT OR IGNORE INTO own (chat, message, at) VALUES (?, ?, ?)",
            chat,
            message,
            self._clock.now().isoformat(),
        )
        if self._highest(chat) is None:
            self._db.change("INSERT INTO highest (chat, message) VALUES (?, ?)", chat, message)
        else:
            self._explain(chat, message)

    async def is_own(self, chat: int, message: int) -> bool:
        """Whether the bot posted it. In a channel, what it posts comes back as anybody's posts do."""
        await self._own_are_sent(chat)
        return self._db.row("SELECT 1 FROM own WHERE chat = ? AND message = ?", chat, message) is not None

    def _is_jump(self, chat: int, message: int) -> bool:
        highest = self._highest(chat)
        return highest is not None and message > highest + 1

    async def _own_are_sent(self, chat: int) -> None:
        """Waits, not for ever, until nothing of the bot's own is under way to a chat."""
        if self._sending[chat]:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LONGEST_WAIT), self._sent:
                    await self._sent.wait_for(lambda: not self._sending[chat])

    def _highest(self, chat: int) -> int | None:
        row = self._db.row("SELECT message FROM highest WHERE chat = ?", chat)
        return row["message"] if row else None

    def _explain(self, chat: int, message: int) -> None:
        self._db.change(
            "INSERT OR IGNORE INTO explained (chat, message) "
            "SELECT ?, ? WHERE ? > coalesce((SELECT message FROM highest WHERE chat = ?), 0)",
            chat,
            message,
            message,
            chat,
        )
        self._advance(chat)

    def _advance(self, chat: int) -> None:
        """Nothing need be remembered of numbers without a gap."""
        highest = first = self._highest(chat)
        if highest is None or first is None:
            return
        while self._db.row("SELECT 1 FROM explained WHERE chat = ? AND message = ?", chat, highest + 1):
            highest += 1
        if highest > first:
            self._db.change("UPDATE highest SET message = ? WHERE chat = ?", highest, chat)
            self._db.change("DELETE FROM explained WHERE chat = ? AND message <= ?", chat, highest)
