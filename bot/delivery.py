"""Carries out what is planned: once each, again where it may still work, never forgotten where not."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.actions import WARNED_IN_PRIVATE, Actor
from bot.cases import Cases
from bot.errors import PlatformForbidden, PlatformRefused, PlatformUnavailable
from bot.failures import Failures
from bot.model import Action, CaseEvent, PlannedAction
from bot.ports import AuditEntry, Bus, Clock, OutboxEntry, Store

PATIENCE = timedelta(hours=48)
"""How long an action is tried for before a person is told that it can't be done: networks get suspended."""

LONGEST_PAUSE = 300.0
LONGEST_ACTION = 30.0
"""Seconds after which a platform that does not answer counts as unavailable."""

_SEEN_ON_CARDS = {Action.REMOVE, Action.REDACT, Action.HOLD, Action.RELEASE}
_ALL = 100_000
_BATCH = 5
"""Few, so that what can't wait is seen soon."""

_log = logging.getLogger("raazdar.delivery")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Works through the outbox, each platform by itself, so that none waits for another's rate limit."""

    store: Store
    clock: Clock
    bus: Bus
    cases: Cases
    failures: Failures
    live: Actor
    simulated: Actor
    platforms: Sequence[str]

    async def run(self) -> None:
        """Until cancelled."""
        for entry in self.store.outbox.due(self.clock.now(), _ALL):
            if entry.planned.platform not in self.platforms:
                await self._deliver(entry)  # refused, in words: the configuration has that platform no more
        async with asyncio.TaskGroup() as group:
            for platform in self.platforms:
                group.create_task(self._serve(platform))

    async def settle(self, platform: str | None = None) -> None:
        """Until nothing is due."""
        while entries := self.store.outbox.due(self.clock.now(), _BATCH, platform):
            for entry in entries:
                await self._deliver(entry)
                self.bus.publish("cases")

    async def _serve(self, platform: str) -> None:
        with self.bus.subscribe("outbox") as news:
            while True:
                await self.settle(platform)
                await self._next(news, platform)

    async def _deliver(self, entry: OutboxEntry) -> None:
        planned = entry.planned
        if not self._still_waits(planned):
            return
        actor = self.live if planned.live else self.simulated
        try:
            async with asyncio.timeout(LONGEST_ACTION):
                result = await actor.perform(planned)
        except PlatformUnavailable as error:
            self._put_off(entry, str(error), error.retry_after)
        except TimeoutError:
            self._put_off(entry, f"no answer in {LONGEST_ACTION:.0f} seconds", None)
        except PlatformForbidden as error:
            # Once somebody gives the permission, it is done all the same.
            self._put_off(entry, str(error), None)
            if entry.result != str(error):
                with self.store.transaction():
                    self.failures.forbidden(planned, str(error))
        except PlatformRefused as error:
            self._failed(planned, str(error))
        except Exception as error:  # noqa: BLE001 - one action that breaks must not stop the others
            _log.error("%s failed with %s", planned.action, type(error).__name__)
            self._failed(planned, f"an unexpected {type(error).__name__}")
        else:
            self._done(planned, result)

    def _still_waits(self, planned: PlannedAction) -> bool:
        """An edit or a deletion may have let go of it since the batch was read."""
        entries = self.store.outbox.of_message(planned.ref)
        return any(entry.planned.key == planned.key and entry.state == "waiting" for entry in entries)

    def _done(self, planned: PlannedAction, result: str) -> None:
        with self.store.transaction():
            self.store.outbox.done(planned.key, result)
            is_private = result == WARNED_IN_PRIVATE
            if planned.notice and not planned.notice.choices and is_private:
                result = "told the author how it ended"
            # A card that was only brought up to date says nothing new.
            if planned.card is None or planned.card.news:
                self._note(planned, result)
            # That somebody could be written to in private says nothing of what the bot may do in the chat.
            if planned.live and not is_private:
                self.failures.succeeded(planned)
            if planned.action == Action.REMOVE and planned.by == "author":
                self.cases.corrected(planned.ref, "had the message removed")
            elif planned.action in _SEEN_ON_CARDS:
                self.cases.refresh(planned.ref)

    def _put_off(self, entry: OutboxEntry, why: str, retry_after: float | None) -> None:
        now = self.clock.now()
        if now - entry.planned_at >= PATIENCE:
            self._failed(entry.planned, f"{why}, tried {entry.attempts + 1} times")
        else:
            due = now + timedelta(seconds=pause(entry.attempts, retry_after))
            with self.store.transaction():
                self.store.outbox.retry(entry.planned.key, due, why)

    def _failed(self, planned: PlannedAction, why: str) -> None:
        with self.store.transaction():
            self.store.outbox.failed(planned.key, why)
            self.failures.failed(planned, why)

    def _note(self, planned: PlannedAction, what: str) -> None:
        now = self.clock.now()
        case = self.store.cases.of_message(planned.ref)
        if case:
            self.store.cases.add_event(case.number, CaseEvent(now, "bot", what))
        self.store.audit.append(AuditEntry(now, "bot", what, planned.key))

    async def _next(self, news: AsyncIterator[str], platform: str) -> None:
        """Waits until something is planned or something that was put off falls due."""
        due = self.store.outbox.next_due(platform)
        wait = None if due is None else max(0.0, (due - self.clock.now()).total_seconds())
        # Not `wait_for`: on Python 3.11 it may swallow a cancellation that comes together with the news.
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await anext(news)


def pause(attempts: int, retry_after: float | None) -> float:
    """Seconds until the next try: what the platform asked for, or twice as long each time."""
    return retry_after if retry_after is not None else min(2.0 ** min(attempts, 20), LONGEST_PAUSE)
