"""Everything that must outlive the process."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.model import (
    Case,
    CaseEvent,
    ChatRef,
    Decision,
    Evidence,
    Gap,
    MessageRef,
    Mode,
    Outcome,
    Person,
    PlannedAction,
    Status,
)


class Lane(StrEnum):
    """Where an event waits: those whose files take long to read wait apart, and hold up no other."""

    QUICK = "quick"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """An event that waits. `sealed` is the event itself, encrypted."""

    number: int
    sealed: bytes
    about: str


class InboxLedger(Protocol):
    def add(
        self, about: str, sealed: bytes, at: datetime, lane: Lane = Lane.QUICK, subject: str = ""
    ) -> bool:
        """Keeps an event; False if one `about` the same was kept before.

        `subject` names the message that it concerns, and is empty where it concerns none.
        """

    def waiting(
        self, limit: int, lane: Lane = Lane.QUICK, besides: Collection[int] = ()
    ) -> Sequence[InboxEntry]:
        """The oldest entries of a lane that are not finished, without those numbered in `besides`.

        No entry overtakes another of the same subject: where one of the two is slow, the later one is left
        out until the earlier one is finished.
        """

    def waiting_about(self, about: str) -> InboxEntry | None:
        """The entry of that name, if it is not finished."""

    def finish(self, number: int) -> None:
        """Marks an entry as dealt with and forgets its content."""

    def put_aside(self, number: int, why: str) -> None:
        """Marks an entry that can't be dealt with; it stays sealed and is counted."""

    def is_finished(self, about: str) -> bool:
        """Whether an entry was kept and is not waiting any more."""

    def counts(self) -> Mapping[str, int]:
        """How many entries are `waiting`, `finished` and `aside`."""


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A message of the last minutes. `sealed` is the message without its files, encrypted.

    `is_told`: whether what its run gave away was told, so that the run ends with it.
    """

    about: str
    sealed: bytes
    is_told: bool


class RunLedger(Protocol):
    def keep(self, entry: RunEntry, at: datetime) -> None: ...

    def forget(self, before: datetime) -> None:
        """Erases what was kept before then."""

    def kept(self) -> Sequence[RunEntry]:
        """Everything that is kept, in the order in which it was."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision as it was recorded."""

    ref: MessageRef
    revision: int
    chat_name: str
    author: Person
    decision: Decision
    evidence: Evidence
    at: datetime
    sent_at: datetime | None = None
    is_warned: bool = True
    """Whether its author was really warned, or would have been in a stricter mode."""


class DecisionLedger(Protocol):
    def add(self, recorded: Recorded, sealed: bytes | None) -> None:
        """Keeps a decision, and with it the sealed message where a person may have to look at it."""

    def latest(self, ref: MessageRef) -> Recorded | None:
        """The decision on the newest revision."""

    def of_revision(self, ref: MessageRef, revision: int) -> Recorded | None: ...

    def newest_with(self, part: str, platform: str, author: str) -> Evidence | None:
        """The newest evidence about somebody in which something was found in such a part."""

    def sealed(self, ref: MessageRef) -> Sequence[tuple[int, bytes]]:
        """The sealed revisions of a message, oldest first."""

    def warned_at(self, ref: MessageRef, author: str) -> tuple[datetime, ...]:
        """When other messages of the author were sent in the same chat that he was warned of.

        Those whose case ended as authorised, public or false alarm are left out.
        """


