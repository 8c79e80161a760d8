import asyncio
from dataclasses import replace

import pytest

from bot.bus import MemoryBus
from bot.delivery import PATIENCE, pause
from bot.errors import PlatformRefused, PlatformUnavailable
from bot.model import Action, Deletion, MessageRef, Outcome, PlannedAction, Status
from tests.bot.builders import AUTHOR, REF, message
from tests.bot.house import House
from tests.fakes.clock import START


@pytest.mark.parametrize(
    ("attempts", "retry_after", "seconds"),
    [(0, None, 1), (1, None, 2), (4, None, 16), (30, None, 300), (30, 7.5, 7.5)],
)
def test_the_pause_doubles_up_to_a_limit_or_is_what_the_platform_asks_for(
    attempts: int, retry_after: float | None, seconds: float
) -> None:
    assert pause(attempts, retry_after) == seconds


async def test_what_fails_for_now_is_tried_again_when_it_is_due(house: House) -> None:
    house.platform.failures = [PlatformUnavailable("busy", retry_after=30)]
    await house.happens(message("35202-1234567-1"))
    assert house.platform.warned == []
    house.clock.pass_by(seconds=29)
    await house.delivery.settle()
    assert house.platform.warned == []
    house.clock.pass_by(seconds=1)
    await house.delivery.settle()
    assert len(house.platform.warned) == 1


async def test_a_long_outage_is_waited_out(house: House) -> None:
    house.platform.failures = [PlatformUnavailable("busy") for _ in range(12)]
    await house.happens(message("35202-1234567-1"))
    for _ in range(13):
        house.clock.pass_by(hours=1)
        await house.delivery.settle()
    assert len(house.platform.warned) == 1
    assert house.store.cases.list() == []


async def test_when_patience_ends_a_person_is_told(house: House) -> None:
    house.platform.failures = [PlatformUnavailable("busy") for _ in range(2)]
    await house.happens(message("35202-1234567-1"))
    house.clock.pass_by(seconds=PATIENCE.total_seconds())
    await house.delivery.settle()
    [case] = house.store.cases.list()
    assert case.status == Status.OPEN
    assert "could not warn: busy, tried 2 times" in [event.what for event in house.store.cases.events(1)]
    assert [card.case for card in house.platform.cards] == [1]


async def test_a_platform_that_never_answers_counts_as_unavailable(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.delivery.LONGEST_ACTION", 0.01)
    with monkeypatch.context() as broken:
        broken.setattr(house.platform, "warn", silent)
        await house.happens(message("35202-1234567-1"))
    assert house.platform.warned == []
    house.clock.pass_by(seconds=2)
    await house.delivery.settle()
    assert len(house.platform.warned) == 1


async def test_what_was_planned_for_a_message_that_was_mended_since_is_let_go(house: House) -> None:
    house.platform.failures = [PlatformUnavailable("down") for _ in range(3)]
    await house.happens(message("SECRET"), message("mended", revision=1))
    house.clock.pass_by(hours=1)
    await house.delivery.settle()
    assert (house.platform.warned, house.platform.cards, house.platform.removed) == ([], [], set())
    states = {entry.planned.action: entry.state for entry in house.store.outbox.of_message(REF)}
    assert set(states.values()) == {"dropped"}


async def test_what_was_planned_for_a_message_that_is_gone_is_let_go(house: House) -> None:
    house.platform.failures = [PlatformUnavailable("down")]
    await house.happens(message("35202-1234567-1"), Deletion(REF, START, AUTHOR.id))
    house.clock.pass_by(hours=1)
    await house.delivery.settle()
    assert house.platform.warned == []
    assert house.store.cases.list() == []


async def test_a_removal_that_failed_brings_a_closed_case_back(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    house.cases.close(1, Outcome.LEAK, "mona")
    await house.delivery.settle()
    house.platform.failures = [PlatformRefused("no permission")]
    house.cases.remove(1, "mona")
    await house.delivery.settle()
    case = house.store.cases.get(1)
    assert case
    assert case.status == Status.OPEN


async def test_an_ending_that_could_not_be_told_opened_the_case_again(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    house.platform.failures = [PlatformRefused("the author left")]
    house.cases.close(1, Outcome.LEAK, "mona")
    await house.delivery.settle()
    case = house.store.cases.get(1)
    assert case
    assert case.status == Status.CLOSED
    assert house.store.cases.events(1)[-1].what == "could not warn: the author left"


async def test_what_is_refused_becomes_a_case_at_once(house: House) -> None:
    house.platform.failures = [PlatformRefused("no permission")]
    await house.happens(message("35202-1234567-1"))
    [case] = house.store.cases.list()
    assert [event.what for event in house.store.cases.events(case.number)] == [
        "could not warn: no permission",
        "told the moderators",
    ]


async def test_one_action_that_fails_does_not_stop_the_others(house: House) -> None:
    house.platform.failures = [PlatformRefused("no permission")]
    await house.happens(message("SECRET"))
    assert house.platform.removed == {REF}
    states = {entry.planned.action: entry.state for entry in house.store.outbox.of_message(REF)}
    assert states == {Action.WARN: "failed", Action.ESCALATE: "done", Action.REMOVE: "done"}


async def test_an_error_that_nobody_foresaw_is_put_on_record(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise KeyError("text of the message")

    monkeypatch.setattr(house.platform, "warn", broken)
    await house.happens(message("35202-1234567-1"))
    [case] = house.store.cases.list()
    assert house.store.cases.events(case.number)[0].what == "could not warn: an unexpected KeyError"


async def test_what_was_done_stands_in_the_timeline_and_in_the_audit_log(house: House) -> None:
    await house.happens(message("SECRET"))
    what = [event.what for event in house.store.cases.events(1)]
    assert what[1:] == ["warned the author in private", "removed the message", "told the moderators"]
    assert {"removed the message"} <= {entry.act for entry in house.store.audit.entries()}


async def test_a_crash_after_acting_repeats_the_action_with_the_same_key(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(type(house.store.outbox), "done", crash)
        with pytest.raises(SystemExit):
            await house.happens(message("35202-1234567-1"))
    await house.delivery.settle()
    assert len(house.platform.warned) == 1


async def test_what_is_for_a_platform_that_is_gone_is_refused_and_holds_nothing_up(house: House) -> None:
    elsewhere = MessageRef("pigeon", "office", "m1")
    house.store.outbox.plan(PlannedAction("gone", Action.REMOVE, elsewhere, live=True), START)
    await house.intake.put(message("35202-1234567-1"))
    await house.pipeline.settle()
    bus = MemoryBus()
    with bus.subscribe("cases") as news:
        running = asyncio.create_task(replace(house.delivery, bus=bus).run())
        async with asyncio.timeout(5):
            await anext(news)
    running.cancel()
    assert len(house.platform.warned) == 1
    [entry] = house.store.outbox.of_message(elsewhere)
    assert (entry.state, "not part of this configuration" in entry.result) == ("failed", True)
