"""The way of a message from the inbox to what is to be done: scan, decide, record.

Whenever the process dies, at most one step is repeated: an entry leaves the inbox in the same
transaction that records what came of it.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.cases import Cases
from bot.codec import about, bytes_event, event_bytes
from bot.errors import RaazdarError
from bot.mask import evidence
from bot.model import (
    Answer,
    Audience,
    CaseEvent,
    Chat,
    ChatRef,
    Deletion,
    Event,
    History,
    Message,
    Mode,
    Severity,
    Status,
)
from bot.planning import Speaker, opens_case, plan
from bot.policy import Policy, decide
from bot.ports import AuditEntry, Bus, Clock, InboxEntry, Recorded, Sealer, Store
from bot.runs import Runs
from bot.scanning import Detectors, Scanned, message_parts, scan_message
from detectors.finding import Scan, Undecided

_BATCH = 20
_log = logging.getLogger("raazdar.pipeline")


@dataclass(frozen=True, slots=True)
class Chats:
    """The chats that the bot was told of, and how it treats all others."""

    known: Mapping[ChatRef, Chat]
    unknown: Mode

    def of(self, ref: ChatRef) -> Chat:
        """The chat; one that nobody told of is taken to be readable by anyone."""
        return self.known.get(ref) or Chat(ref, ref.id, self.unknown, Audience())


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Works through the inbox, one entry at a time and in order."""

    store: Store
    sealer: Sealer
    clock: Clock
    bus: Bus
    detectors: Detectors
    policy: Policy
    chats: Chats
    cases: Cases
    speaker: Speaker
    runs: Runs = field(default_factory=Runs)

    async def run(self) -> None:
        """Until cancelled."""
        with self.bus.subscribe("inbox") as news:
            await self.settle()
            async for _ in news:
                await self.settle()

    async def settle(self) -> None:
        """Until nothing waits."""
        while entries := self.store.inbox.waiting(_BATCH):
            for entry in entries:
                await self._work(entry)
                self.bus.publish("cases")
                self.bus.publish("outbox")

    async def _work(self, entry: InboxEntry) -> None:
        try:
            event = bytes_event(self.sealer.unseal(entry.sealed, entry.about))
        except RaazdarError as error:
            self._put_aside(entry, error)
            return
        match event:
            case Message():
                await self._judge(entry, event)
            case Deletion() | Answer():
                with self.store.transaction():
                    self._heard(event)
                    self.store.inbox.finish(entry.number)

    def _heard(self, event: Deletion | Answer) -> None:
        match event:
            case Answer():
                self.cases.answered(event)
            case Deletion():
                recorded = self.store.decisions.latest(event.ref)
                if recorded and event.by in {"", recorded.author.id}:
                    self.cases.corrected(event.ref, "deleted the message")

    async def _judge(self, entry: InboxEntry, message: Message) -> None:
        scanned = await self._scanned(message)
        chat = self.chats.of(message.ref.chat_ref)
        since = (message.sent_at or self.clock.now()) - self.policy.ladder.window
        history = History(self.store.decisions.warned_at(message.ref, message.author.id, since))
        decision = decide(self.policy, message, scanned.scan, chat.audience, (), history)
        previous = self.store.decisions.latest(message.ref)
        if previous and previous.revision > message.revision:
            self.store.inbox.finish(entry.number)
            return
        shown = evidence(message, scanned.parts, scanned.scan)
        recorded = Recorded(
            ref=message.ref,
            revision=message.revision,
            chat_name=chat.name,
            author=message.author,
            decision=decision,
            evidence=shown if decision.severity >= Severity.MEDIUM else replace(shown, excerpt=""),
            at=self.clock.now(),
        )
        with self.store.transaction():
            if previous or decision.severity > Severity.NONE:
                self._record(message, recorded, previous, scanned.scan, chat)
            self.store.inbox.finish(entry.number)

    async def _scanned(self, message: Message) -> Scanned:
        earlier = self.runs.before(message)
        try:
            scanned = await asyncio.to_thread(scan_message, self.detectors, message, earlier)
        except Exception as error:  # noqa: BLE001 - whatever a detector does, the message is never called clean
            _log.error("a detector failed with %s; the message is undecided", type(error).__name__)
            parts, undecided = message_parts(message)
            failed = Undecided("message", f"detector failed ({type(error).__name__})")
            return Scanned(parts, Scan((), (*undecided, failed)))
        if any(finding.part == "window" for finding in scanned.scan.findings):
            self.runs.forget(message)
        else:
            self.runs.add(message)
        return scanned

    def _record(
        self, message: Message, recorded: Recorded, previous: Recorded | None, scan: Scan, chat: Chat
    ) -> None:
        decision = recorded.decision
        keep = decision.severity >= Severity.MEDIUM
        self.store.decisions.add(recorded, self._sealed(message) if keep else None)
        known = self.store.cases.of_message(message.ref)
        case = known
        if opens_case(decision, chat):
            case = self.store.cases.open(recorded)
            what = _opened(known.status if known else None, decision.why)
            self.store.cases.add_event(case.number, CaseEvent(recorded.at, "policy", what))
        elif previous and decision.severity <= Severity.LOW:
            self.cases.corrected(message.ref, "mended the message")
        self.store.audit.append(
            AuditEntry(
                recorded.at,
                "policy",
                f"decided {decision.severity}",
                about(message),
                decision.rule,
            )
        )
        planned = plan(message, scan, decision, chat, case=case, previous=previous, speaker=self.speaker)
        for action in planned:
            self.store.outbox.plan(action, recorded.at)

    def _sealed(self, event: Event) -> bytes:
        return self.sealer.seal(event_bytes(event), about(event))

    def _put_aside(self, entry: InboxEntry, error: RaazdarError) -> None:
        why = type(error).__name__
        _log.error("entry %d of the inbox can't be read (%s) and is put aside", entry.number, why)
        with self.store.transaction():
            self.store.inbox.put_aside(entry.number, str(error))
            self.store.audit.append(AuditEntry(self.clock.now(), "bot", "put aside", entry.about, why))


def _opened(status: Status | None, why: str) -> str:
    match status:
        case None:
            return f"opened the case: {why}"
        case Status.CLOSED:
            return f"reopened the case after an edit: {why}"
        case _:
            return f"looked at an edit: {why}"
