"""Messages that members bring to the moderators: never judged by the bot, a person decides."""

from dataclasses import dataclass

from bot.cases import Cases
from bot.codec import about, event_bytes
from bot.mask import evidence
from bot.model import Action, Case, Decision, Message, MessageRef, Person, Report, Severity
from bot.ports import Clock, Recorded, Sealer, Store
from detectors.finding import Scan

REPORTED = "reported"
"""The rule of a case that rests on a member's report alone."""

_NOTHING_FOUND = Scan((), ())


@dataclass(frozen=True, slots=True)
class Reports:
    store: Store
    sealer: Sealer
    clock: Clock
    cases: Cases

    def made(self, report: Report) -> None:
        """Opens a case for the message, or adds to the one that it has."""
        message, who = report.message, report.by.name or report.by.id
        case = self.store.cases.of_message(message.ref)
        if case is None:
            case = self._opened(report)
        else:
            self.cases.reopen(case)
        if report.provision:
            self.store.cases.name_provision(case.number, report.provision)
        words = " ".join(report.words.split())
        is_news = not self.has_reported(message.ref, report.by)
        under = f" under {report.provision}" if report.provision else ""
        self.cases.note(case, who, f"reported the message{under}" + (f": {words}" if words else ""))
        self.cases.cards.renew(case.number, "reported" if is_news else "", by_person=True, who=who)

    def has_reported(self, ref: MessageRef, who: Person) -> bool:
        """Whether somebody has brought this message to the moderators before, without naming a provision."""
        first = Report(Message(ref, who, ""), self.clock.now(), who)
        return self.store.inbox.is_finished(about(first))

    def _opened(self, report: Report) -> Case:
        message = report.message
        chat = self.cases.chats.of(message.ref.chat_ref)
        known = self.store.decisions.latest(message.ref)
        decision = Decision(
            Severity.MEDIUM, (Action.ESCALATE,), REPORTED, report.provision, "a member reported it"
        )
        recorded = Recorded(
            ref=message.ref,
            revision=message.revision,
            chat_name=chat.name,
            author=message.author,
            decision=decision,
            evidence=known.evidence if known else evidence(message, (), _NOTHING_FOUND),
            at=self.clock.now(),
            sent_at=message.sent_at,
            is_warned=False,
        )
        if known is None:
            self.store.decisions.add(recorded, self.sealer.seal(event_bytes(message), about(message)))
        return self.store.cases.open(recorded)
