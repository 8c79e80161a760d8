"""What every store must do; run against the fake and against SQLite."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import (
    Action,
    Card,
    CaseEvent,
    ChatRef,
    Evidence,
    Gap,
    MaskedFinding,
    MessageRef,
    Mode,
    Outcome,
    Person,
    PlannedAction,
    Severity,
    Status,
)
from bot.ports import Account, AuditEntry, Lane, RunEntry, Store, TracedPicture
from detectors.finding import Box
from tests.bot.builders import AUTHOR, REF, recorded
from tests.fakes.clock import START

OTHER = MessageRef("fake", "office", "m2")


def test_the_inbox_keeps_each_event_once_and_in_order(store: Store) -> None:
    assert [store.inbox.add(name, b"x", START) for name in ("a", "b", "a")] == [True, True, False]
    assert [entry.about for entry in store.inbox.waiting(10)] == ["a", "b"]
    assert [entry.about for entry in store.inbox.waiting(1)] == ["a"]


@pytest.mark.parametrize(
    ("earlier", "later", "waits"),
    [
        pytest.param(Lane.SLOW, Lane.QUICK, True, id="an answer to a message whose file is read"),
        pytest.param(Lane.QUICK, Lane.SLOW, True, id="a file that an edit brings"),
        pytest.param(Lane.SLOW, Lane.SLOW, True, id="an edit with a file"),
        pytest.param(Lane.QUICK, Lane.QUICK, False, id="in one lane everything is in order anyway"),
    ],
)
def test_nothing_overtakes_what_is_about_the_same_message(
    store: Store, earlier: Lane, later: Lane, waits: bool
) -> None:
    store.inbox.add("earlier", b"x", START, earlier, "m1")
    store.inbox.add("later", b"x", START, later, "m1")
    store.inbox.add("another", b"x", START, later, "m2")
    assert ("later" in [entry.about for entry in store.inbox.waiting(10, later)]) is not waits
    [first] = store.inbox.waiting(1, earlier)
    store.inbox.finish(first.number)
    assert [entry.about for entry in store.inbox.waiting(10, later)] == ["later", "another"]


def test_what_concerns_no_message_waits_for_none(store: Store) -> None:
    store.inbox.add("a", b"x", START, Lane.SLOW)
    store.inbox.add("b", b"x", START)
    assert [entry.about for entry in store.inbox.waiting(10)] == ["b"]


def test_what_is_being_worked_on_is_not_given_out_again(store: Store) -> None:
    for name in ("a", "b", "c"):
        store.inbox.add(name, b"x", START, Lane.SLOW)
    [first] = store.inbox.waiting(1, Lane.SLOW)
    assert [entry.about for entry in store.inbox.waiting(1, Lane.SLOW, {first.number})] == ["b"]


def test_an_entry_is_found_by_its_name_while_it_waits(store: Store) -> None:
    store.inbox.add("a", b"x", START)
    found = store.inbox.waiting_about("a")
    assert found
    assert found.sealed == b"x"
    assert store.inbox.waiting_about("b") is None
    store.inbox.finish(found.number)
    assert store.inbox.waiting_about("a") is None


def test_a_finished_entry_is_not_taken_again(store: Store) -> None:
    store.inbox.add("a", b"x", START)
    assert not store.inbox.is_finished("a")
    store.inbox.finish(store.inbox.waiting(1)[0].number)
    assert store.inbox.waiting(1) == []
    assert store.inbox.is_finished("a")
    assert store.inbox.add("a", b"x", START) is False


def test_an_entry_put_aside_is_counted_and_does_not_wait(store: Store) -> None:
    store.inbox.add("a", b"x", START)
    store.inbox.put_aside(store.inbox.waiting(1)[0].number, "why")
    assert store.inbox.counts() == {"waiting": 0, "finished": 0, "aside": 1}


def test_runs_come_back_in_order_and_are_erased_in_time(store: Store) -> None:
    for minutes, name in enumerate(("a", "b", "c")):
        store.runs.keep(RunEntry(name, b"x", is_told=name == "b"), START + timedelta(minutes=minutes))
    assert [(entry.about, entry.is_told) for entry in store.runs.kept()] == [
        ("a", False),
        ("b", True),
        ("c", False),
    ]
    store.runs.forget(START + timedelta(minutes=1))
    assert [entry.about for entry in store.runs.kept()] == ["b", "c"]


def test_a_message_of_a_run_is_kept_once(store: Store) -> None:
    store.runs.keep(RunEntry("a", b"old", is_told=False), START)
    store.runs.keep(RunEntry("a", b"new", is_told=True), START)
    assert store.runs.kept() == [RunEntry("a", b"new", is_told=True)]


def test_of_too_many_files_the_oldest_are_forgotten(store: Store) -> None:
    for minutes, name in enumerate(("a", "b", "c", "d")):
        store.files.keep(name, "1", name.encode(), START + timedelta(minutes=minutes))
    store.files.forget(START + timedelta(minutes=1), 2)
    assert [store.files.get(name, "1") for name in ("a", "b", "c", "d")] == [None, None, b"c", b"d"]
    store.files.forget(START + timedelta(minutes=3), 2)
    assert [store.files.get(name, "1") for name in ("c", "d")] == [None, b"d"]
    assert store.files.get("d", "2") is None


def test_files_of_cases_are_known_again(store: Store) -> None:
    for ref in (REF, OTHER):
        number = store.cases.open(recorded(ref=ref)).number
        store.traces.keep_files(number, ["same", f"own {number}"])
        store.traces.keep_files(number, ["same"])
    elsewhere = MessageRef("fake", "elsewhere", "m1")
    assert list(store.traces.cases_with("same", elsewhere)) == [1, 2]
    assert list(store.traces.cases_with("same", REF)) == [2]
    assert list(store.traces.cases_with("another", REF)) == []


def test_pictures_of_cases_come_back_newest_first(store: Store) -> None:
    for ref in (REF, OTHER):
        number = store.cases.open(recorded(ref=ref)).number
        store.traces.keep_pictures(number, {"print": b"sealed once"})
        store.traces.keep_pictures(number, {"print": b"sealed again"})
    elsewhere = MessageRef("fake", "elsewhere", "m1")
    first, second = (TracedPicture(case, "print", b"sealed once") for case in (1, 2))
    assert list(store.traces.pictures(elsewhere, 10)) == [second, first]
    assert list(store.traces.pictures(elsewhere, 1)) == [second]
    assert list(store.traces.pictures(OTHER, 10)) == [first]


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [(Outcome.FALSE_ALARM, False), (Outcome.PUBLIC, False), (Outcome.LEAK, True), (Outcome.CORRECTED, True)],
)
def test_a_picture_that_was_no_violation_is_not_known_again(
    store: Store, outcome: Outcome, counts: bool
) -> None:
    case = store.cases.open(recorded())
    store.traces.keep_files(case.number, ["f"])
    store.traces.keep_pictures(case.number, {"p": b"x"})
    store.cases.change(case.number, START, status=Status.CLOSED, outcome=outcome, owner="")
    assert bool(store.traces.pictures(OTHER, 10)) is counts
    assert list(store.traces.cases_with("f", OTHER)) == [1]


def test_a_failed_transaction_leaves_nothing_in_any_ledger(store: Store) -> None:
    store.inbox.add("a", b"x", START)

    def half_done() -> None:
        with store.transaction():
            store.decisions.add(recorded(), b"sealed")
            store.cases.open(recorded())
            store.outbox.plan(PlannedAction("k", Action.WARN, REF, live=True), START)
            store.audit.append(AuditEntry(START, "a", "b", "c"))
            store.inbox.finish(store.inbox.waiting(1)[0].number)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    assert store.decisions.latest(REF) is None
    assert store.cases.list() == []
    assert store.outbox.of_message(REF) == []
    assert store.audit.entries() == []
    assert len(store.inbox.waiting(1)) == 1


def test_a_decision_comes_back_as_it_was(store: Store) -> None:
    store.decisions.add(recorded(), b"sealed")
    assert store.decisions.latest(REF) == recorded()
    assert store.decisions.of_revision(REF, 0) == recorded()
    assert store.decisions.of_revision(REF, 1) is None
    assert store.decisions.sealed(REF) == [(0, b"sealed")]


def test_evidence_comes_back_with_its_place_on_the_page(store: Store) -> None:
    found = MaskedFinding("X", "attachment 1 / page 2", 0, 3, 0.9, "Fake", "•••", (), Box(0.1, 0.2, 0.3, 0.4))
    told = replace(recorded(), evidence=Evidence("•••", (found, replace(found, region=None))))
    store.decisions.add(told, None)
    assert store.decisions.latest(REF) == told


def test_the_latest_decision_is_that_on_the_newest_revision(store: Store) -> None:
    store.decisions.add(recorded(revision=1), None)
    store.decisions.add(recorded(Severity.LOW, revision=0), None)
    latest = store.decisions.latest(REF)
    assert latest
    assert latest.revision == 1


@pytest.mark.parametrize(
    ("what", "counts"),
    [
        pytest.param({"ref": OTHER}, True, id="another message of the author in the chat"),
        pytest.param({"ref": REF}, False, id="the message itself"),
        pytest.param({"ref": OTHER, "severity": Severity.LOW}, False, id="nobody was warned"),
        pytest.param({"ref": MessageRef("fake", "elsewhere", "m2")}, False, id="in another chat"),
        pytest.param({"ref": OTHER, "author": Person("bilal")}, False, id="by another person"),
    ],
)
def test_which_warnings_count(store: Store, what: dict[str, object], counts: bool) -> None:
    known = {"severity": Severity.MEDIUM} | what
    store.decisions.add(recorded(**known), None)  # type: ignore[arg-type]
    warned = store.decisions.warned_at(REF, AUTHOR.id)
    assert bool(warned) is counts


def test_what_was_only_simulated_does_not_count(store: Store) -> None:
    store.decisions.add(replace(recorded(ref=OTHER), is_warned=False), None)
    assert store.decisions.warned_at(REF, AUTHOR.id) == ()


def test_what_counts_is_when_a_message_was_sent(store: Store) -> None:
    sent_at = START - timedelta(days=3)
    store.decisions.add(replace(recorded(ref=OTHER), sent_at=sent_at), None)
    assert store.decisions.warned_at(REF, AUTHOR.id) == (sent_at,)


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (Outcome.LEAK, True),
        (Outcome.CORRECTED, True),
        (Outcome.FALSE_ALARM, False),
        (Outcome.AUTHORISED, False),
        (Outcome.PUBLIC, False),
    ],
)
def test_overturned_warnings_do_not_count(store: Store, outcome: Outcome, counts: bool) -> None:
    store.decisions.add(recorded(ref=OTHER), None)
    case = store.cases.open(recorded(ref=OTHER))
    store.cases.change(case.number, START, status=Status.CLOSED, outcome=outcome, owner="mona")
    assert bool(store.decisions.warned_at(REF, AUTHOR.id)) is counts


def test_two_revisions_of_one_message_are_one_warning(store: Store) -> None:
    store.decisions.add(recorded(ref=OTHER), None)
    store.decisions.add(recorded(ref=OTHER, revision=1, at=START + timedelta(hours=1)), None)
    assert store.decisions.warned_at(REF, AUTHOR.id) == (START,)


def test_a_message_has_one_case_which_is_renewed(store: Store) -> None:
    first = store.cases.open(recorded())
    store.cases.change(first.number, START, status=Status.CLOSED, outcome=Outcome.LEAK, owner="mona")
    later = START + timedelta(hours=1)
    again = store.cases.open(recorded(Severity.CRITICAL, revision=1, at=later))
    assert (again.number, again.status, again.outcome) == (first.number, Status.OPEN, None)
    assert (again.opened_at, again.updated_at) == (START, later)
    assert store.cases.get(first.number) == store.cases.of_message(REF) == again


def test_cases_are_listed_newest_first_and_by_status(store: Store) -> None:
    old = store.cases.open(recorded())
    new = store.cases.open(recorded(ref=OTHER, at=START + timedelta(minutes=1)))
    assert [case.number for case in store.cases.list()] == [new.number, old.number]
    store.cases.change(
        new.number, START + timedelta(minutes=1), status=Status.ACKNOWLEDGED, outcome=None, owner="mona"
    )
    assert [case.number for case in store.cases.list((Status.OPEN,))] == [old.number]
    assert [case.owner for case in store.cases.list((Status.ACKNOWLEDGED,))] == ["mona"]


def test_what_is_not_there_is_none(store: Store) -> None:
    assert store.cases.get(1) is None
    assert store.cases.get(10**30) is None
    assert store.cases.of_message(REF) is None
    assert store.cases.events(1) == []
    assert store.accounts.get("nobody") is None


def test_a_timeline_keeps_its_order(store: Store) -> None:
    case = store.cases.open(recorded())
    events = [CaseEvent(START, "policy", "one"), CaseEvent(START, "mona", "two")]
    for event in events:
        store.cases.add_event(case.number, event)
    assert store.cases.events(case.number) == events


def test_the_outbox_plans_each_key_once(store: Store) -> None:
    planned = PlannedAction("k", Action.REMOVE, REF, live=True, case=3)
    assert [store.outbox.plan(planned, START) for _ in range(2)] == [True, False]
    [entry] = store.outbox.due(START, 10)
    assert entry.planned == planned
    assert (entry.state, entry.attempts) == ("waiting", 0)


def test_the_outbox_gives_out_what_is_due_and_no_more(store: Store) -> None:
    for name, seconds in (("late", 60), ("soon", 5), ("now", 0)):
        at = START + timedelta(seconds=seconds)
        store.outbox.plan(PlannedAction(name, Action.REMOVE, REF, live=True), at)
    assert [entry.planned.key for entry in store.outbox.due(START + timedelta(seconds=5), 10)] == [
        "now",
        "soon",
    ]
    store.outbox.done("now", "did it")
    store.outbox.failed("soon", "could not")
    assert store.outbox.next_due() == START + timedelta(seconds=60)
    store.outbox.retry("late", START + timedelta(seconds=90), "busy")
    assert store.outbox.next_due() == START + timedelta(seconds=90)
    states = {entry.planned.key: (entry.state, entry.attempts) for entry in store.outbox.of_message(REF)}
    assert states == {"now": ("done", 1), "soon": ("failed", 1), "late": ("waiting", 1)}


def test_the_audit_log_comes_back_in_order(store: Store) -> None:
    entries = [AuditEntry(START, "a", "did", str(number)) for number in range(3)]
    for entry in entries:
        store.audit.append(entry)
    assert store.audit.entries() == entries
    assert store.audit.first_broken() is None


def test_accounts_and_sessions(store: Store) -> None:
    assert not store.accounts.any()
    store.accounts.add(Account("mona", "hash"))
    store.accounts.add(Account("mona", "new hash"))
    assert store.accounts.any()
    assert store.accounts.get("mona") == Account("mona", "new hash")
    store.accounts.start_session("t", "mona", START, START + timedelta(hours=1))
    assert store.accounts.session("t", START) == "mona"
    assert store.accounts.session("t", START + timedelta(hours=1)) is None
    assert store.accounts.session("other", START) is None
    store.accounts.end_session("t")
    assert store.accounts.session("t", START) is None


def test_all_sessions_of_an_account_can_be_ended(store: Store) -> None:
    store.accounts.add(Account("mona", "hash"))
    for token in ("a", "b"):
        store.accounts.start_session(token, "mona", START, START + timedelta(hours=1))
    store.accounts.end_sessions("mona")
    assert store.accounts.session("a", START) is store.accounts.session("b", START) is None


def test_what_the_policy_wanted_can_be_let_go_and_nothing_else(store: Store) -> None:
    for key, by in (("policy's", "policy"), ("author's", "author")):
        store.outbox.plan(PlannedAction(key, Action.REMOVE, REF, live=True, by=by), START)
    store.outbox.plan(PlannedAction("other's", Action.REMOVE, OTHER, live=True), START)
    store.outbox.drop(REF, "edited")
    assert {entry.planned.key for entry in store.outbox.due(START, 10)} == {"author's", "other's"}


def test_an_acknowledged_case_stays_so_when_it_is_renewed(store: Store) -> None:
    case = store.cases.open(recorded())
    store.cases.change(case.number, START, status=Status.ACKNOWLEDGED, outcome=None, owner="mona")
    again = store.cases.open(recorded(revision=1))
    assert (again.status, again.owner) == (Status.ACKNOWLEDGED, "mona")


def test_what_the_author_says_is_kept(store: Store) -> None:
    case = store.cases.open(recorded())
    store.cases.claim(case.number, "disputes the warning")
    kept = store.cases.get(case.number)
    assert kept
    assert kept.claim == "disputes the warning"


def test_the_outbox_is_worked_through_by_platform(store: Store) -> None:
    card = Card("c", ChatRef("other", "moderators"), 1, REF, 1, Severity.HIGH, "title", "body", "/cases/1")
    store.outbox.plan(PlannedAction("here", Action.REMOVE, REF, live=True), START)
    store.outbox.plan(PlannedAction("there", Action.ESCALATE, REF, live=True, card=card), START)
    assert [entry.planned.key for entry in store.outbox.due(START, 9, "other")] == ["there"]
    assert [entry.planned.key for entry in store.outbox.due(START, 9, "fake")] == ["here"]
    assert (store.outbox.next_due("other"), store.outbox.next_due("none")) == (START, None)
    assert store.outbox.waiting() == 2


def test_a_case_that_was_passed_up_waits_for_somebody_there(store: Store) -> None:
    number = store.cases.open(recorded()).number
    store.cases.change(number, START, status=Status.ACKNOWLEDGED, outcome=None, owner="mona")
    store.cases.pass_up(number, 1, START)
    case = store.cases.get(number)
    assert case
    assert (case.tier, case.status, case.owner) == (1, Status.OPEN, "")
    assert store.cases.open(recorded(revision=1)).tier == 1


def test_one_s_own_cases_are_found(store: Store) -> None:
    store.cases.open(recorded())
    store.cases.open(recorded(ref=OTHER, author=Person("zed")))
    assert [case.ref for case in store.cases.of_author("fake", AUTHOR.id, 5)] == [REF]
    assert store.cases.of_author("other", AUTHOR.id, 5) == []
    assert store.cases.of_author("fake", AUTHOR.id, 0) == []


def test_modes_and_languages_are_kept_and_replaced(store: Store) -> None:
    chat = REF.chat_ref
    assert (store.modes.get(chat), store.languages.get("fake", "amina")) == (None, None)
    for mode, language in ((Mode.OBSERVE, "en"), (Mode.COACH, "ur")):
        store.modes.put(chat, mode)
        store.languages.put("fake", "amina", language)
    assert (store.modes.get(chat), store.languages.get("fake", "amina")) == (Mode.COACH, "ur")
    assert store.languages.get("other", "amina") is None


def test_gaps_come_back_newest_first(store: Store) -> None:
    gaps = [
        Gap(REF.chat_ref, START + timedelta(hours=number), str(number), "why", number or None)
        for number in range(3)
    ]
    for gap in gaps:
        store.gaps.add(gap, is_told=gap is not gaps[2])
    assert list(store.gaps.list(2)) == [gaps[2], gaps[1]]
    assert store.gaps.newest_told(REF.chat_ref) == gaps[1]
    assert store.gaps.newest_told(ChatRef("fake", "elsewhere")) is None
