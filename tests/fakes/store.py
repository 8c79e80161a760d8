"""The `Store` port in dictionaries. A failed transaction puts everything back as it was."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import datetime

from bot.model import (
    Case,
    CaseEvent,
    ChatRef,
    Evidence,
    Gap,
    MessageRef,
    Mode,
    Outcome,
    PlannedAction,
    Severity,
    Status,
)
from bot.policy import overturns
from bot.ports import Account, AuditEntry, InboxEntry, Lane, OutboxEntry, Recorded, RunEntry, TracedPicture


class FakeInbox:
    def __init__(self) -> None:
        self.entries: dict[str, tuple[InboxEntry, str]] = {}
        self.places: dict[int, tuple[Lane, str]] = {}

    def add(
        self, about: str, sealed: bytes, at: datetime, lane: Lane = Lane.QUICK, subject: str = ""
    ) -> bool:
        if about in self.entries:
            return False
        number = len(self.entries) + 1
        self.entries[about] = (InboxEntry(number, sealed, about), "waiting")
        self.places[number] = (lane, subject)
        return True

    def waiting(
        self, limit: int, lane: Lane = Lane.QUICK, besides: Collection[int] = ()
    ) -> Sequence[InboxEntry]:
        waiting = [entry for entry, state in self.entries.values() if state == "waiting"]
        ready = []
        for entry in waiting:
            own, subject = self.places[entry.number]
            before = [self.places[one.number] for one in waiting if one.number < entry.number]
            lanes = {earlier for earlier, its in before if subject and its == subject}
            is_held = bool(lanes) and Lane.SLOW in {own, *lanes}
            if own == lane and entry.number not in besides and not is_held:
                ready.append(entry)
        return ready[:limit]

    def waiting_about(self, about: str) -> InboxEntry | None:
        entry, state = self.entries.get(about, (None, ""))
        return entry if state == "waiting" else None

    def finish(self, number: int) -> None:
        self._set(number, "finished")

    def put_aside(self, number: int, why: str) -> None:
        self._set(number, "aside")

    def is_finished(self, about: str) -> bool:
        return about in self.entries and self.entries[about][1] != "waiting"

    def counts(self) -> Mapping[str, int]:
        states = [state for _, state in self.entries.values()]
        return {state: states.count(state) for state in ("waiting", "finished", "aside")}

    def _set(self, number: int, state: str) -> None:
        about, entry = next(
            (about, entry) for about, (entry, _) in self.entries.items() if entry.number == number
        )
        self.entries[about] = (entry, state)


class FakeRuns:
    def __init__(self) -> None:
        self.entries: dict[str, tuple[RunEntry, datetime]] = {}

    def keep(self, entry: RunEntry, at: datetime) -> None:
        self.entries.pop(entry.about, None)
        self.entries[entry.about] = (entry, at)

    def forget(self, before: datetime) -> None:
        self.entries = {about: kept for about, kept in self.entries.items() if kept[1] >= before}

    def kept(self) -> Sequence[RunEntry]:
        return [entry for entry, _ in self.entries.values()]


class FakeCases:
    def __init__(self) -> None:
        self.cases: dict[MessageRef, Case] = {}
        self.timeline: list[tuple[int, CaseEvent]] = []

    def open(self, recorded: Recorded) -> Case:
        known = self.cases.get(recorded.ref)
        case = Case(
            number=known.number if known else len(self.cases) + 1,
            ref=recorded.ref,
            chat_name=known.chat_name if known else recorded.chat_name,
            author=known.author if known else recorded.author,
            severity=recorded.decision.severity,
            status=Status.ACKNOWLEDGED if known and known.status == Status.ACKNOWLEDGED else Status.OPEN,
            rule=recorded.decision.rule,
            provision=recorded.decision.provision,
            why=recorded.decision.why,
            evidence=recorded.evidence,
            opened_at=known.opened_at if known else recorded.at,
            updated_at=recorded.at,
            owner=known.owner if known else "",
            claim=known.claim if known else "",
            tier=known.tier if known else 0,
        )
        self.cases[recorded.ref] = case
        return case

    def get(self, number: int) -> Case | None:
        return next((case for case in self.cases.values() if case.number == number), None)

    def of_message(self, ref: MessageRef) -> Case | None:
        return self.cases.get(ref)

    def list(self, statuses: Sequence[Status] = ()) -> Sequence[Case]:
        wanted = [case for case in self.cases.values() if case.status in (statuses or tuple(Status))]
        return sorted(wanted, key=lambda case: (case.updated_at, case.number), reverse=True)

    def change(
        self, number: int, at: datetime, *, status: Status, outcome: Outcome | None, owner: str
    ) -> None:
        case = self.get(number)
        if case:
            changed = replace(case, status=status, outcome=outcome, owner=owner, updated_at=at)
            self.cases[case.ref] = changed

    def claim(self, number: int, what: str) -> None:
        case = self.get(number)
        if case:
            self.cases[case.ref] = replace(case, claim=what)

    def pass_up(self, number: int, tier: int, at: datetime) -> None:
        case = self.get(number)
        if case:
            self.cases[case.ref] = replace(case, tier=tier, status=Status.OPEN, owner="", updated_at=at)

    def name_provision(self, number: int, provision: str) -> None:
        case = self.get(number)
        if case:
            self.cases[case.ref] = replace(case, provision=provision)

    def of_author(self, platform: str, author: str, limit: int) -> Sequence[Case]:
        own = [case for case in self.list() if (case.ref.platform, case.author.id) == (platform, author)]
        return own[:limit]

    def add_event(self, number: int, event: CaseEvent) -> None:
        self.timeline.append((number, event))

    def events(self, number: int) -> Sequence[CaseEvent]:
        return [event for of, event in self.timeline if of == number]


class FakeDecisions:
    def __init__(self, cases: FakeCases) -> None:
        self.kept: list[tuple[Recorded, bytes | None]] = []
        self._cases = cases

    def add(self, recorded: Recorded, sealed: bytes | None) -> None:
        if self.of_revision(recorded.ref, recorded.revision):
            raise ValueError("this revision was decided before")
        self.kept.append((recorded, sealed))

    def latest(self, ref: MessageRef) -> Recorded | None:
        of_message = [recorded for recorded, _ in self.kept if recorded.ref == ref]
        return max(of_message, key=lambda recorded: recorded.revision, default=None)

    def of_revision(self, ref: MessageRef, revision: int) -> Recorded | None:
        return next((kept for kept, _ in self.kept if (kept.ref, kept.revision) == (ref, revision)), None)

    def newest_with(self, part: str, platform: str, author: str) -> Evidence | None:
        for kept, _ in reversed(self.kept):
            is_his = (kept.ref.platform, kept.author.id) == (platform, author)
            if is_his and any(finding.part == part for finding in kept.evidence.findings):
                return kept.evidence
        return None

    def sealed(self, ref: MessageRef) -> Sequence[tuple[int, bytes]]:
        return sorted((kept.revision, sealed) for kept, sealed in self.kept if sealed and kept.ref == ref)

    def warned_at(self, ref: MessageRef, author: str) -> tuple[datetime, ...]:
        first: dict[MessageRef, datetime] = {}
        for kept, _ in self.kept:
            case = self._cases.of_message(kept.ref)
            if (
                kept.ref.chat_ref == ref.chat_ref
                and kept.ref != ref
                and kept.author.id == author
                and kept.is_warned
                and kept.decision.severity >= Severity.MEDIUM
                and not (case and case.outcome and overturns(case.outcome))
            ):
                sent = kept.sent_at or kept.at
                first[kept.ref] = min(sent, first.get(kept.ref, sent))
        return tuple(sorted(first.values()))


class FakeOutbox:
    def __init__(self) -> None:
        self.entries: dict[str, OutboxEntry] = {}

    def plan(self, planned: PlannedAction, at: datetime) -> bool:
        if planned.key in self.entries:
            return False
        self.entries[planned.key] = OutboxEntry(planned, "waiting", 0, at, at, "")
        return True

    def due(self, now: datetime, limit: int, platform: str | None = None) -> Sequence[OutboxEntry]:
        due = [entry for entry in self._waiting(platform) if entry.due <= now]
        return sorted(due, key=lambda entry: (entry.planned.can_wait, entry.due))[:limit]

    def waiting(self) -> int:
        return len(self._waiting(None))

    def next_due(self, platform: str | None = None) -> datetime | None:
        return min((entry.due for entry in self._waiting(platform)), default=None)

    def done(self, key: str, result: str) -> None:
        self._change(key, state="done", result=result)

    def failed(self, key: str, why: str) -> None:
        self._change(key, state="failed", result=why)

    def retry(self, key: str, at: datetime, why: str) -> None:
        self._change(key, state="waiting", result=why, due=at)

    def drop(self, ref: MessageRef, why: str) -> None:
        for key, entry in self.entries.items():
            if entry.planned.ref == ref and entry.state == "waiting" and entry.planned.by == "policy":
                self.entries[key] = replace(entry, state="dropped", result=why)

    def of_message(self, ref: MessageRef) -> Sequence[OutboxEntry]:
        return [entry for entry in self.entries.values() if entry.planned.ref == ref]

    def _waiting(self, platform: str | None) -> Sequence[OutboxEntry]:
        return [
            entry
            for entry in self.entries.values()
            if entry.state == "waiting" and platform in {None, entry.planned.platform}
        ]

    def _change(self, key: str, **changes: object) -> None:
        entry = self.entries[key]
        self.entries[key] = replace(entry, attempts=entry.attempts + 1, **changes)  # type: ignore[arg-type]


class FakeModes:
    def __init__(self) -> None:
        self.modes: dict[ChatRef, Mode] = {}

    def put(self, chat: ChatRef, mode: Mode) -> None:
        self.modes[chat] = mode

    def get(self, chat: ChatRef) -> Mode | None:
        return self.modes.get(chat)


class FakeLanguages:
    def __init__(self) -> None:
        self.languages: dict[tuple[str, str], str] = {}

    def put(self, platform: str, person: str, language: str) -> None:
        self.languages[platform, person] = language

    def get(self, platform: str, person: str) -> str | None:
        return self.languages.get((platform, person))


class FakeGaps:
    def __init__(self) -> None:
        self.gaps: list[Gap] = []
        self.told: list[Gap] = []

    def add(self, gap: Gap, *, is_told: bool) -> None:
        self.gaps.append(gap)
        if is_told:
            self.told.append(gap)

    def list(self, limit: int) -> Sequence[Gap]:
        return sorted(self.gaps, key=lambda gap: gap.at, reverse=True)[:limit]

    def newest_told(self, chat: ChatRef) -> Gap | None:
        return max((gap for gap in self.told if gap.chat == chat), key=lambda gap: gap.at, default=None)


class FakeFiles:
    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, bytes, datetime]] = {}

    def keep(self, fingerprint: str, edition: str, sealed: bytes, at: datetime) -> None:
        self.kept[fingerprint] = (edition, sealed, at)

    def get(self, fingerprint: str, edition: str) -> bytes | None:
        own, sealed, _ = self.kept.get(fingerprint, ("", b"", None))
        return sealed if own == edition else None

    def forget(self, before: datetime, most: int) -> None:
        newest = sorted(self.kept.items(), key=lambda item: item[1][2], reverse=True)[:most]
        self.kept = {name: kept for name, kept in newest if kept[2] >= before}


class FakeTraces:
    def __init__(self, cases: FakeCases) -> None:
        self.files: dict[tuple[int, str], None] = {}
        self.seen: dict[tuple[int, str], bytes] = {}
        self._cases = cases

    def keep_files(self, case: int, fingerprints: Collection[str]) -> None:
        self.files |= {(case, one): None for one in fingerprints}

    def keep_pictures(self, case: int, sealed: Mapping[str, bytes]) -> None:
        self.seen = {(case, name): content for name, content in sealed.items()} | self.seen

    def cases_with(self, fingerprint: str, besides: MessageRef) -> Sequence[int]:
        found = [case for case, name in self.files if name == fingerprint]
        return sorted(case for case in found if self._case(case).ref != besides)

    def pictures(self, besides: MessageRef, limit: int) -> Sequence[TracedPicture]:
        found = [TracedPicture(case, name, sealed) for (case, name), sealed in self.seen.items()]
        return [one for one in found if self._counts(self._case(one.case), besides)][:limit]

    def _counts(self, case: Case, besides: MessageRef) -> bool:
        return case.ref != besides and not (case.outcome and overturns(case.outcome))

    def _case(self, number: int) -> Case:
        case = self._cases.get(number)
        assert case
        return case


class FakeAudit:
    def __init__(self) -> None:
        self.log: list[AuditEntry] = []

    def append(self, entry: AuditEntry) -> None:
        self.log.append(entry)

    def entries(self) -> Sequence[AuditEntry]:
        return list(self.log)

    def first_broken(self) -> int | None:
        return None


class FakeAccounts:
    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.sessions: dict[str, tuple[str, datetime]] = {}

    def add(self, account: Account) -> None:
        self.accounts[account.name] = account

    def get(self, name: str) -> Account | None:
        return self.accounts.get(name)

    def any(self) -> bool:
        return bool(self.accounts)

    def start_session(self, token_hash: str, name: str, now: datetime, until: datetime) -> None:
        self.sessions = {token: kept for token, kept in self.sessions.items() if kept[1] > now}
        self.sessions[token_hash] = (name, until)

    def session(self, token_hash: str, now: datetime) -> str | None:
        name, until = self.sessions.get(token_hash, ("", now))
        return name if until > now else None

    def end_sessions(self, name: str) -> None:
        self.sessions = {token: kept for token, kept in self.sessions.items() if kept[0] != name}

    def end_session(self, token_hash: str) -> None:
        self.sessions.pop(token_hash, None)


class FakeStore:
    def __init__(self) -> None:
        self.inbox = FakeInbox()
        self.runs = FakeRuns()
        self.cases = FakeCases()
        self.decisions = FakeDecisions(self.cases)
        self.outbox = FakeOutbox()
        self.modes = FakeModes()
        self.languages = FakeLanguages()
        self.gaps = FakeGaps()
        self.files = FakeFiles()
        self.traces = FakeTraces(self.cases)
        self.audit = FakeAudit()
        self.accounts = FakeAccounts()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        ledgers = (
            self.inbox,
            self.runs,
            self.cases,
            self.decisions,
            self.outbox,
            self.modes,
            self.languages,
            self.gaps,
            self.files,
            self.traces,
            self.audit,
            self.accounts,
        )
        before = [
            {name: deepcopy(value) for name, value in vars(ledger).items() if name != "_cases"}
            for ledger in ledgers
        ]
        try:
            yield
        except BaseException:
            for ledger, state in zip(ledgers, before, strict=True):
                vars(ledger).update(state)
            raise

    def close(self) -> None:
        pass
