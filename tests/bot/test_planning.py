import pytest

from bot.model import Action, Case, Decision, Evidence, Mode, Severity, Status
from bot.planning import Speaker, opens_case, plan
from bot.policy import ACTIONS
from detectors.finding import Scan
from tests.bot.builders import AUTHOR, POLICY, REF, TEXTS, chat, finding, message, recorded
from tests.fakes.clock import START

SPEAKER = Speaker(POLICY, TEXTS, "http://console")
SCAN = Scan((finding(), finding("PK_CNIC")))
CASE = Case(
    7, REF, "Office", AUTHOR, Severity.CRITICAL, Status.OPEN, "label", "official-information", "because",
    Evidence(), START, START,
)  # fmt: skip


def decision(severity: Severity) -> Decision:
    return Decision(severity, ACTIONS[severity], "label", "official-information", "because")


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
    case = CASE if opens_case(decision(severity), chat(mode)) else None
    actions = plan(message(), SCAN, decision(severity), chat(mode), case=case, previous=None, speaker=SPEAKER)
    assert [(action.action, action.live) for action in actions] == planned


@pytest.mark.parametrize(
    ("earlier", "later", "repeats"),
    [
        (Severity.MEDIUM, Severity.MEDIUM, False),
        (Severity.HIGH, Severity.MEDIUM, False),
        (Severity.MEDIUM, Severity.HIGH, True),
        (Severity.LOW, Severity.MEDIUM, True),
    ],
)
def test_an_edit_is_warned_of_again_only_if_it_is_worse(
    earlier: Severity, later: Severity, repeats: bool
) -> None:
    actions = plan(
        message(revision=1),
        SCAN,
        decision(later),
        chat(),
        case=CASE,
        previous=recorded(earlier),
        speaker=SPEAKER,
    )
    assert bool(actions) is repeats


def test_each_revision_has_keys_of_its_own() -> None:
    def keys(revision: int) -> set[str]:
        posted = message(revision=revision)
        planned = plan(
            posted, SCAN, decision(Severity.CRITICAL), chat(), case=CASE, previous=None, speaker=SPEAKER
        )
        return {action.key for action in planned}

    assert len(keys(0)) == 3
    assert not keys(0) & keys(1)


def test_a_notice_names_kinds_provision_and_choices_but_no_content() -> None:
    notice = SPEAKER.notice("k", message("SECRET plans"), decision(Severity.HIGH), SCAN)
    assert notice.body == "It holds a label, an identity card number: because."
    assert notice.provision == "Provision: Nothing official goes out. (rule 18)"
    assert len(notice.choices) == 3
    assert "plans" not in str(notice)


def test_a_card_leads_to_its_case() -> None:
    card = SPEAKER.card("k", chat(), CASE, SCAN)
    assert card
    assert card.link == "http://console/cases/7"
    assert card.title == "Case 7: critical"
