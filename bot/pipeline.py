"""The way of a message from the inbox to what is to be done: scan, decide, record.

Whenever the process dies, at most one step is repeated: an entry leaves the inbox in the same
transaction that records what came of it.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from bot.cases import Cases
from bot.codec import about, bytes_event
from bot.errors import StoreError
from bot.files import Files
from bot.happenings import Happenings
from bot.in_force import InForce
from bot.judging import Judge
from bot.model import Answer, Deletion, Event, Gap, Joined, Message, MessageRef, ModeChange, Press, Report
from bot.ports import AuditEntry, Bus, Clock, InboxEntry, Lane, Sealer, Store
from bot.reports import Reports
from bot.runs import WITHIN

_BATCH = {Lane.QUICK: 20, Lane.SLOW: 1}
"""Entries that are taken out of a lane at once; in the slow one each may hold large files."""

_log = logging.getLogger("raazdar.pipeline")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Works through the inbox, one entry at a time and in order.

    Messages whose files take long to read wait in a lane of their own, which is worked through beside the
    other. They are judged when their files are read, by turns with all others.
    """

    store: Store
    sealer: Sealer
    clock: Clock
    bus: Bus
    in_force: InForce
    files: Files
    judge: Judge
    cases: Cases
    reports: Reports
    happenings: Happenings
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _at_work: set[int] = field(default_factory=set)

    async def run(self) -> None:
        """Works through the quick lane until cancelled."""
        self.judge.recall()
        await self._keep_working(Lane.QUICK, self._forget)

    async def run_slowly(self) -> None:
        """Works through the slow lane until cancelled. May run several times at once."""
        await self._keep_working(Lane.SLOW)

    async def settle(self) -> None:
        """Until nothing waits."""
        while await self._work_through(Lane.QUICK) or await self._work_through(Lane.SLOW):
            pass

    async def _keep_working(self, lane: Lane, between: Callable[[], None] = lambda: None) -> None:
        with self.bus.subscribe("inbox") as news:
            while True:
                while await self._work_through(lane):
                    pass
                with suppress(TimeoutError):
                    async with asyncio.timeout(WITHIN.total_seconds()):
                        await anext(news)
                between()

    async def _work_through(self, lane: Lane) -> bool:
        """Deals with the first entries of a lane; False where there were none."""
        entries = self.store.inbox.waiting(_BATCH[lane], lane, self._at_work)
        for entry in entries:
            self._at_work.add(entry.number)
            try:
                await self._work(entry)
            finally:
                self._at_work.discard(entry.number)
            # What is about the same message has waited for it in the other lane.
            for topic in ("cases", "outbox", "inbox") if lane == Lane.SLOW else ("cases", "outbox"):
                self.bus.publish(topic)
        return bool(entries)

    async def _work(self, entry: InboxEntry) -> None:
        """An entry that can't be dealt with is put aside, so that it holds up no other."""
        try:
            event = self._opened(entry)
            if isinstance(event, Message):
                await self._judge(entry, event)
            else:
                with self.store.transaction():
                    self._hear(event)
                    self.store.inbox.finish(entry.number)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - nothing that one person sends may stop the bot for all
            self._put_aside(entry, type(error).__name__)

    def _hear(self, event: Deletion | Answer | Press | Report | ModeChange | Joined | Gap) -> None:
        match event:
            case Answer():
                self.cases.answered(event)
            case Deletion():
                self.cases.deleted(event)
            case Press():
                self.cases.pressed(event)
            case Report():
                self.reports.made(event)
            case ModeChange():
                self.happenings.set_mode(event)
            case Joined():
                self.happenings.joined(event)
            case Gap():
                self.happenings.missed(event)

    async def _judge(self, entry: InboxEntry, message: Message) -> None:
        with self.in_force.lent() as rules:
            files = await self.files.scanned(message, rules)
            async with self._turn:
                look = await self.judge.look(message, files, rules.detectors)
                with self.store.transaction():
                    self.judge.record(message, look, rules.policy)
                    self._hear_that_it_is_gone(message.ref)
                    self.store.inbox.finish(entry.number)

    def _hear_that_it_is_gone(self, ref: MessageRef) -> None:
        """A message may be deleted while it is looked at: then nobody is warned of it any more.

        The deletion itself stays in the inbox, as edits of the message may lie before it.
        """
        entry = self.store.inbox.waiting_about(about(Deletion(ref, self.clock.now())))
        event = self._opened(entry) if entry else None
        if isinstance(event, Deletion):
            self.cases.deleted(event)

    def _forget(self) -> None:
        self.judge.forget()
        self.files.known.forget()

    def _opened(self, entry: InboxEntry) -> Event:
        return bytes_event(self.sealer.unseal(entry.sealed, entry.about))

    def _put_aside(self, entry: InboxEntry, why: str) -> None:
        _log.error("entry %d of the inbox could not be dealt with (%s) and is put aside", entry.number, why)
        with self.store.transaction():
            self.store.inbox.put_aside(entry.number, why)
            self.store.audit.append(AuditEntry(self.clock.now(), "bot", "put aside", entry.about, why))
