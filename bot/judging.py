"""What a message means: it is looked at, decided on, and everything that follows is recorded."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.cards import Cards
from bot.cases import Cases
from bot.chats import Chats
from bot.codec import about, bytes_event, event_bytes
from bot.errors import InputError, SealError
from bot.known_pictures import KnownPictures
from bot.mask import evidence
from bot.model import (
    Action,
    Case,
    Chat,
    Decision,
    FileScan,
    History,
    MaskedFinding,
    Message,
    Notice,
    Severity,
)
from bot.model.files import ATTACHMENT, unmasked
from bot.names import Names, is_told, shown
from bot.notices import warning
from bot.planning import NAME, action_key, is_same, opens_case, plan, removal
from bot.policy import Policy, decide, is_live
from bot.ports import AuditEntry, Clock, Recorded, RunEntry, Sealer, Store
from bot.runs import WITHIN, Run, Runs
from bot.scanning import Detectors, Scanned, scan_words, word_parts
from bot.speaking import Speaker
from detectors.finding import Finding, Part, Scan, Undecided

_log = logging.getLogger("raazdar.judging")


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a message: in what it says, in its author's name, and in its files.

    `pictures` are findings of their own: those that look like one in an earlier case.
    """

    words: Scanned
    in_name: tuple[Finding, ...] = ()
    files: tuple[FileScan, ...] = ()
    pictures: tuple[MaskedFinding, ...] = ()

    @property
    def in_files(self) -> tuple[MaskedFinding, ...]:
        return (*(one for file in self.files for one in file.findings), *self.pictures)

    @property
    def scan(self) -> Scan:
        """All of it."""
        unread = [one for file in self.files for one in file.undecided]
        findings = (*self.words.scan.findings, *map(unmasked, self.in_files))
        return Scan(findings, (*unread, *self.words.scan.undecided))


