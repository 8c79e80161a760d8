from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Action, Audience, Authorisation, History, Level, Mode, Person, Severity, Unread
from bot.policy import Condition, Ladder, Policy, Rule, Step, decide, holding_rules, is_live
from detectors.finding import Finding, Scan, Undecided
from tests.bot.builders import AUTHOR, POLICY, finding, message
from tests.fakes.clock import START

ANYONE = Audience()
CIRCLE = Audience(Level.CONFIDENTIAL, guests=False, public=False)


@pytest.mark.parametrize(
    ("findings", "audience", "severity", "rule"),
    [
        pytest.param([], ANYONE, Severity.NONE, "", id="nothing found"),
        pytest.param([finding(level=3)], ANYONE, Severity.CRITICAL, "label", id="by_level beats severity"),
        pytest.param([finding(level=2)], ANYONE, Severity.HIGH, "label", id="no by_level: severity"),
        pytest.param([finding(level=1)], ANYONE, Severity.MEDIUM, "label", id="restricted in the open"),
        pytest.param([finding(level=0)], ANYONE, Severity.NONE, "", id="unclassified is no leak"),
        pytest.param([finding(level=2)], CIRCLE, Severity.NONE, "", id="at the ceiling"),
        pytest.param([finding(level=3)], CIRCLE, Severity.CRITICAL, "label", id="above the ceiling"),
        pytest.param(
            [finding("PK_CNIC")], CIRCLE, Severity.MEDIUM, "id", id="a ceiling permits no personal data"
        ),
        pytest.param(
            [finding("PK_CNIC"), finding(level=2)], ANYONE, Severity.HIGH, "label", id="the most severe rule"
        ),
        pytest.param(
            [finding("PK_CNIC"), finding(level=1)],
            ANYONE,
            Severity.MEDIUM,
            "label",
            id="alike: the earlier rule",
        ),
        pytest.param([finding("UNHEARD_OF")], ANYONE, Severity.NONE, "", id="an entity that no rule names"),
    ],
)
def test_decisions(findings: list[Finding], audience: Audience, severity: Severity, rule: str) -> None:
    decision = decide(POLICY, message(), Scan(tuple(findings)), audience)
    assert (decision.severity, decision.rule) == (severity, rule)


@pytest.mark.parametrize(
    ("severity", "actions"),
    [
        (Severity.LOW, (Action.RECORD,)),
        (Severity.MEDIUM, (Action.WARN,)),
        (Severity.HIGH, (Action.WARN, Action.ESCALATE)),
        (Severity.CRITICAL, (Action.WARN, Action.ESCALATE, Action.REMOVE)),
    ],
)
def test_actions_follow_from_severity(severity: Severity, actions: tuple[Action, ...]) -> None:
    rule = replace(POLICY.rules[1], severity=severity)
    policy = replace(POLICY, rules=(rule,))
    assert decide(policy, message(), Scan((finding("PK_CNIC"),)), ANYONE).actions == actions


def test_what_could_not_be_read_is_not_clean() -> None:
    scan = Scan((), (Undecided("attachment 1", "encrypted"), Undecided("attachment 2", "encrypted")))
    decision = decide(POLICY, message(), scan, ANYONE)
    assert (decision.severity, decision.why) == (Severity.LOW, "not read: encrypted")


@pytest.mark.parametrize(
    ("unread", "findings", "actions"),
    [
        (Unread.RECORD, [], (Action.RECORD,)),
        (Unread.CASE, [], (Action.RECORD, Action.CASE)),
        (Unread.CARD, [], (Action.RECORD, Action.ESCALATE)),
        (Unread.CASE, [finding("PK_CNIC")], (Action.WARN, Action.CASE)),
        (Unread.CARD, [finding()], (Action.WARN, Action.ESCALATE, Action.REMOVE)),
    ],
    ids=["recorded", "a case", "a card", "beside what is worse", "what is done anyway is done once"],
)
def test_a_chat_says_what_is_done_about_what_could_not_be_read(
    unread: Unread, findings: list[Finding], actions: tuple[Action, ...]
) -> None:
    scan = Scan(
        tuple(findings), (Undecided("attachment 1", "encrypted"), Undecided("attachment 2", "broken"))
    )
    assert decide(POLICY, message(), scan, ANYONE, unread=unread).actions == actions
    assert decide(POLICY, message(), Scan(), ANYONE, unread=unread).actions == ()


