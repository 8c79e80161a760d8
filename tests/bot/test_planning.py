from dataclasses import replace

import pytest

from bot.model import Action, Case, Evidence, MessageRef, Mode, Outcome, Severity, Status
from bot.planning import Speaker, action_key, opens_case, plan
from tests.bot.builders import AUTHOR, POLICY, REF, TEXTS, chat, message, recorded
from tests.fakes.clock import START

SPEAKER = Speaker(POLICY, TEXTS, "http://console")
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
    actions = plan(message(), decided, chat(mode), case=case, previous=None, speaker=SPEAKER)
    assert [(action.action, action.live) for action in actions] == planned


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
    planned = plan(message(revision=1), after, chat(), case=CASE, previous=recorded(earlier), speaker=SPEAKER)
    assert [action.action for action in planned] == actions


def test_each_revision_has_keys_of_its_own() -> None:
    def keys(revision: int) -> set[str]:
        decided = recorded(Severity.CRITICAL, revision=revision)
        posted = message(revision=revision)
        planned = plan(posted, decided, chat(), case=CASE, previous=None, speaker=SPEAKER)
        return {action.key for action in planned}

    assert len(keys(0)) == 3
    assert not keys(0) & keys(1)


def test_slashes_in_names_never_make_two_keys_one() -> None:
    one, two = MessageRef("p", "office/a", "b"), MessageRef("p", "office", "a/b")
    assert action_key(Action.WARN, one, "r0") != action_key(Action.WARN, two, "r0")


def test_a_warning_names_kinds_provision_and_choices_but_no_content() -> None:
    decision = recorded().decision
    notice = SPEAKER.warning("k", message("SECRET plans"), decision, ["CLASSIFICATION_LABEL", "PK_CNIC"])
    assert notice.body == "It holds a label, an identity card number: Because."
    assert notice.provision == "Provision: Nothing official goes out. (rule 18)"
    assert len(notice.choices) == 3
    assert "plans" not in str(notice)


def test_an_ending_asks_for_nothing() -> None:
    notice = SPEAKER.ending("k", REF, AUTHOR, Outcome.FALSE_ALARM)
    assert (notice.title, notice.body, notice.choices) == ("Over: false_alarm", "That was it.", ())


def test_a_card_leads_to_its_case() -> None:
    card = SPEAKER.card("k", chat(), CASE, "news")
    assert card
    assert card.link == "http://console/cases/7"
    assert (card.title, card.body) == ("Case 7: critical", "Office, Amina Raza: news")
