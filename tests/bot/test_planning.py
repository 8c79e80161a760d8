from dataclasses import replace

import pytest

from bot.mask import masked_findings
from bot.model import Action, Card, Case, Evidence, MessageRef, Mode, Notice, Severity, Status
from bot.planning import action_key, opens_case, plan
from detectors.finding import Part
from tests.bot.builders import AUTHOR, MODERATORS, REF, chat, finding, message, recorded
from tests.fakes.clock import START

NOTICE = Notice("k", REF, AUTHOR, "title", "body", "provision", ())
CARD = Card("c", MODERATORS.chat, 7, REF, 1, Severity.HIGH, "title", "body", "/cases/7")
CASE = Case(
    7, REF, "Office", AUTHOR, Severity.CRITICAL, Status.OPEN, "label", "official-information", "because",
    Evidence(), START, START,
)  # fmt: skip


@pytest.mark.parametrize(
    ("severity", "mode", "planned"),
    [
        (Severity.LOW, Mode.ENFORCE, []),
        (Severity.MEDIUM, Mode.ENFORCE, [(Action.WARN, True)]),
        (
            Severity.CRITICAL,
            Mode.ENFORCE,
            [(Action.WARN, True), (Action.ESCALATE, True), (Action.REMOVE, True)],
        ),
        (
            Severity.CRITICAL,
            Mode.COACH,
            [(Action.WARN, True), (Action.ESCALATE, True), (Action.REMOVE, False)],
        ),
        (
            Severity.CRITICAL,
            Mode.OBSERVE,
            [(Action.WARN, False), (Action.ESCALATE, False), (Action.REMOVE, False)],
        ),
    ],
)
def test_what_is_live_and_what_is_simulated(
    severity: Severity, mode: Mode, planned: list[tuple[Action, bool]]
) -> None:
    decided = recorded(severity)
    case = CASE if opens_case(decided.decision, chat(mode)) else None
    actions = plan(message(), decided, chat(mode), case=case, previous=None, notice=NOTICE, cards=(CARD,))
    assert [(action.action, action.live) for action in actions] == planned


@pytest.mark.parametrize(
    ("severity", "entity", "instead", "action"),
    [
        pytest.param(Severity.CRITICAL, "CLASSIFICATION_LABEL", Action.HOLD, Action.HOLD, id="held"),
        pytest.param(Severity.CRITICAL, "CLASSIFICATION_LABEL", Action.REDACT, Action.REDACT, id="redacted"),
        pytest.param(Severity.MEDIUM, "PK_CNIC", Action.REMOVE, Action.REDACT, id="personal data is masked"),
        pytest.param(Severity.MEDIUM, "CLASSIFICATION_LABEL", Action.HOLD, None, id="no personal data"),
        pytest.param(Severity.LOW, "PK_CNIC", Action.HOLD, None, id="too little for anything"),
    ],
)
def test_a_chat_may_redact_or_hold_instead_of_removing(
    severity: Severity, entity: str, instead: Action, action: Action | None
) -> None:
    where = replace(chat(), critical=instead, redacts_personal=True)
    found = masked_findings([Part("text", "x" * 9)], [finding(entity)])
    decided = replace(recorded(severity), evidence=Evidence("", found))
    planned = plan(message(), decided, where, case=CASE, previous=None, notice=NOTICE, cards=(CARD,))
    acts = [one.action for one in planned if one.action not in {Action.WARN, Action.ESCALATE}]
    assert acts == ([action] if action else [])


@pytest.mark.parametrize(
    ("earlier", "later", "why", "actions"),
    [
        pytest.param(Severity.MEDIUM, Severity.MEDIUM, "because", [], id="nothing new"),
        pytest.param(Severity.HIGH, Severity.HIGH, "because", [], id="nothing new either"),
        pytest.param(Severity.HIGH, Severity.HIGH, "other", [Action.WARN], id="another reason, no worse"),
        pytest.param(
            Severity.HIGH, Severity.MEDIUM, "because", [Action.WARN], id="less: the notice is renewed"
        ),
        pytest.param(Severity.MEDIUM, Severity.HIGH, "because", [Action.WARN, Action.ESCALATE], id="worse"),
        pytest.param(Severity.LOW, Severity.MEDIUM, "because", [Action.WARN], id="worse, from low"),
    ],
)
def test_an_edit_repeats_only_what_is_new(
    earlier: Severity, later: Severity, why: str, actions: list[Action]
) -> None:
    after = recorded(later, revision=1)
    after = replace(after, decision=replace(after.decision, why=why))
    planned = plan(
        message(revision=1),
        after,
        chat(),
        case=CASE,
        previous=recorded(earlier),
        notice=NOTICE,
        cards=(CARD,),
    )
    assert [action.action for action in planned] == actions


def test_each_revision_has_keys_of_its_own() -> None:
    def keys(revision: int) -> set[str]:
        decided = recorded(Severity.CRITICAL, revision=revision)
        posted = message(revision=revision)
        planned = plan(posted, decided, chat(), case=CASE, previous=None, notice=NOTICE, cards=())
        return {action.key for action in planned}

    assert len(keys(0)) == 2
    assert not keys(0) & keys(1)


def test_slashes_in_names_never_make_two_keys_one() -> None:
    one, two = MessageRef("p", "office/a", "b"), MessageRef("p", "office", "a/b")
    assert action_key(Action.WARN, one, "r0") != action_key(Action.WARN, two, "r0")