class CaseLedger(Protocol):
    def open(self, recorded: Recorded) -> Case:
        """Opens a case for a message, or reopens and renews the one it has."""

    def get(self, number: int) -> Case | None: ...

    def of_message(self, ref: MessageRef) -> Case | None: ...

    def list(self, statuses: Sequence[Status] = ()) -> Sequence[Case]:
        """Newest first; all where no status is named."""

    def change(
        self, number: int, at: datetime, *, status: Status, outcome: Outcome | None, owner: str
    ) -> None: ...

    def claim(self, number: int, what: str) -> None:
        """Keeps what the author says of his case."""

    def pass_up(self, number: int, tier: int, at: datetime) -> None:
        """Keeps how far up a case was passed; nobody there has taken it yet."""

    def name_provision(self, number: int, provision: str) -> None:
        """Keeps under which provision a message was reported."""

    def of_author(self, platform: str, author: str, limit: int) -> Sequence[Case]:
        """The newest cases about somebody's messages."""

    def add_event(self, number: int, event: CaseEvent) -> None: ...

    def events(self, number: int) -> Sequence[CaseEvent]:
        """The timeline, oldest first."""


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A planned action as it stands: waiting, done, failed or dropped. `result` says how it went."""

    planned: PlannedAction
    state: str
    attempts: int
    planned_at: datetime
    due: datetime
    result: str


class OutboxLedger(Protocol):
    def plan(self, planned: PlannedAction, at: datetime) -> bool:
        """Keeps an action to be done; False if one with the same key was planned before."""

    def due(self, now: datetime, limit: int, platform: str | None = None) -> Sequence[OutboxEntry]:
        """What is to be done now, by one platform or by all: first what can't wait, the oldest first."""

    def waiting(self) -> int:
        """How many actions are still to be done."""

    def next_due(self, platform: str | None = None) -> datetime | None:
        """When the earliest waiting action is due."""

    def done(self, key: str, result: str) -> None: ...

    def retry(self, key: str, at: datetime, why: str) -> None: ...

    def failed(self, key: str, why: str) -> None: ...

    def drop(self, ref: MessageRef, why: str) -> None:
        """Lets go of what the policy still wanted for a message that is not what it was any more."""

    def of_message(self, ref: MessageRef) -> Sequence[OutboxEntry]: ...


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something that was done, by whom, to what. Never holds content."""

    at: datetime
    actor: str
    act: str
    subject: str
    details: str = ""


class ModeLedger(Protocol):
    """The modes that moderators set; they go before the configuration's."""

    def put(self, chat: ChatRef, mode: Mode) -> None: ...

    def get(self, chat: ChatRef) -> Mode | None: ...


class LanguageLedger(Protocol):
    """The languages that people chose for themselves."""

    def put(self, platform: str, person: str, language: str) -> None: ...

    def get(self, platform: str, person: str) -> str | None: ...


class GapLedger(Protocol):
    def add(self, gap: Gap, *, is_told: bool) -> None:
        """Keeps a gap, and whether moderators hear of it."""

    def list(self, limit: int) -> Sequence[Gap]:
        """The newest first."""

    def newest_told(self, chat: ChatRef) -> Gap | None:
        """The newest of a chat that moderators heard of."""


class FileLedger(Protocol):
    """What was found in files, sealed, by the files' fingerprints. `edition` says what it was found with."""

    def keep(self, fingerprint: str, edition: str, sealed: bytes, at: datetime) -> None: ...

    def get(self, fingerprint: str, edition: str) -> bytes | None: ...

    def forget(self, before: datetime, most: int) -> None:
        """Erases what was kept before then, and of the rest all but the newest `most`."""


@dataclass(frozen=True, slots=True)
class TracedPicture:
    """What a picture in a case looks like. `name` is its fingerprint, `sealed` its print, encrypted."""

    case: int
    name: str
    sealed: bytes


class TraceLedger(Protocol):
    """By what the files of cases are known again, for as long as there is the case."""

    def keep_files(self, case: int, fingerprints: Collection[str]) -> None:
        """Adds files to a case."""

    def keep_pictures(self, case: int, sealed: Mapping[str, bytes]) -> None:
        """Adds what pictures look like, by their names."""

    def cases_with(self, fingerprint: str, besides: MessageRef) -> Sequence[int]:
        """The cases of other messages with such a file, oldest first."""

    def pictures(self, besides: MessageRef, limit: int) -> Sequence[TracedPicture]:
        """What the pictures of other messages' cases look like, newest first.

        Cases that ended as authorised, public or false alarm are left out.
        """


class AuditLedger(Protocol):
    def append(self, entry: AuditEntry) -> None:
        """Adds an entry whose hash covers the one before it."""

    def entries(self) -> Sequence[AuditEntry]: ...

    def first_broken(self) -> int | None:
        """The number of the first entry that does not fit its hash; None where all do."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in to the console."""

    name: str
    password_hash: str


class AccountLedger(Protocol):
    def add(self, account: Account) -> None: ...

    def get(self, name: str) -> Account | None: ...

    def any(self) -> bool: ...

    def start_session(self, token_hash: str, name: str, now: datetime, until: datetime) -> None:
        """Starts a session, and forgets those that are over."""

    def session(self, token_hash: str, now: datetime) -> str | None:
        """The name of the account whose session this is, if it is not over."""

    def end_session(self, token_hash: str) -> None: ...

    def end_sessions(self, name: str) -> None:
        """Ends all the sessions of an account."""


class Store(Protocol):
    """Everything that must outlive the process. Calls inside `transaction()` happen all or not at all."""

    inbox: InboxLedger
    runs: RunLedger
    decisions: DecisionLedger
    cases: CaseLedger
    outbox: OutboxLedger
    modes: ModeLedger
    languages: LanguageLedger
    gaps: GapLedger
    files: FileLedger
    traces: TraceLedger
    audit: AuditLedger
    accounts: AccountLedger

    def transaction(self) -> AbstractContextManager[None]: ...

    def close(self) -> None: ...
