import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.codec import about
from bot.model import (
    Action,
    Answer,
    Attachment,
    ChatRef,
    Choice,
    Deletion,
    Level,
    Message,
    MessageRef,
    Mode,
    Outcome,
    Person,
    Severity,
    Status,
    Unread,
)
from bot.ports import RunEntry, Store
from tests.bot.builders import AUTHOR, REF, WORDS, chat, message
from tests.bot.house import House, build_house
from tests.fakes.clock import START


async def test_a_clean_message_leaves_no_trace_but_that_it_was_seen(house: House) -> None:
    await house.happens(message("lunch at one?"))
    assert house.store.decisions.latest(REF) is None
    assert house.store.inbox.counts() == {"waiting": 0, "finished": 1, "aside": 0}
    assert not house.platform.warned
    assert house.store.audit.entries() == []


async def test_a_leak_is_warned_of_removed_and_taken_to_the_moderators(house: House) -> None:
    await house.happens(message("SECRET plans"))
    assert [notice.author for notice in house.platform.warned] == [AUTHOR]
    assert house.platform.removed == {REF}
    assert [card.case for card in house.platform.cards] == [1]
    case = house.store.cases.get(1)
    assert case
    assert (case.severity, case.status, case.rule) == (Severity.CRITICAL, Status.OPEN, "label")
    assert "plans" not in str(case)


async def test_the_evidence_is_sealed_and_comes_back_whole(house: House) -> None:
    posted = message("SECRET plans")
    await house.happens(posted)
    [(revision, sealed)] = house.store.decisions.sealed(REF)
    assert revision == 0
    assert b"plans" not in sealed
    assert b"SECRET plans" in house.pipeline.sealer.unseal(sealed, about(posted))


async def test_medium_warns_and_opens_no_case(house: House) -> None:
    await house.happens(message("35202-1234567-1"))
    assert len(house.platform.warned) == 1
    assert house.store.cases.list() == []


async def test_low_is_recorded_and_bothers_nobody(house: House) -> None:
    await house.happens(message("0300-1234567"))
    recorded = house.store.decisions.latest(REF)
    assert recorded
    assert recorded.decision.severity == Severity.LOW
    assert recorded.evidence.excerpt == ""
    assert not house.platform.warned
    assert house.store.decisions.sealed(REF) == []


async def test_the_same_message_twice_is_judged_once(house: House) -> None:
    await house.happens(message("SECRET"), message("SECRET"))
    assert len(house.platform.warned) == 1
    assert len(house.store.cases.list()) == 1


async def test_observing_does_nothing_that_anyone_could_notice(store: Store) -> None:
    house = build_house(store, chat(Mode.OBSERVE))
    await house.happens(message("SECRET"))
    assert (house.platform.warned, house.platform.cards, house.platform.removed) == ([], [], set())
    assert house.store.cases.list() == []
    results = {entry.planned.action: entry.result for entry in store.outbox.of_message(REF)}
    assert results == {
        Action.WARN: "would have warned the author in private",
        Action.ESCALATE: "would have told the moderators",
        Action.REMOVE: "would have removed the message",
    }


async def test_coaching_warns_and_escalates_but_removes_nothing(store: Store) -> None:
    house = build_house(store, chat(Mode.COACH))
    await house.happens(message("SECRET"))
    assert len(house.platform.warned) == len(house.platform.cards) == 1
    assert house.platform.removed == set()


async def test_a_chat_that_nobody_told_of_is_treated_as_configured(house: House) -> None:
    elsewhere = Message(MessageRef("fake", "elsewhere", "m1"), AUTHOR, "SECRET", START)
    await house.happens(elsewhere)
    recorded = house.store.decisions.latest(elsewhere.ref)
    assert recorded
    assert recorded.decision.severity == Severity.CRITICAL
    assert house.platform.warned == []


async def test_the_ceiling_of_the_chat_counts(store: Store) -> None:
    house = build_house(store, chat(ceiling=Level.SECRET))
    await house.happens(message("SECRET"))
    assert house.store.decisions.latest(REF) is None


async def test_an_edit_that_mends_the_message_closes_the_case_as_corrected(house: House) -> None:
    await house.happens(message("CONFIDENTIAL plans"), message("plans", revision=1))
    case = house.store.cases.get(1)
    assert case
    assert (case.status, case.outcome) == (Status.CLOSED, Outcome.CORRECTED)


