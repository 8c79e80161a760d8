"""Carries out what is planned: once each, again where it may still work, never forgotten where not."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.actions import Actor
from bot.cases import Cases
from bot.errors import PlatformRefused, PlatformUnavailable
from bot.model import Action, CaseEvent, PlannedAction
from bot.ports import AuditEntry, Bus, Clock, OutboxEntry, Store

ATTEMPTS = 8
"""How often an action is tried before a person is told that it can't be done."""

_LONGEST_PAUSE = 300.0
_BATCH = 20
_log = logging.getLogger("raazdar.delivery")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Works through the outbox."""

    store: Store
    clock: Clock
    bus: Bus
    cases: Cases
    live: Actor
    simulated: Actor

    async def run(self) -> None:
        """Until cancelled."""
        with self.bus.subscribe("outbox") as news:
            while True:
                await self.settle()
                await self._next(news)

    async def settle(self) -> None:
        """Until nothing is due."""
        while entries := self.store.outbox.due(self.clock.now(), _BATCH):
            for entry in entries:
                await self._deliver(entry)
                self.bus.publish("cases")

    async def _deliver(self, entry: OutboxEntry) -> None:
        planned = entry.planned
        actor = self.live if planned.live else self.simulated
        try:
            result = await actor.perform(planned)
        except PlatformUnavailable as error:
            if entry.attempts + 1 >= ATTEMPTS:
                self._failed(planned, f"{error}, {ATTEMPTS} times")
            else:
                due = self.clock.now() + timedelta(seconds=pause(entry.attempts, error.retry_after))
                self.store.outbox.retry(planned.key, due, str(error))
            return
        except PlatformRefused as error:
            self._failed(planned, str(error))
            return
        except Exception as error:  # noqa: BLE001 - one action that breaks must not stop the others
            _log.error("%s failed with %s", planned.action, type(error).__name__)
            self._failed(planned, f"an unexpected {type(error).__name__}")
            return
        with self.store.transaction():
            self.store.outbox.done(planned.key, result)
            self._note(planned, result)
            if planned.action == Action.REMOVE and planned.by == "author":
                self.cases.corrected(planned.ref, "had the message removed")

    def _failed(self, planned: PlannedAction, why: str) -> None:
        """What the bot could not do, a person must know."""
        with self.store.transaction():
            self.store.outbox.failed(planned.key, why)
            recorded = self.store.decisions.latest(planned.ref)
            if planned.case is None and recorded and self.store.cases.of_message(planned.ref) is None:
                self.store.cases.open(recorded)
            self._note(planned, f"could not {planned.action}: {why}")

    def _note(self, planned: PlannedAction, what: str) -> None:
        now = self.clock.now()
        case = self.store.cases.of_message(planned.ref)
        if case:
            self.store.cases.add_event(case.number, CaseEvent(now, "bot", what))
        self.store.audit.append(AuditEntry(now, "bot", what, planned.key))

    async def _next(self, news: AsyncIterator[str]) -> None:
        """Waits until something is planned or something that was put off falls due."""
        due = self.store.outbox.next_due()
        wait = None if due is None else max(0.0, (due - self.clock.now()).total_seconds())
        with suppress(TimeoutError):
            await asyncio.wait_for(anext(news), wait)


def pause(attempts: int, retry_after: float | None) -> float:
    """Seconds until the next try: what the platform asked for, or twice as long each time."""
    return retry_after if retry_after is not None else min(2.0**attempts, _LONGEST_PAUSE)
