"""The way of a message from the inbox to what is to be done: scan, decide, record.

Whenever the process dies, at most one step is repeated: an entry leaves the inbox in the same
transaction that records what came of it.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field, replace

from bot.cards import Cards
from bot.cases import Cases
from bot.chats import Chats
from bot.codec import about, bytes_event, event_bytes
from bot.errors import InputError, SealError, StoreError
from bot.happenings import Happenings
from bot.mask import evidence
from bot.model import (
    Action,
    Answer,
    Chat,
    Deletion,
    Event,
    Gap,
    History,
    Joined,
    Message,
    ModeChange,
    Notice,
    Press,
    Report,
    Severity,
)
from bot.names import Names, is_told, shown
from bot.notices import warning
from bot.planning import NAME, action_key, is_same, opens_case, plan, removal
from bot.policy import Policy, decide, is_live
from bot.ports import AuditEntry, Bus, Clock, InboxEntry, Recorded, RunEntry, Sealer, Store
from bot.reports import Reports
from bot.runs import WITHIN, Run, Runs
from bot.scanning import Detectors, Scanned, message_parts, scan_message
from bot.speaking import Speaker
from detectors.finding import Finding, Part, Scan, Undecided

_BATCH = 20
_log = logging.getLogger("raazdar.pipeline")


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
    cards: Cards
    reports: Reports
    happenings: Happenings
    speaker: Speaker
    runs: Runs = field(default_factory=Runs)
    names: Names = field(default_factory=Names)

    async def run(self) -> None:
        """Until cancelled."""
        self.recall()
        with self.bus.subscribe("inbox") as news:
            while True:
                await self.settle()
                with suppress(TimeoutError):
                    async with asyncio.timeout(WITHIN.total_seconds()):
                        await anext(news)
                self.store.runs.forget(self.clock.now() - WITHIN)

    def recall(self) -> None:
        """Takes up the runs of messages again that were going on when the program stopped."""
        self.store.runs.forget(self.clock.now() - WITHIN)
        for entry in self.store.runs.kept():
            try:
                event = bytes_event(self.sealer.unseal(entry.sealed, entry.about))
            except (SealError, InputError) as error:
                _log.warning("the start of a run of messages is lost: %s", error)
                continue
            if isinstance(event, Message):
                self.runs.heard(event, is_told=entry.is_told)

    async def settle(self) -> None:
        """Until nothing waits."""
        while entries := self.store.inbox.waiting(_BATCH):
            for entry in entries:
                await self._work(entry)
                self.bus.publish("cases")
                self.bus.publish("outbox")

    async def _work(self, entry: InboxEntry) -> None:
        """An entry that can't be dealt with is put aside, so that it holds up no other."""
        try:
            event = bytes_event(self.sealer.unseal(entry.sealed, entry.about))
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
        scanned, in_name = await self._scanned(message)
        chat = self.chats.of(message.ref.chat_ref)
        with self.store.transaction():
            previous = self.store.decisions.latest(message.ref)
            if previous is None or previous.revision < message.revision:
                author = shown(message.author, in_name)
                scanned = self._with_name(message, scanned, in_name)
                recorded = replace(self._decided(message, scanned, chat), author=author)
                if previous or recorded.decision.severity > Severity.NONE:
                    self._record(message, recorded, previous, chat)
            self._remember(message, is_told=scanned.is_of_run)
            self.store.inbox.finish(entry.number)

    def _decided(self, message: Message, scanned: Scanned, chat: Chat) -> Recorded:
        history = History(self.store.decisions.warned_at(message.ref, message.author.id))
        decision = decide(self.policy, message, scanned.scan, chat.audience, (), history)
        seen = evidence(message, scanned.parts, scanned.scan)
        return Recorded(
            ref=message.ref,
            revision=message.revision,
            chat_name=chat.name,
            author=message.author,
            decision=decision,
            evidence=seen if decision.severity >= Severity.MEDIUM else replace(seen, excerpt=""),
            at=self.clock.now(),
            sent_at=message.sent_at,
            is_warned=is_live(chat.mode, Action.WARN),
        )

    def _with_name(self, message: Message, scanned: Scanned, in_name: tuple[Finding, ...]) -> Scanned:
        """What the author's name gives away counts with the first message that he writes under it."""
        if not in_name:
            return scanned
        before = self.store.decisions.newest_with(NAME, message.ref.platform, message.author.id)
        if is_told(in_name, before):
            return scanned
        scan = replace(scanned.scan, findings=(*scanned.scan.findings, *in_name))
        return replace(scanned, parts=(*scanned.parts, Part(NAME, message.author.name)), scan=scan)

    def _scan(self, message: Message, run: Run) -> tuple[Scanned, tuple[Finding, ...]]:
        scanned = scan_message(self.detectors, message, run)
        return scanned, self.names.findings(self.detectors, message.author)

    async def _scanned(self, message: Message) -> tuple[Scanned, tuple[Finding, ...]]:
        """The message's scan, and what was found in its author's name."""
        run = self.runs.around(message)
        try:
            scanned, in_name = await asyncio.to_thread(self._scan, message, run)
        except Exception as error:  # noqa: BLE001 - whatever a detector does, the message is never called clean
            _log.error("a detector failed with %s; the message is undecided", type(error).__name__)
            parts, undecided = message_parts(message)
            failed = Undecided("message", f"detector failed ({type(error).__name__})")
            return Scanned(parts, Scan((), (*undecided, failed))), ()
        self.runs.heard(message, is_told=scanned.is_of_run)
        return scanned, in_name

    def _record(self, message: Message, recorded: Recorded, previous: Recorded | None, chat: Chat) -> None:
        decision = recorded.decision
        keep = decision.severity >= Severity.MEDIUM
        self.store.decisions.add(recorded, self._sealed(message) if keep else None)
        if previous and not is_same(previous.decision, decision):
            self.store.outbox.drop(message.ref, "the message was edited")
        case = self.cases.judged(recorded, previous) if opens_case(decision, chat) else None
        if previous and previous.decision.severity > Severity.LOW >= decision.severity:
            self.cases.corrected(message.ref, "mended the message")
        self.store.audit.append(
            AuditEntry(recorded.at, "policy", f"decided {decision.severity}", about(message), decision.rule)
        )
        notice = self._warning(message, recorded, chat) if Action.WARN in decision.actions else None
        news = self.speaker.why(recorded, chat.audience, chat.language)
        cards = self.cards.drawn(case, news) if case else ()
        for action in plan(message, recorded, chat, case=case, previous=previous, notice=notice, cards=cards):
            self.store.outbox.plan(action, recorded.at)
        if case and previous:
            self.cards.show(case)

    def _warning(self, message: Message, recorded: Recorded, chat: Chat) -> Notice:
        return warning(
            self.speaker,
            action_key(Action.WARN, message.ref, f"r{message.revision}"),
            message,
            recorded,
            chat,
            self.chats.language_of(message.ref.chat_ref, message.author),
            removal=removal(recorded, chat),
        )

    def _remember(self, message: Message, *, is_told: bool) -> None:
        now = self.clock.now()
        self.store.runs.forget(now - WITHIN)
        if message.text:
            sealed = self._sealed(replace(message, attachments=()))
            self.store.runs.keep(RunEntry(about(message), sealed, is_told), now)

    def _sealed(self, event: Event) -> bytes:
        return self.sealer.seal(event_bytes(event), about(event))

    def _put_aside(self, entry: InboxEntry, why: str) -> None:
        _log.error("entry %d of the inbox could not be dealt with (%s) and is put aside", entry.number, why)
        with self.store.transaction():
            self.store.inbox.put_aside(entry.number, why)
            self.store.audit.append(AuditEntry(self.clock.now(), "bot", "put aside", entry.about, why))