async def test_an_edit_that_leaks_again_reopens_the_same_case(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"), message("mended", revision=1), message("SECRET", revision=2))
    [case] = house.store.cases.list()
    assert (case.number, case.status, case.severity) == (1, Status.OPEN, Severity.CRITICAL)
    titles = [notice.title for notice in house.platform.warned]
    assert titles == [
        WORDS.text("en", "warning-title"),
        WORDS.text("en", "ending-corrected-title"),
        WORDS.text("en", "warning-title"),
    ]


async def test_an_edit_that_changes_nothing_warns_nobody_again(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"), message("CONFIDENTIAL, sorry for the typo", revision=1))
    assert len(house.platform.warned) == 1
    assert len(house.platform.cards) == 1


async def test_an_edit_into_a_leak_is_found(house: House) -> None:
    await house.happens(message("lunch?"), message("SECRET", revision=1))
    assert len(house.platform.warned) == 1


async def test_a_late_older_revision_changes_nothing(house: House) -> None:
    await house.happens(message("SECRET", revision=1), message("CONFIDENTIAL", revision=0))
    recorded = house.store.decisions.latest(REF)
    assert recorded
    assert recorded.revision == 1
    assert len(house.platform.warned) == 1


@pytest.mark.parametrize(
    ("by", "closed"),
    [
        pytest.param(AUTHOR.id, True, id="by its author"),
        pytest.param("", True, id="the platform does not tell by whom"),
        pytest.param("somebody", False, id="by somebody else"),
    ],
)
async def test_a_deletion_closes_the_author_s_case(house: House, by: str, closed: bool) -> None:
    await house.happens(message("CONFIDENTIAL"), Deletion(REF, START, by))
    case = house.store.cases.get(1)
    assert case
    assert (case.outcome == Outcome.CORRECTED) is closed


async def test_text_in_pieces_is_found_and_told_of_once(house: House) -> None:
    pieces = [("SEC", 0), ("RET", 10), ("and more", 20)]
    for number, (text, seconds) in enumerate(pieces):
        await house.happens(message(text, id=str(number), at=START + timedelta(seconds=seconds)))
    assert [notice.ref.id for notice in house.platform.warned] == ["1"]


async def test_a_restart_in_the_middle_of_a_text_in_pieces_forgot_its_start(store: Store) -> None:
    await build_house(store).happens(message("SEC", id="1"))
    restarted = build_house(store)
    restarted.pipeline.judge.recall()
    await restarted.happens(message("RET", id="2", at=START + timedelta(seconds=10)))
    assert [notice.ref.id for notice in restarted.platform.warned] == ["2"]
    again = build_house(store)
    again.pipeline.judge.recall()
    await again.happens(message("and more", id="3", at=START + timedelta(seconds=20)))
    assert not again.platform.warned


async def test_what_was_said_is_erased_when_its_run_is_over(house: House) -> None:
    await house.happens(message("hello", id="1"))
    house.clock.pass_by(minutes=4)
    await house.happens(message("hello again", id="2"))
    assert [entry.about for entry in house.store.runs.kept()] == [about(message("hello again", id="2"))]


async def test_a_run_that_can_not_be_read_again_stops_nothing(house: House) -> None:
    house.store.runs.keep(RunEntry("somebody else's", b"x", is_told=False), START)
    house.pipeline.judge.recall()
    await house.happens(message("SECRET"))
    assert len(house.platform.warned) == 1


async def test_warnings_add_up(house: House) -> None:
    for number in range(3):
        house.clock.pass_by(minutes=10)
        at = house.clock.now()
        await house.happens(message("35202-1234567-1", id=str(number), at=at))
    latest = house.store.decisions.latest(MessageRef("fake", "office", "2"))
    assert latest
    assert latest.decision.severity == Severity.HIGH
    assert len(house.store.cases.list()) == 1


async def test_attachments_and_their_names_are_scanned(house: House) -> None:
    file = Attachment("CONFIDENTIAL.txt", content=b"my id is 35202-1234567-1")
    await house.happens(Message(REF, AUTHOR, "", START, attachments=(file,)))
    case = house.store.cases.get(1)
    assert case
    assert {finding.part for finding in case.evidence.findings} >= {"file_name"}
    assert {finding.entity for finding in case.evidence.findings} == {"CLASSIFICATION_LABEL", "PK_CNIC"}


async def test_an_attachment_that_did_not_come_along_is_undecided(house: House) -> None:
    file = Attachment("big.pdf", missing="too large")
    await house.happens(Message(REF, AUTHOR, "see file", START, attachments=(file,)))
    recorded = house.store.decisions.latest(REF)
    assert recorded
    assert recorded.evidence.undecided == (("attachment 1", "too large"),)
    assert recorded.decision.rule == "unread"


async def test_a_file_that_is_posted_again_points_to_the_case_that_it_was_in(house: House) -> None:
    file = Attachment("minutes.txt", content=b"CONFIDENTIAL minutes")
    harmless = Attachment("menu.txt", content=b"soup")
    await house.happens(Message(REF, AUTHOR, "", START, attachments=(file, harmless)))
    again = Message(MessageRef("fake", "office", "m2"), AUTHOR, "", START, attachments=(harmless, file))
    await house.happens(again)
    first, second = house.store.cases.get(1), house.store.cases.get(2)
    assert first
    assert second
    assert first.evidence.known == ()
    assert second.evidence.known == (("attachment 2", 1),)
    assert [one.part for one in second.evidence.findings] == ["attachment 2"]
    assert "The same file as in case 1." in house.platform.cards[-1].body


@pytest.mark.parametrize(
    ("mode", "unread", "is_case", "cards"),
    [
        pytest.param(Mode.ENFORCE, None, True, 0, id="by default a case, and nobody is disturbed"),
        pytest.param(Mode.COACH, None, False, 0, id="a chat that is coached: on record"),
        pytest.param(Mode.COACH, Unread.CASE, True, 0, id="a case there too, if it is wanted"),
        pytest.param(Mode.ENFORCE, Unread.RECORD, False, 0, id="on record only, if that is wanted"),
        pytest.param(Mode.ENFORCE, Unread.CARD, True, 1, id="shown to the moderators at once"),
        pytest.param(Mode.OBSERVE, Unread.CARD, False, 0, id="observing opens none"),
    ],
)
async def test_what_could_not_be_looked_at_is_taken_to_moderators_as_the_chat_has_it(
    store: Store, mode: Mode, unread: Unread | None, is_case: bool, cards: int
) -> None:
    house = build_house(store, replace(chat(mode), unread=unread))
    files = tuple(Attachment(f"{number}.zip", missing="too large") for number in range(3))
    await house.happens(Message(REF, AUTHOR, "see files", START, attachments=files))
    assert [case.severity for case in store.cases.list()] == ([Severity.LOW] if is_case else [])
    assert len(house.platform.cards) == cards
    assert bool(store.decisions.sealed(REF)) is is_case
    assert not house.platform.warned


async def test_a_case_about_what_could_not_be_looked_at_ends_with_it(house: House) -> None:
    file = Attachment("big.pdf", missing="too large")
    await house.happens(Message(REF, AUTHOR, "see file", START, attachments=(file,)))
    await house.happens(Message(REF, AUTHOR, "SECRET", START, revision=1, attachments=(file,)))
    await house.happens(Message(REF, AUTHOR, "see file", START, revision=2, attachments=(file,)))
    case = house.store.cases.get(1)
    assert case
    assert case.status == Status.OPEN
    await house.happens(message("see no file", revision=3))
    case = house.store.cases.get(1)
    assert case
    assert case.outcome == Outcome.CORRECTED


async def test_a_detector_that_breaks_never_makes_a_message_clean(house: House) -> None:
    house.detectors.breaks = True
    await house.happens(message("SECRET"))
    recorded = house.store.decisions.latest(REF)
    assert recorded
    assert recorded.evidence.undecided == (("message", "detector failed (ValueError)"),)


async def test_one_event_that_breaks_something_never_stops_the_bot_for_all(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")

    await house.happens(message("CONFIDENTIAL"))
    with monkeypatch.context() as patched:
        patched.setattr(type(house.cases), "answered", broken)
        await house.happens(Answer(REF, START, AUTHOR, Choice.DISPUTE))
    await house.happens(message("SECRET", id="next"))
    assert house.store.inbox.counts()["aside"] == 1
    assert [notice.ref.id for notice in house.platform.warned] == ["m1", "next"]


@pytest.mark.parametrize("letter", ["\ud800", "a\x00b", "\u202e"])
async def test_hostile_letters_names_and_ids_are_stored_like_any_other(house: House, letter: str) -> None:
    ref = MessageRef("fake", "office", f"m{letter}")
    author = Person(f"a{letter}", f"A{letter}")
    posted = Message(ref, author, f"CONFIDENTIAL {letter}", START)
    await house.happens(posted, Answer(ref, START, author, Choice.AUTHORISED, f"F.1{letter}"))
    assert house.store.inbox.counts()["aside"] == 0
    [case] = house.store.cases.list()
    assert "says that he is authorised, letter F.1" in case.claim


@pytest.mark.parametrize("year", [1, 9999])
async def test_a_message_from_the_ends_of_time_is_judged(house: House, year: int) -> None:
    await house.happens(message("35202-1234567-1", at=START.replace(year=year)))
    assert house.store.inbox.counts()["aside"] == 0
    assert len(house.platform.warned) == 1


async def test_an_entry_that_can_not_be_unsealed_is_put_aside_and_the_rest_goes_on(house: House) -> None:
    house.store.inbox.add("strange", b"not a seal", START)
    await house.happens(message("SECRET"))
    assert house.store.inbox.counts()["aside"] == 1
    assert len(house.platform.warned) == 1
    assert "put aside" in {entry.act for entry in house.store.audit.entries()}


async def test_a_crash_while_recording_leaves_the_entry_in_the_inbox(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise SystemExit("the power failed")

    with monkeypatch.context() as broken:
        broken.setattr(type(house.store.audit), "append", crash)
        await house.intake.put(message("SECRET"))
        with pytest.raises(SystemExit):
            await house.pipeline.settle()
    assert house.store.decisions.latest(REF) is None
    assert house.store.cases.list() == []
    assert house.store.outbox.of_message(REF) == []
    await house.pipeline.settle()
    await house.delivery.settle()
    assert len(house.platform.warned) == 1
    assert len(house.store.cases.list()) == 1


async def test_the_author_takes_his_message_back(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"), Answer(REF, START, AUTHOR, Choice.REMOVE))
    case = house.store.cases.get(1)
    assert case
    assert house.platform.removed == {REF}
    assert (case.status, case.outcome) == (Status.CLOSED, Outcome.CORRECTED)


async def test_running_works_on_what_comes_in_until_cancelled(store: Store) -> None:
    from bot.bus import MemoryBus

    house = build_house(store)
    bus = MemoryBus()
    object.__setattr__(house.pipeline, "bus", bus)
    object.__setattr__(house.intake, "bus", bus)
    running = asyncio.create_task(house.pipeline.run())
    with bus.subscribe("outbox") as news:
        await asyncio.sleep(0)
        await house.intake.put(message("SECRET"))
        await asyncio.wait_for(anext(news), 5)
    running.cancel()
    assert house.store.decisions.latest(REF) is not None


async def test_what_was_said_is_erased_in_a_silent_chat_too(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.bus import MemoryBus

    monkeypatch.setattr("bot.pipeline.WITHIN", timedelta(milliseconds=1))
    monkeypatch.setattr("bot.judging.WITHIN", timedelta(milliseconds=1))
    object.__setattr__(house.pipeline, "bus", MemoryBus())
    await house.happens(message("hello"))
    house.clock.pass_by(minutes=1)
    running = asyncio.create_task(house.pipeline.run())
    async with asyncio.timeout(5):
        while house.store.runs.kept():  # noqa: ASYNC110 - a store tells nobody what it forgets
            await asyncio.sleep(0)
    running.cancel()


def test_an_unknown_chat_may_be_read_by_anyone(house: House) -> None:
    found = house.pipeline.judge.chats.of(ChatRef("fake", "elsewhere"))
    assert (found.mode, found.audience.public, found.audience.ceiling) == (Mode.OBSERVE, True, Level.UNMARKED)


async def test_an_answer_by_somebody_else_is_refused_and_put_on_record(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"), Answer(REF, START, Person("bilal"), Choice.REMOVE))
    assert house.platform.removed == set()
    assert "answer refused" in {entry.act for entry in house.store.audit.entries()}


async def test_a_part_that_came_late_of_what_was_removed_is_removed_too(house: House) -> None:
    await house.happens(message("SECRET"))
    house.platform.removed.clear()
    await house.happens(message("SECRET", revision=1))
    assert house.platform.removed == {REF}
    assert len(house.platform.warned) == 1
