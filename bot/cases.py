"""The life of a case after it was opened: what its author, a moderator or an edit does to it."""

from dataclasses import dataclass

from bot.errors import InputError
from bot.model import (
    Action,
    Answer,
    Case,
    CaseEvent,
    Choice,
    MessageRef,
    Outcome,
    PlannedAction,
    Status,
)
from bot.ports import AuditEntry, Bus, Clock, Store

LONGEST_LETTER = 80


@dataclass(frozen=True, slots=True)
class Cases:
    """Every change to a case goes through here, with its line in the timeline and in the audit log."""

    store: Store
    clock: Clock
    bus: Bus

    def acknowledge(self, number: int, moderator: str) -> None:
        """The moderator takes the case. Raises InputError where there is none."""
        case = self._case(number)
        if case.status == Status.OPEN:
            with self.store.transaction():
                self._change(case, Status.ACKNOWLEDGED, None, moderator, moderator, "acknowledged the case")
        self._tell()

    def close(self, number: int, outcome: Outcome, moderator: str) -> None:
        """The moderator says what it was. A closed case may be closed again otherwise."""
        case = self._case(number)
        words = f"closed the case as {outcome.replace('_', ' ')}"
        if (case.status, case.outcome) != (Status.CLOSED, outcome):
            with self.store.transaction():
                self._change(case, Status.CLOSED, outcome, case.owner or moderator, moderator, words)
        self._tell()

    def remove(self, number: int, moderator: str) -> None:
        """The moderator wants the message taken off the chat, whatever the chat's mode."""
        case = self._case(number)
        with self.store.transaction():
            if self._plan_removal(case.ref, moderator, case.number):
                self._note(case, moderator, "asked for the message to be removed")
        self._tell()

    def answered(self, answer: Answer) -> None:
        """The author answered his warning. An answer by anybody else is refused and recorded."""
        recorded = self.store.decisions.latest(answer.ref)
        if recorded is None or recorded.author.id != answer.by.id:
            self._audit(answer.by.id, "answer refused", _subject(answer.ref), "not the author of the message")
            return
        if answer.choice == Choice.REMOVE:
            case = self.store.cases.of_message(answer.ref)
            self._plan_removal(answer.ref, "author", case.number if case else None)
            if case:
                self._note(case, "author", "asked for the message to be removed")
            else:
                self._audit("author", "asked for removal", _subject(answer.ref))
        else:
            case = self.store.cases.of_message(answer.ref)
            if case is None or case.status == Status.CLOSED:
                case = self.store.cases.open(recorded)
            self._note(case, "author", _answer_in_words(answer))

    def corrected(self, ref: MessageRef, how: str) -> None:
        """The author took the message back or mended it: his case, if it is not closed, ends well."""
        case = self.store.cases.of_message(ref)
        if case and case.status != Status.CLOSED:
            self._change(case, Status.CLOSED, Outcome.CORRECTED, case.owner, "author", how)

    def _change(
        self, case: Case, status: Status, outcome: Outcome | None, owner: str, actor: str, what: str
    ) -> None:
        self.store.cases.change(case.number, self.clock.now(), status=status, outcome=outcome, owner=owner)
        self._note(case, actor, what)

    def _plan_removal(self, ref: MessageRef, by: str, case: int | None) -> bool:
        removals = [
            entry for entry in self.store.outbox.of_message(ref) if entry.planned.action == Action.REMOVE
        ]
        if any(entry.planned.live and entry.state in {"waiting", "done"} for entry in removals):
            return False
        key = f"remove {_subject(ref)} {len(removals) + 1}"
        planned = PlannedAction(key, Action.REMOVE, ref, live=True, by=by, case=case)
        return self.store.outbox.plan(planned, self.clock.now())

    def _note(self, case: Case, actor: str, what: str) -> None:
        self.store.cases.add_event(case.number, CaseEvent(self.clock.now(), actor, what))
        self._audit(actor, what, f"case {case.number}")

    def _audit(self, actor: str, act: str, subject: str, details: str = "") -> None:
        self.store.audit.append(AuditEntry(self.clock.now(), actor, act, subject, details))

    def _case(self, number: int) -> Case:
        case = self.store.cases.get(number)
        if case is None:
            raise InputError(f"There is no case {number}.")
        return case

    def _tell(self) -> None:
        self.bus.publish("cases")
        self.bus.publish("outbox")


def _answer_in_words(answer: Answer) -> str:
    if answer.choice == Choice.AUTHORISED:
        letter = " ".join(answer.letter.split())[:LONGEST_LETTER]
        return f"says that he is authorised, letter {letter}" if letter else "says that he is authorised"
    return "disputes the warning"


def _subject(ref: MessageRef) -> str:
    return f"{ref.platform}/{ref.chat}/{ref.id}"
