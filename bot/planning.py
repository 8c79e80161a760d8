"""What is to be done about a decision, in words and as planned actions. Pure."""

from dataclasses import dataclass

from bot.config.texts import Texts
from bot.model import (
    Action,
    Card,
    Case,
    Chat,
    Choice,
    Decision,
    Message,
    Notice,
    PlannedAction,
    Severity,
)
from bot.policy import Policy, is_live
from bot.ports import Recorded
from detectors.finding import Scan


@dataclass(frozen=True, slots=True)
class Speaker:
    """Finds the words. `console` is the console's address, before the path."""

    policy: Policy
    texts: Texts
    console: str

    def notice(self, key: str, message: Message, decision: Decision, scan: Scan) -> Notice:
        """What the author is told; nothing of his message is repeated."""
        provision = self.policy.provisions[decision.provision]
        rule = f" (rule {provision.rule})" if provision.rule else ""
        return Notice(
            key=key,
            ref=message.ref,
            author=message.author,
            title=self.texts.warning_title,
            body=self.texts.warning_body.format(what=self.kinds(scan), why=decision.why),
            provision=self.texts.warning_provision.format(provision=provision.text, rule=rule),
            choices=tuple((choice, self.texts.choices[choice]) for choice in Choice),
        )

    def card(self, key: str, chat: Chat, case: Case, scan: Scan) -> Card | None:
        """What the moderators' chat is shown; None for a chat that has none."""
        if chat.moderators is None:
            return None
        words = {
            "case": case.number,
            "severity": case.severity.value,
            "chat": case.chat_name,
            "author": case.author.name or case.author.id,
            "what": self.kinds(scan),
            "why": case.why,
        }
        return Card(
            key=key,
            moderators=chat.moderators,
            case=case.number,
            severity=case.severity,
            title=self.texts.card_title.format_map(words),
            body=self.texts.card_body.format_map(words),
            link=f"{self.console}/cases/{case.number}",
        )

    def kinds(self, scan: Scan) -> str:
        """The kinds of things that were found, each once, in the order of weight."""
        ranked = sorted(scan.findings, key=lambda finding: -finding.score)
        names = dict.fromkeys(self.policy.entities.get(finding.entity, finding.entity) for finding in ranked)
        return ", ".join(names) or "something that could not be read"


def plan(
    message: Message,
    scan: Scan,
    decision: Decision,
    chat: Chat,
    *,
    case: Case | None,
    previous: Recorded | None,
    speaker: Speaker,
) -> tuple[PlannedAction, ...]:
    """The actions that follow from a decision, live or simulated as the chat's mode has it.

    An edit that changes nothing about a warning repeats none of it. `case` is the one that was opened for
    the message, if one was.
    """
    if previous and _is_same(previous.decision, decision):
        return ()
    stem = f"{message.ref.platform}/{message.ref.chat}/{message.ref.id} r{message.revision}"
    planned: list[PlannedAction] = []
    for action in decision.actions:
        key = f"{action} {stem}"
        live = is_live(chat.mode, action)
        number = case.number if case else None
        match action:
            case Action.WARN:
                notice = speaker.notice(key, message, decision, scan)
                planned.append(PlannedAction(key, action, message.ref, live, case=number, notice=notice))
            case Action.ESCALATE:
                card = speaker.card(key, chat, case, scan) if case else None
                if card or not live:
                    planned.append(PlannedAction(key, action, message.ref, live, case=number, card=card))
            case Action.REMOVE:
                planned.append(PlannedAction(key, action, message.ref, live, case=number))
            case _:
                pass
    return tuple(planned)


def opens_case(decision: Decision, chat: Chat) -> bool:
    """Whether a person must see the decision, and the chat's mode lets him."""
    return Action.ESCALATE in decision.actions and is_live(chat.mode, Action.ESCALATE)


def _is_same(earlier: Decision, later: Decision) -> bool:
    return earlier.rule == later.rule and earlier.severity >= later.severity > Severity.LOW
