"""What is to be done about a decision, in words and as planned actions. Pure."""

import json
from collections.abc import Sequence
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
    MessageRef,
    Notice,
    Outcome,
    Person,
    PlannedAction,
    Severity,
)
from bot.policy import Policy, is_live
from bot.ports import Recorded


@dataclass(frozen=True, slots=True)
class Speaker:
    """Finds the words. `console` is the console's address, before the path."""

    policy: Policy
    texts: Texts
    console: str

    def warning(self, key: str, message: Message, decision: Decision, entities: Sequence[str]) -> Notice:
        """What the author is told; nothing of his message is repeated."""
        provision = self.policy.provisions[decision.provision]
        rule = f" (rule {provision.rule})" if provision.rule else ""
        body = self.texts.warning_body.format(what=self.kinds(entities), why=_sentence(decision.why))
        return Notice(
            key=key,
            ref=message.ref,
            author=message.author,
            title=self.texts.warning_title,
            body=body,
            provision=self.texts.warning_provision.format(provision=provision.text, rule=rule),
            choices=tuple((choice, self.texts.choices[choice]) for choice in Choice),
        )

    def ending(self, key: str, ref: MessageRef, author: Person, outcome: Outcome) -> Notice:
        """How it ended, for the author."""
        title, _, body = self.texts.endings[outcome].partition("\n")
        return Notice(key, ref, author, title, body.strip(), "", ())

    def card(self, key: str, chat: Chat, case: Case, news: str) -> Card | None:
        """What the moderators' chat is shown of `news` about a case; None for a chat that has none."""
        if chat.moderators is None:
            return None
        words = {
            "case": case.number,
            "severity": case.severity.value,
            "chat": case.chat_name,
            "author": case.author.name or case.author.id,
            "news": news,
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

    def kinds(self, entities: Sequence[str]) -> str:
        """The kinds of things that were found, each once."""
        names = dict.fromkeys(self.policy.entities.get(entity, entity) for entity in entities)
        return ", ".join(names) or "something that could not be read"


def plan(
    message: Message,
    recorded: Recorded,
    chat: Chat,
    *,
    case: Case | None,
    previous: Recorded | None,
    speaker: Speaker,
) -> tuple[PlannedAction, ...]:
    """The actions that follow from a decision, live or simulated as the chat's mode has it.

    An edit that changes nothing about a warning repeats none of it, and one that is no worse troubles no
    moderator again. `case` is the one that was opened for the message, if one was.
    """
    decision = recorded.decision
    if previous and is_same(previous.decision, decision):
        return ()
    is_worse = previous is None or decision.severity > previous.decision.severity
    entities = [finding.entity for finding in recorded.evidence.findings]
    planned: list[PlannedAction] = []
    for action in decision.actions:
        key = action_key(action, message.ref, f"r{message.revision}")
        live = is_live(chat.mode, action)
        notice = card = None
        if action == Action.WARN:
            notice = speaker.warning(key, message, decision, entities)
        elif action == Action.ESCALATE:
            card = speaker.card(key, chat, case, decision.why) if case and live else None
            if live and not (card and is_worse):
                continue
        elif action == Action.RECORD:
            continue
        planned.append(
            PlannedAction(
                key,
                action,
                message.ref,
                live,
                message.revision,
                case=case.number if case else None,
                notice=notice,
                card=card,
            )
        )
    return tuple(planned)


def action_key(action: Action, ref: MessageRef, what: str) -> str:
    """A name for an action that no other action has."""
    return json.dumps([action, ref.platform, ref.chat, ref.id, what])


def opens_case(decision: Decision, chat: Chat) -> bool:
    """Whether a person must see the decision, and the chat's mode lets him."""
    return Action.ESCALATE in decision.actions and is_live(chat.mode, Action.ESCALATE)


def is_same(earlier: Decision, later: Decision) -> bool:
    """Whether there is nothing new to say about a message."""
    alike = (earlier.rule, earlier.why, earlier.severity) == (later.rule, later.why, later.severity)
    return alike and later.severity > Severity.LOW


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