def test_a_rule_may_call_for_more_than_its_severity_does() -> None:
    policy = replace(POLICY, rules=(replace(POLICY.rules[1], also=("escalate",)),))
    scan = Scan((finding("PK_CNIC"),))
    assert decide(policy, message(), scan, ANYONE).actions == (Action.WARN, Action.ESCALATE)


@pytest.mark.parametrize(
    ("condition", "audience", "holds"),
    [
        pytest.param(Condition(("PK_CNIC",), at_least=2), ANYONE, True, id="as many as asked for"),
        pytest.param(Condition(("PK_CNIC",), at_least=3), ANYONE, False, id="one too few"),
        pytest.param(Condition(("PK_CNIC",), min_score=0.95), ANYONE, False, id="not sure enough"),
        pytest.param(
            Condition(("PK_CNIC",), ceiling_below=Level.RESTRICTED), ANYONE, True, id="unmarked chat"
        ),
        pytest.param(
            Condition(("PK_CNIC",), ceiling_below=Level.RESTRICTED), CIRCLE, False, id="official chat"
        ),
        pytest.param(Condition(("PK_CNIC",), public=True), CIRCLE, False, id="only where anyone reads"),
        pytest.param(Condition(("PK_CNIC",), public=True), ANYONE, True, id="where anyone reads"),
    ],
)
def test_conditions(condition: Condition, audience: Audience, holds: bool) -> None:
    policy = replace(POLICY, rules=(replace(POLICY.rules[1], when=condition),))
    scan = Scan((finding("PK_CNIC"), finding("PK_CNIC", start=8, end=20)))
    assert bool(holding_rules(policy, scan, audience)) is holds


@pytest.mark.parametrize(
    ("days_ago", "severity"),
    [
        pytest.param([], Severity.MEDIUM, id="never warned"),
        pytest.param([1], Severity.MEDIUM, id="once"),
        pytest.param([1, 2], Severity.HIGH, id="twice in the window"),
        pytest.param([1, 8], Severity.MEDIUM, id="one of them too long ago"),
        pytest.param([0, 1, 2, 3, 4], Severity.HIGH, id="never above up_to"),
    ],
)
def test_the_ladder(days_ago: list[int], severity: Severity) -> None:
    history = History(tuple(START - timedelta(days=days) for days in days_ago))
    decision = decide(POLICY, message(), Scan((finding("PK_CNIC"),)), ANYONE, (), history)
    assert decision.severity == severity
    assert ("raised" in decision.why) is (severity > Severity.MEDIUM)


def test_the_ladder_leaves_low_and_critical_alone() -> None:
    history = History((START, START, START))
    for entity, severity in (("PHONE_NUMBER", Severity.LOW), ("CLASSIFICATION_LABEL", Severity.CRITICAL)):
        scan = Scan((finding(entity),))
        assert decide(POLICY, message(), scan, ANYONE, (), history).severity == severity


LETTER = Authorisation(AUTHOR, "fake", "L-1", "the Secretary", Level.SECRET, START - timedelta(days=1))


@pytest.mark.parametrize(
    ("authorisation", "severity"),
    [
        pytest.param(LETTER, Severity.LOW, id="covers it"),
        pytest.param(replace(LETTER, chat="office"), Severity.LOW, id="for this chat"),
        pytest.param(replace(LETTER, chat="other"), Severity.CRITICAL, id="for another chat"),
        pytest.param(replace(LETTER, person=Person("bilal")), Severity.CRITICAL, id="for another person"),
        pytest.param(replace(LETTER, platform="other"), Severity.CRITICAL, id="for another platform"),
        pytest.param(replace(LETTER, level=Level.RESTRICTED), Severity.CRITICAL, id="not up to that level"),
        pytest.param(replace(LETTER, until=START), Severity.CRITICAL, id="over"),
        pytest.param(replace(LETTER, valid_from=START + timedelta(1)), Severity.CRITICAL, id="not yet"),
    ],
)
def test_authorisations(authorisation: Authorisation, severity: Severity) -> None:
    decision = decide(POLICY, message(), Scan((finding(),)), ANYONE, (authorisation,))
    assert decision.severity == severity


