"""What is to be done about a decision, as planned actions. Pure."""

import json
from collections.abc import Sequence

from bot.mask import is_personal
from bot.model import (
    Action,
    Card,
    Case,
    Chat,
    Decision,
    Message,
    MessageRef,
    Notice,
    PlannedAction,
    Severity,
)
from bot.policy import ACTIONS, is_live
from bot.ports import OutboxEntry, Recorded

NAME = "display_name"
"""The part that is the name under which somebody writes."""

_REMOVING = frozenset({Action.REMOVE, Action.REDACT, Action.HOLD})


def plan(
    message: Message,
    recorded: Recorded,
    chat: Chat,
    *,
    case: Case | None,
    previous: Recorded | None,
    notice: Notice | None,
    cards: Sequence[Card],
) -> tuple[PlannedAction, ...]:
    """The actions that follow from a decision, live or simulated as the chat's mode has it.

    An edit that changes nothing about a warning repeats none of it, and one that is no worse troubles no
    moderator again. `case` is the one that was opened for the message, if one was; `notice` and `cards` are
    what its author and the moderators are to see. Where the chat has it so, a critical message is redacted
    or held instead of removed.
    """
    decision = recorded.decision
    if previous and is_same(previous.decision, decision):
        return _removed_again(message, recorded, chat, case)
    is_worse = previous is None or decision.severity > previous.decision.severity
    number = case.number if case else None
    planned: list[PlannedAction] = []
    for action in _wanted(recorded, chat):
        key = action_key(action, message.ref, f"r{message.revision}")
        live = is_live(chat.mode, action)
        if action in {Action.RECORD, Action.CASE}:
            continue
        if action == Action.ESCALATE and live:
            planned += [
                PlannedAction(card.key, action, message.ref, live, message.revision, case=number, card=card)
                for card in (cards if is_worse else ())
            ]
            continue
        shown = notice if action == Action.WARN else None
        planned.append(
            PlannedAction(key, action, message.ref, live, message.revision, case=number, notice=shown)
        )
    return tuple(planned)


def _removed_again(
    message: Message, recorded: Recorded, chat: Chat, case: Case | None
) -> tuple[PlannedAction, ...]:
    """A later revision of what was to be removed shows that a part of it still stands, or came late."""
    if removal(recorded, chat) is None:
        return ()
    key = action_key(Action.REMOVE, message.ref, f"r{message.revision}")
    number = case.number if case else None
    return (PlannedAction(key, Action.REMOVE, message.ref, True, message.revision, case=number),)


def _wanted(recorded: Recorded, chat: Chat) -> tuple[Action, ...]:
    """What the severity calls for, as the chat has it; a name is not taken away with a message."""
    actions = recorded.decision.actions
    if recorded.evidence.findings and all(one.part == NAME for one in recorded.evidence.findings):
        return tuple(action for action in actions if action != Action.REMOVE)
    if Action.REMOVE in actions:
        return tuple(chat.critical if action == Action.REMOVE else action for action in actions)
    if chat.redacts_personal and Action.WARN in actions and is_personal(recorded.evidence.findings):
        return (*actions, Action.REDACT)
    return actions


def action_key(action: Action, ref: MessageRef, what: str) -> str:
    """A name for an action that no other action has."""
    return json.dumps([action, ref.platform, ref.chat, ref.id, what])


def removal(recorded: Recorded, chat: Chat) -> Action | None:
    """How the chat's mode lets a message really be taken off, if it is to be."""
    acts = [action for action in _wanted(recorded, chat) if action in _REMOVING]
    return acts[0] if acts and is_live(chat.mode, acts[0]) else None


def is_removed(entries: Sequence[OutboxEntry]) -> bool:
    """Whether a message was really taken off its chat, or will be, by what the outbox says of it."""
    return any(
        entry.planned.action in _REMOVING and entry.planned.live and entry.state in {"waiting", "done"}
        for entry in entries
    )


def opens_case(decision: Decision, chat: Chat) -> bool:
    """Whether a person must see the decision, and the chat's mode lets him."""
    return any(
        action in decision.actions and is_live(chat.mode, action) for action in (Action.CASE, Action.ESCALATE)
    )


def is_same(earlier: Decision, later: Decision) -> bool:
    """Whether there is nothing new to say about a message."""
    alike = (earlier.rule, earlier.why, earlier.severity) == (later.rule, later.why, later.severity)
    return alike and (later.severity > Severity.LOW or later.actions != ACTIONS[Severity.LOW])
