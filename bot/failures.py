"""What the bot could not do: told to people, and what it lacks the permission for is a case of its own."""

from dataclasses import dataclass

from bot.cards import MAY_NOT_ACT
from bot.cases import Cases
from bot.model import (
    Action,
    ChatRef,
    Decision,
    Evidence,
    MessageRef,
    Outcome,
    Person,
    PlannedAction,
    Severity,
    Status,
)
from bot.ports import AuditEntry, Clock, Recorded, Store

_BOT = Person("", "Raazdar")


@dataclass(frozen=True, slots=True)
class Failures:
    store: Store
    clock: Clock
    cases: Cases

    def failed(self, planned: PlannedAction, why: str) -> None:
        """What the bot could not do, a person must know."""
        case = self.store.cases.of_message(planned.ref)
        recorded = self.store.decisions.latest(planned.ref)
        is_leak = recorded is not None and recorded.decision.severity >= Severity.MEDIUM
        what = f"could not {planned.action}: {why}"
        # That an author could not be told how it ended is noted, but is no reason to open it again.
        is_ending = planned.notice is not None and not planned.notice.choices
        is_card = planned.action == Action.ESCALATE
        # That an author can't be reached, such as another bot, is no news beside a case that is shown anyway.
        is_beside = planned.action == Action.WARN and case is not None
        if recorded and not is_ending and (planned.by != "policy" or is_leak) and not (is_card and case):
            if case is None:
                case = self.store.cases.open(recorded)
            else:
                self.cases.reopen(case)
        if case:
            self.cases.note(case, "bot", what)
            if not (is_card or is_ending):
                self.cases.cards.renew(case.number, "" if is_beside else "failed", why=why)
        else:
            self.store.audit.append(
                AuditEntry(self.clock.now(), "bot", what, f"{planned.ref.platform}/{planned.ref.chat}")
            )

    def forbidden(self, planned: PlannedAction, why: str) -> None:
        """The bot lacks a permission: one case for the chat and what it may not do there, however often."""
        about = self.store.cases.of_message(planned.ref)
        if about:
            self.cases.note(about, "bot", f"could not {planned.action} yet: {why}")
            # Of a card that may not be shown no card can tell: it would be the next one.
            if planned.card is None:
                self.cases.cards.renew(about.number)
        ref = _lack(planned)
        known = self.store.cases.of_message(ref)
        if known is None or known.status == Status.CLOSED:
            decision = Decision(Severity.HIGH, (Action.ESCALATE,), MAY_NOT_ACT, "monitor-and-remove", why)
            now, name = self.clock.now(), self._name(planned)
            case = self.store.cases.open(Recorded(ref, 0, name, _BOT, decision, Evidence(), now))
            self.cases.note(case, "bot", f"opened the case: {why}")
            self.cases.cards.renew(case.number, "failed", why=why)
        else:
            self.cases.note(known, "bot", f"could not {planned.action} once more")

    def succeeded(self, planned: PlannedAction) -> None:
        """What works again needs no case any more."""
        case = self.store.cases.of_message(_lack(planned))
        if case and case.status != Status.CLOSED:
            self.store.cases.change(
                case.number,
                self.clock.now(),
                status=Status.CLOSED,
                outcome=Outcome.CORRECTED,
                owner=case.owner,
            )
            self.cases.note(case, "bot", f"could {planned.action} again and closed the case")
            self.cases.cards.renew(case.number)

    def _name(self, planned: PlannedAction) -> str:
        """The chat in which the permission is lacking: of moderators' chats only their number is known."""
        chats = self.cases.chats
        of = chats.of(planned.ref.chat_ref).name
        return of if _place(planned) == planned.ref.chat_ref else f"moderators of {of}"


def _lack(planned: PlannedAction) -> MessageRef:
    """Stands for what the bot may not do in a chat, where a case would name a message."""
    place = _place(planned)
    return MessageRef(place.platform, place.id, f"may not {planned.action}")


def _place(planned: PlannedAction) -> ChatRef:
    if planned.card:
        return planned.card.moderators
    return planned.announcement.chat if planned.announcement else planned.ref.chat_ref
