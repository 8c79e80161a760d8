"""Asks Telegram for updates, and confirms each only after it lies in the inbox.

The library's own updater confirms what lies in a queue in memory; this asks with the library's `Bot` and
names a higher number only once what is below it was handed over.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import telegram
from telegram.error import TelegramError

from adapters.telegram.patience import first_failure, until_done
from adapters.telegram.raw import ask
from adapters.telegram.units import KINDS, Unit, Update, after, album, lane, lanes, read, whole
from bot.ports import Clock

_LOOK_AGAIN = 0.25
"""Seconds until Telegram is asked again while something is still being dealt with."""

_NUMBERS_HOLD = timedelta(days=5)
"""After a week without updates Telegram numbers them anew, perhaps lower than the last one."""

_log = logging.getLogger("raazdar.telegram")


@dataclass(slots=True)
class Polling:
    """`hear` returns once a unit lies in the inbox; what it raises ends the polling, unconfirmed.

    `interrupted` is called when Telegram could not be asked.
    """

    bot: telegram.Bot
    clock: Clock
    hear: Callable[[Unit], Awaitable[None]]
    interrupted: Callable[[], None]
    poll_seconds: int
    album_seconds: float
    _offset: int | None = None
    _done: set[int] = field(default_factory=set)
    _busy: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _under_way: set[int] = field(default_factory=set)
    _albums: dict[tuple[int, str], tuple[int, float]] = field(default_factory=dict)
    _heard_at: datetime | None = None

    async def run(self) -> None:
        """Until cancelled. Raises PlatformRefused where Telegram does not accept the token."""
        with first_failure():
            async with asyncio.TaskGroup() as group:
                while True:
                    # As long as something is not confirmed, Telegram tells it again at once.
                    updates = await self._fetch(0 if self._busy or self._albums else self.poll_seconds)
                    if updates:
                        self._heard_at = self.clock.now()
                    self._begin(updates, group)
                    await self._pause()
                    self._confirm(updates)

    def _begin(self, updates: Sequence[Update], group: asyncio.TaskGroup) -> None:
        """Starts what can be dealt with: each chat by itself, so that none waits for the files of another."""
        fresh = [one for one in updates if one.update_id not in self._done | self._under_way]
        for units in lanes(fresh, self._settled(fresh)):
            chat = lane(units[0][0])
            if chat not in self._busy:
                self._under_way |= {update.update_id for unit in units for update in unit}
                self._busy[chat] = group.create_task(self._hear(chat, units))
        waiting = {album(update) for update in fresh if update.update_id not in self._under_way}
        self._albums = {name: seen for name, seen in self._albums.items() if name in waiting}

    async def _hear(self, chat: int, units: Sequence[Unit]) -> None:
        for unit in units:
            await self.hear(unit)
            self._done.update(update.update_id for update in unit)
        self._under_way -= self._done
        del self._busy[chat]

    async def _pause(self) -> None:
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=_LOOK_AGAIN)
        elif self._albums:
            await asyncio.sleep(min(max(self.album_seconds / 4, 0.02), _LOOK_AGAIN))

    def _confirm(self, updates: Sequence[Update]) -> None:
        self._offset = after(self._offset, updates, self._done)
        self._done = {number for number in self._done if self._offset is None or number >= self._offset}

    def _settled(self, updates: Sequence[Update]) -> set[tuple[int, str]]:
        """The albums to which nothing was added for a while."""
        now = asyncio.get_running_loop().time()
        counts: dict[tuple[int, str], int] = {}
        for update in updates:
            if name := album(update):
                counts[name] = counts.get(name, 0) + 1
        for name, count in counts.items():
            if self._albums.get(name, (0, now))[0] != count:
                self._albums[name] = (count, now)
        return {name for name in counts if now - self._albums[name][1] >= self.album_seconds}

    async def _fetch(self, seconds: int) -> Sequence[Update]:
        """What is not confirmed yet."""
        if self._heard_at and self.clock.now() - self._heard_at > _NUMBERS_HOLD:
            self._offset = None
        return await until_done(lambda: self._ask(seconds))

    async def _ask(self, seconds: int) -> Sequence[Update]:
        try:
            found = await self.bot.get_updates(self._offset, timeout=seconds, allowed_updates=KINDS)
            return [whole(update) for update in found]
        except TelegramError:
            self.interrupted()
            raise
        except Exception:  # noqa: BLE001 - one update that the library can't read must not lose its neighbours
            return await self._ask_raw()

    async def _ask_raw(self) -> Sequence[Update]:
        """The same updates again, read one by one."""
        found = await ask(self.bot, "getUpdates", offset=self._offset, timeout=0, allowed_updates=list(KINDS))
        updates: list[Update] = []
        for raw in found:
            try:
                updates.append(read(raw, self.bot))
            except (ValueError, AttributeError):
                _log.error("Telegram told something that is no update, without a number; it is passed over")
        return updates
