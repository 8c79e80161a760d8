"""The life of a case after it was opened: what its author, a moderator or an edit does to it."""

from dataclasses import dataclass

from bot.chats import Chats
from bot.errors import InputError
from bot.model import (
    Action,
    Answer,
    Case,
    CaseEvent,
    Choice,
    Deletion,
    MessageRef,
    Outcome,
    Person,
    PlannedAction,
    Severity,
    Status,
)
from bot.planning import Speaker, action_key
from bot.policy import is_live
from bot.ports import AuditEntry, Bus, Clock, Recorded, Store

LONGEST_LETTER = 80


@dataclass(frozen=True, slots=True)
class Cases:
    """Every change to a case goes through here, with its line in the timeline and in the audit log."""

    store: Store
    clock: Clock
    bus: Bus
    chats: Chats
    speaker: Speaker

    def acknowledge(self, number: int, moderator: str) -> None:
        """The moderator takes the case. Raises InputError where there is none."""
        with self.store.transaction():
            case = self._case(number)
            if case.status == Status.OPEN:
                self._change(case, Status.ACKNOWLEDGED, None, moderator, moderator, "acknowledged the case")
        self._tell()

    def close(self, number: int, outcome: Outcome, moderator: str) -> None:
        """The moderator says what it was, and the author is told. It may be said otherwise later."""
        words = f"closed the case as {outcome.replace('_', ' ')}"
        with self.store.transaction():
            case = self._case(number)
            if (case.status, case.outcome) != (Status.CLOSED, outcome):
                self._change(case, Status.CLOSED, outcome, case.owner or moderator, moderator, words)
                self._tell_author(case.ref, case.author, outcome)
        self._tell()

    def remove(self, number: int, moderator: str) -> None:
        """The moderator wants the message taken off the chat, whatever the chat's mode."""
        with self.store.transaction():
            case = self._case(number)
            if self._plan_removal(case.ref, moderator, case.number):
                self._note(case, moderator, "asked for the message to be removed")
        self._tell()

    def answered(self, answer: Answer) -> None:
        """The author answered his warning. An answer by anybody else is refused and recorded."""
        recorded = self.store.decisions.latest(answer.ref)
        case = self.store.cases.of_message(answer.ref)
        if recorded is None or recorded.author.id != answer.by.id:
            self._audit(answer.by.id, "answer refused", _subject(answer.ref), "not the author of the message")
        elif answer.choice == Choice.REMOVE:
            self._plan_removal(answer.ref, "author", case.number if case else None)
            if case:
                self._note(case, "author", "asked for the message to be removed")
            else:
                self._audit("author", "asked for removal", _subject(answer.ref))
        elif recorded.decision.severity < Severity.MEDIUM and case is None:
            self._audit("author", _claim(answer, with_letter=False), _subject(answer.ref))
        else:
            self._claimed(answer, recorded, case)

    def deleted(self, deletion: Deletion) -> None:
        """A message is gone. What was planned for it is let go; its author's case ends well."""
        recorded = self.store.decisions.latest(deletion.ref)
        if recorded and deletion.by in {"", recorded.author.id}:
            self.store.outbox.drop(deletion.ref, "the message was deleted")
            self.corrected(deletion.ref, "deleted the message")

    def corrected(self, ref: MessageRef, how: str) -> None:
        """The author took the message back or mended it: his case, if it is not closed, ends well."""
        case = self.store.cases.of_message(ref)
        if case and case.status != Status.CLOSED:
            self._change(case, Status.CLOSED, Outcome.CORRECTED, case.owner, "author", how)
        recorded = self.store.decisions.latest(ref)
        if recorded and self._was_warned(ref):
            self._tell_author(ref, recorded.author, Outcome.CORRECTED)

    def judged(self, recorded: Recorded, previous: Recorded | None) -> Case:
        """A decision that a person must see: opens a case, or brings the message's case up to date.

        While a case is not closed it keeps the worst that was seen. One that was closed as no leak stays so,
        as long as an edit makes it no worse.
        """
        case = self.store.cases.of_message(recorded.ref)
        why = recorded.decision.why
        if case is None:
            case = self.store.cases.open(recorded)
            self._note(case, "policy", f"opened the case: {why}")
        elif case.status == Status.CLOSED:
            was = previous.decision.severity if previous else Severity.NONE
            if case.outcome != Outcome.CORRECTED and recorded.decision.severity <= was:
                self._note(case, "policy", f"looked at an edit, which is no worse: {why}")
            else:
                case = self.store.cases.open(recorded)
                self._note(case, "policy", f"reopened the case after an edit: {why}")
        elif recorded.decision.severity >= case.severity:
            case = self.store.cases.open(recorded)
            self._note(case, "policy", f"looked at an edit: {why}")
        else:
            self._note(case, "policy", f"looked at an edit, now {recorded.decision.severity}: {why}")
        return case

    def failed(self, planned: PlannedAction, why: str) -> None:
        """What the bot could not do, a person must know."""
        case = self.store.cases.of_message(planned.ref)
        recorded = self.store.decisions.latest(planned.ref)
        is_leak = recorded is not None and recorded.decision.severity >= Severity.MEDIUM
        what = f"could not {planned.action}: {why}"
        # That an author could not be told how it ended is noted, but is no reason to open it again.
        is_ending = planned.notice is not None and not planned.notice.choices
        if recorded and not is_ending and (planned.by != "policy" or is_leak):
            if case is None:
                case = self.store.cases.open(recorded)
            elif case.status == Status.CLOSED:
                self.store.cases.change(
                    case.number, self.clock.now(), status=Status.OPEN, outcome=None, owner=case.owner
                )
            if planned.action != Action.ESCALATE:
                self._announce(case, f"the bot {what}")
        if case:
            self._note(case, "bot", what)
        else:
            self._audit("bot", what, _subject(planned.ref))

    def _claimed(self, answer: Answer, recorded: Recorded, case: Case | None) -> None:
        """The author says that the warning does not fit: moderators hear of it."""
        if recorded.decision.severity >= Severity.MEDIUM and (case is None or case.status == Status.CLOSED):
            case = self.store.cases.open(recorded)
        if case:
            what = _claim(answer, with_letter=True)
            self.store.cases.claim(case.number, what)
            self.store.cases.add_event(case.number, CaseEvent(self.clock.now(), "author", what))
            self._audit("author", _claim(answer, with_letter=False), f"case {case.number}")
            self._announce(case, what)

    def _announce(self, case: Case, what: str) -> None:
        """Tells the moderators' chat, if there is one, that something is new about a case."""
        chat = self.chats.of(case.ref.chat_ref)
        key = action_key(Action.ESCALATE, case.ref, f"event {len(self.store.cases.events(case.number))}")
        card = self.speaker.card(key, chat, case, what)
        if card:
            live = is_live(chat.mode, Action.ESCALATE)
            planned = PlannedAction(
                key, Action.ESCALATE, case.ref, live, by="bot", case=case.number, card=card
            )
            self.store.outbox.plan(planned, self.clock.now())

    def _tell_author(self, ref: MessageRef, author: Person, outcome: Outcome) -> None:
        live = self._was_warned(ref)
        if live:
            number = len(self.store.outbox.of_message(ref))
            key = action_key(Action.WARN, ref, f"ending {number}")
            notice = self.speaker.ending(key, ref, author, outcome)
            planned = PlannedAction(key, Action.WARN, ref, live=True, by="bot", notice=notice)
            self.store.outbox.plan(planned, self.clock.now())

    def _was_warned(self, ref: MessageRef) -> bool:
        return any(
            entry.planned.action == Action.WARN and entry.planned.live and entry.state == "done"
            for entry in self.store.outbox.of_message(ref)
        )

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
        key = action_key(Action.REMOVE, ref, f"asked {len(removals)}")
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


def _claim(answer: Answer, *, with_letter: bool) -> str:
    if answer.choice == Choice.DISPUTE:
        return "disputes the warning"
    letter = " ".join(answer.letter.split())[:LONGEST_LETTER]
    return (
        f"says that he is authorised, letter {letter}"
        if letter and with_letter
        else "says that he is authorised"
    )


def _subject(ref: MessageRef) -> str:
    return f"{ref.platform}/{ref.chat}/{ref.id}"