@dataclass(frozen=True, slots=True)
class Judge:
    """For use by one message at a time, as what an author said just before counts."""

    store: Store
    sealer: Sealer
    clock: Clock
    chats: Chats
    cases: Cases
    cards: Cards
    speaker: Speaker
    pictures: KnownPictures
    runs: Runs = field(default_factory=Runs)
    names: Names = field(default_factory=Names)

    def recall(self) -> None:
        """Takes up the runs of messages again that were going on when the program stopped."""
        self.forget()
        for entry in self.store.runs.kept():
            try:
                event = bytes_event(self.sealer.unseal(entry.sealed, entry.about))
            except (SealError, InputError) as error:
                _log.warning("the start of a run of messages is lost: %s", error)
                continue
            if isinstance(event, Message):
                self.runs.heard(event, is_told=entry.is_told)

    def forget(self) -> None:
        """Erases what was said in runs of messages that are over."""
        self.store.runs.forget(self.clock.now() - WITHIN)

    async def look(self, message: Message, files: tuple[FileScan, ...], detectors: Detectors) -> Look:
        """Looks at a message, whose `files` were looked at before."""
        pictures = await self.pictures.found(message.ref, files)
        run = self.runs.around(message)
        try:
            words, in_name = await asyncio.to_thread(self._scan, message, run, detectors)
        except Exception as error:  # noqa: BLE001 - whatever a detector does, the message is never called clean
            _log.error("a detector failed with %s; the message is undecided", type(error).__name__)
            failed = Undecided("message", f"detector failed ({type(error).__name__})")
            return Look(Scanned(word_parts(message), Scan((), (failed,))), (), files, pictures)
        self.runs.heard(message, is_told=words.is_of_run)
        return Look(words, in_name, files, pictures)

    def record(self, message: Message, look: Look, policy: Policy) -> None:
        """Decides what a message means and plans what follows. Call it inside a transaction."""
        chat = self.chats.of(message.ref.chat_ref)
        previous = self.store.decisions.latest(message.ref)
        if previous is None or previous.revision < message.revision:
            recorded = self._decided(message, self._with_name(message, look), chat, policy)
            recorded = replace(recorded, author=shown(message.author, look.in_name))
            if previous or recorded.decision.severity > Severity.NONE:
                self._record(message, recorded, previous, chat, look.files)
        self._remember(message, is_told=look.words.is_of_run)

    def _scan(self, message: Message, run: Run, detectors: Detectors) -> tuple[Scanned, tuple[Finding, ...]]:
        words = scan_words(detectors, message, run)
        return words, self.names.findings(detectors, message.author)

    def _with_name(self, message: Message, look: Look) -> Look:
        """What the author's name gives away counts with the first message that he writes under it."""
        if not look.in_name:
            return look
        before = self.store.decisions.newest_with(NAME, message.ref.platform, message.author.id)
        if is_told(look.in_name, before):
            return look
        scan = replace(look.words.scan, findings=(*look.words.scan.findings, *look.in_name))
        parts = (*look.words.parts, Part(NAME, message.author.name))
        return replace(look, words=replace(look.words, parts=parts, scan=scan))

    def _decided(self, message: Message, look: Look, chat: Chat, policy: Policy) -> Recorded:
        history = History(self.store.decisions.warned_at(message.ref, message.author.id))
        scan = look.scan
        decision = decide(policy, message, scan, chat.audience, (), history, chat.on_unread)
        of_words = Scan(look.words.scan.findings, scan.undecided)
        seen = evidence(message, look.words.parts, of_words, look.in_files)
        seen = replace(seen, known=self._known(message, look.files))
        return Recorded(
            ref=message.ref,
            revision=message.revision,
            chat_name=chat.name,
            author=message.author,
            decision=decision,
            evidence=seen if _is_looked_at(decision, chat) else replace(seen, excerpt=""),
            at=self.clock.now(),
            sent_at=message.sent_at,
            is_warned=is_live(chat.mode, Action.WARN),
        )

    def _known(self, message: Message, files: Sequence[FileScan]) -> tuple[tuple[str, int], ...]:
        """The files that are in the case of another message, with the oldest such case."""
        cases = {
            f"{ATTACHMENT} {number}": self.store.traces.cases_with(file.fingerprint, message.ref)
            for number, file in enumerate(files, start=1)
            if file.fingerprint
        }
        return tuple((part, numbers[0]) for part, numbers in cases.items() if numbers)

    def _record(
        self,
        message: Message,
        recorded: Recorded,
        previous: Recorded | None,
        chat: Chat,
        files: Sequence[FileScan],
    ) -> None:
        decision = recorded.decision
        sealed = self._sealed(message) if _is_looked_at(decision, chat) else None
        self.store.decisions.add(recorded, sealed)
        if previous and not is_same(previous.decision, decision):
            self.store.outbox.drop(message.ref, "the message was edited")
        case = self.cases.judged(recorded, previous) if opens_case(decision, chat) else None
        if case:
            self._leave_traces(case, files)
        if previous and _is_looked_at(previous.decision, chat) and not _is_looked_at(decision, chat):
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

    def _leave_traces(self, case: Case, files: Sequence[FileScan]) -> None:
        """So that the files for which there is a case are known again."""
        concerned = [file for file in files if file.findings or file.undecided]
        self.store.traces.keep_files(case.number, [one.fingerprint for one in concerned if one.fingerprint])
        if case.severity >= Severity.MEDIUM:
            self.pictures.keep(case.number, files)

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
        self.forget()
        if message.text:
            sealed = self._sealed(replace(message, attachments=()))
            self.store.runs.keep(RunEntry(about(message), sealed, is_told), self.clock.now())

    def _sealed(self, message: Message) -> bytes:
        return self.sealer.seal(event_bytes(message), about(message))


def _is_looked_at(decision: Decision, chat: Chat) -> bool:
    """Whether a person, its author or a moderator, may have to look at the message again."""
    return decision.severity >= Severity.MEDIUM or opens_case(decision, chat)