@pytest.mark.parametrize(
    ("mode", "live"),
    [
        (Mode.OBSERVE, {Action.RECORD}),
        (Mode.COACH, {Action.RECORD, Action.CASE, Action.WARN, Action.ESCALATE}),
        (Mode.ENFORCE, set(Action)),
    ],
)
def test_modes_limit_what_really_happens(mode: Mode, live: set[Action]) -> None:
    assert {action for action in Action if is_live(mode, action)} == live


@pytest.mark.parametrize(
    "mistake",
    [
        pytest.param(lambda: Condition(), id="a rule about nothing would match nothing"),
        pytest.param(lambda: Condition(("A",), undecided=True), id="about two things at once"),
        pytest.param(lambda: Condition(("A",), at_least=0), id="at least none is always true"),
        pytest.param(lambda: Condition(("A",), min_score=7), id="not a score"),
        pytest.param(lambda: Rule("", "p", Condition(("A",)), Severity.LOW, "w"), id="no id"),
        pytest.param(lambda: Rule("r", "p", Condition(("A",)), Severity.LOW, "{name}"), id="unknown word"),
        pytest.param(lambda: replace(POLICY.rules[0], why="{count:d}"), id="a format of its own"),
        pytest.param(lambda: replace(POLICY.rules[0], why="{label.x}"), id="something inside a word"),
        pytest.param(lambda: replace(POLICY.rules[0], why="{"), id="a broken sentence"),
        pytest.param(lambda: replace(POLICY.rules[0], severity=Severity.NONE), id="a rule that does nothing"),
        pytest.param(lambda: replace(POLICY, rules=()), id="no rules at all"),
        pytest.param(lambda: Step(0, 1), id="a step that is always taken"),
        pytest.param(lambda: Step(1, 0), id="a step that leads nowhere"),
        pytest.param(lambda: replace(POLICY.ladder, days=10**9), id="longer than time"),
        pytest.param(lambda: replace(POLICY.ladder, starts_at=Severity.NONE), id="a ladder from nothing"),
        pytest.param(lambda: replace(POLICY.ladder, up_to=Severity.LOW), id="a ladder downwards"),
    ],
)
def test_mistakes_in_a_policy_are_refused(mistake: object) -> None:
    assert callable(mistake)
    with pytest.raises(ValueError, match="."):
        mistake()


@pytest.mark.parametrize(
    ("policy", "keys"),
    [
        pytest.param(
            replace(POLICY, rules=POLICY.rules[:1] * 2), ("rules", 1, "id"), id="two rules of one id"
        ),
        pytest.param(replace(POLICY, provisions={}), ("rules", 0, "provision"), id="no such provision"),
        pytest.param(
            replace(POLICY, entities={}),
            ("rules", 0, "when", "entities", 0),
            id="an entity that is misspelled",
        ),
    ],
)
def test_mistakes_between_parts_are_told_with_their_place(policy: Policy, keys: tuple[object, ...]) -> None:
    assert next(iter(policy.mistakes()))[0] == keys


def test_warnings_after_the_message_and_at_the_ends_of_time_do_not_count() -> None:
    after = History((START + timedelta(hours=1),) * 3)
    scan = Scan((finding("PK_CNIC"),))
    assert decide(POLICY, message(), scan, ANYONE, (), after).severity == Severity.MEDIUM
    long_ago = message(at=START.replace(year=1))
    assert decide(POLICY, long_ago, scan, ANYONE, (), after).severity == Severity.MEDIUM


def test_an_unused_policy_is_still_whole() -> None:
    ladder = Ladder(1, Severity.MEDIUM, Severity.HIGH, (Step(1, 1),))
    policy = Policy(POLICY.provisions, {}, POLICY.rules, ladder)
    assert decide(policy, message(), Scan(), ANYONE).severity == Severity.NONE
