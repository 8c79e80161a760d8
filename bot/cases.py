"""The life of a case after it was opened: what its author, a moderator or an edit does to it."""

from dataclasses import dataclass

from bot import notices
from bot.cards import MAY_NOT_ACT, Cards
from bot.chats import Chats
from bot.errors import InputError
from bot.model import (
    Action,
    Answer,
    CardChoice,
    Case,
    CaseEvent,
    Choice,
    Deletion,
    MessageRef,
    Outcome,
    Person,
    PlannedAction,
    Press,
    Severity,
    Status,
)
from bot.planning import action_key, is_removed
from bot.policy import overturns
from bot.ports import AuditEntry, Bus, Clock, OutboxEntry, Recorded, Store
from bot.speaking import Speaker

LONGEST_LETTER = 80

_OUTCOMES = {
    CardChoice.LEAK: Outcome.LEAK,
    CardChoice.FALSE_ALARM: Outcome.FALSE_ALARM,
    CardChoice.AUTHORISED: Outcome.AUTHORISED,
}


@dataclass(frozen=True, slots=True)
class Cases:
    """Every change to a case goes through here, with its line in the timeline and in the audit log."""

    store: Store
    clock: Clock
    bus: Bus
    chats: Chats
    speaker: Speaker
    cards: Cards

    def acknowledge(self, number: int, moderator: str) -> None:
        """The moderator takes the case. Raises InputError where there is none."""
        with self.store.transaction():
            self._acknowledge(self._case(number), moderator)
        self._tell()

    def close(self, number: int, outcome: Outcome, moderator: str) -> None:
        """The moderator says what it was, and the author is told. It may be said otherwise later."""
        with self.store.transaction():
            self._close(self._case(number), outcome, moderator)
        self._tell()

    def remove(self, number: int, moderator: str) -> None:
        """The moderator wants the message taken off the chat, whatever the chat's mode."""
        with self.store.transaction():
            case = self._case(number)
            if case.rule == MAY_NOT_ACT:
                raise InputError(f"Case {number} is about no message that could be removed.")
            self._remove(case, moderator)
        self._tell()

    def pressed(self, press: Press) -> None:
        """A moderator pressed a button under a card; whoever else did is refused, and that is recorded."""
        case = self.store.cases.get(press.case)
        moderator = press.by.name or press.by.id
        if case is None or not self.may_press(case, press):
            self.refused(press)
        elif press.choice == CardChoice.ACKNOWLEDGE:
            self._acknowledge(case, moderator)
        elif press.choice == CardChoice.REMOVE:
            self._remove(case, moderator)
        elif press.choice == CardChoice.PASS_UP:
            self._pass_up(case, press, moderator)
        else:
            self._close(case, _OUTCOMES[press.choice], moderator)

    def may_press(self, case: Case, press: Press) -> bool:
        """Whether somebody is one of those who look after a case, and pressed where they do."""
        concerned = next((one for one in self.cards.concerned(case) if one.chat == press.chat), None)
        return concerned is not None and press.is_member and concerned.include(press.by)

    def refused(self, press: Press) -> None:
        """Puts on record that somebody who is no moderator pressed a button of theirs."""
        who = f"{press.chat.platform} {press.by.id}"
        where = f"{press.chat.platform}/{press.chat.id}"
        self._audit(who, "press refused", f"case {press.case}", f"{press.choice} in {where}: no moderator")

    def answered(self, answer: Answer) -> None:
        """The author answered his warning. An answer by anybody else is refused and recorded."""
        recorded = self.store.decisions.latest(answer.ref)
        case = self.store.cases.of_message(answer.ref)
        if recorded is None or recorded.author.id != answer.by.id:
            self._audit(answer.by.id, "answer refused", _subject(answer.ref), "not the author of the message")
        elif answer.choice == Choice.REMOVE:
            self._plan_removal(answer.ref, "author", case.number if case else None)
            if case:
                self.note(case, "author", "asked for the message to be removed")
                self.cards.show(self._case(case.number))
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
            self.note(case, "policy", f"opened the case: {why}")
        elif case.status == Status.CLOSED:
            was = previous.decision.severity if previous else Severity.NONE
            if case.outcome != Outcome.CORRECTED and recorded.decision.severity <= was:
                self.note(case, "policy", f"looked at an edit, which is no worse: {why}")
            else:
                case = self.store.cases.open(recorded)
                self.note(case, "policy", f"reopened the case after an edit: {why}")
        elif recorded.decision.severity >= case.severity:
            case = self.store.cases.open(recorded)
            self.note(case, "policy", f"looked at an edit: {why}")
        else:
            self.note(case, "policy", f"looked at an edit, now {recorded.decision.severity}: {why}")
        return case

    def reopen(self, case: Case) -> None:
        """A person has to look at it again; where it is open, it stays as it is."""
        if case.status == Status.CLOSED:
            self.store.cases.change(
                case.number, self.clock.now(), status=Status.OPEN, outcome=None, owner=case.owner
            )

    def refresh(self, ref: MessageRef) -> None:
        """Something was done about a message: its case's cards show it."""
        case = self.store.cases.of_message(ref)
        if case:
            self.cards.show(case, by_person=True)

    def note(self, case: Case, actor: str, what: str) -> None:
        """A line of the timeline, and of the audit log."""
        self.store.cases.add_event(case.number, CaseEvent(self.clock.now(), actor, what))
        self._audit(actor, what, f"case {case.number}")

    def _acknowledge(self, case: Case, moderator: str) -> None:
        if case.status == Status.OPEN:
            self._change(case, Status.ACKNOWLEDGED, None, moderator, moderator, "acknowledged the case")

    def _close(self, case: Case, outcome: Outcome, moderator: str) -> None:
        if (case.status, case.outcome) == (Status.CLOSED, outcome):
            return
        words = f"closed the case as {outcome.replace('_', ' ')}"
        self._change(case, Status.CLOSED, outcome, case.owner or moderator, moderator, words)
        self._tell_author(case.ref, case.author, outcome)
        if overturns(outcome) and self._is_held(case.ref):
            key = action_key(Action.RELEASE, case.ref, outcome)
            planned = PlannedAction(key, Action.RELEASE, case.ref, live=True, by=moderator, case=case.number)
            self.store.outbox.plan(planned, self.clock.now())

    def _remove(self, case: Case, moderator: str) -> None:
        if case.rule != MAY_NOT_ACT and self._plan_removal(case.ref, moderator, case.number):
            self.note(case, moderator, "asked for the message to be removed")
            self.cards.show(case, by_person=True)

    def _pass_up(self, case: Case, press: Press, moderator: str) -> None:
        """Those above see the case from now on; those below go on seeing it."""
        moderators = self.chats.of(case.ref.chat_ref).moderators
        chain = moderators.chain if moderators else ()
        if case.status == Status.CLOSED or case.tier + 1 >= len(chain) or chain[case.tier].chat != press.chat:
            return
        self.store.cases.pass_up(case.number, case.tier + 1, self.clock.now())
        self.note(case, moderator, "passed the case up")
        above = chain[case.tier + 1].chat
        self.cards.renew(case.number, "passed-up", by_person=True, news_for=above, who=moderator)

    def _claimed(self, answer: Answer, recorded: Recorded, case: Case | None) -> None:
        """The author says that the warning does not fit: moderators hear of it."""
        if recorded.decision.severity >= Severity.MEDIUM and (case is None or case.status == Status.CLOSED):
            case = self.store.cases.open(recorded)
        if case:
            what = _claim(answer, with_letter=True)
            self.store.cases.claim(case.number, what)
            self.store.cases.add_event(case.number, CaseEvent(self.clock.now(), "author", what))
            self._audit("author", _claim(answer, with_letter=False), f"case {case.number}")
            self.cards.show_claim(self._case(case.number))

    def _tell_author(self, ref: MessageRef, author: Person, outcome: Outcome) -> None:
        if self._was_warned(ref):
            number = len(self.store.outbox.of_message(ref))
            key = action_key(Action.WARN, ref, f"ending {number}")
            language = self.chats.language_of(ref.chat_ref, author)
            notice = notices.ending(self.speaker, key, ref, author, outcome, language)
            planned = PlannedAction(key, Action.WARN, ref, live=True, by="bot", notice=notice)
            self.store.outbox.plan(planned, self.clock.now())

    def _was_warned(self, ref: MessageRef) -> bool:
        return any(
            entry.planned.action == Action.WARN and entry.planned.live and entry.state == "done"
            for entry in self.store.outbox.of_message(ref)
        )

    def _is_held(self, ref: MessageRef) -> bool:
        return any(
            entry.planned.action == Action.HOLD and entry.planned.live and entry.state in {"waiting", "done"}
            for entry in self.store.outbox.of_message(ref)
        )

    def _change(
        self, case: Case, status: Status, outcome: Outcome | None, owner: str, actor: str, what: str
    ) -> None:
        self.store.cases.change(case.number, self.clock.now(), status=status, outcome=outcome, owner=owner)
        self.note(case, actor, what)
        self.cards.show(self._case(case.number), by_person=True)

    def _plan_removal(self, ref: MessageRef, by: str, case: int | None) -> bool:
        entries = self.store.outbox.of_message(ref)
        if any(self._is_hurried(entry) for entry in entries):
            return True
        if is_removed(entries):
            return False
        key = action_key(Action.REMOVE, ref, f"asked {len(entries)}")
        planned = PlannedAction(key, Action.REMOVE, ref, live=True, by=by, case=case)
        return self.store.outbox.plan(planned, self.clock.now())

    def _is_hurried(self, entry: OutboxEntry) -> bool:
        """A removal that was put off is tried at once when somebody asks for it."""
        now = self.clock.now()
        if not (is_removed([entry]) and entry.state == "waiting" and entry.due > now):
            return False
        self.store.outbox.retry(entry.planned.key, now, entry.result)
        return True

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
