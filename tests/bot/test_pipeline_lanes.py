"""While a file is read, everything else goes on; what is about the same message waits."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.bus import MemoryBus
from bot.model import Answer, Attachment, Choice, Deletion, Event, Message, MessageRef, Outcome
from bot.ports import Lane, Store
from tests.bot.builders import AUTHOR, REF, message
from tests.bot.house import House, build_house
from tests.fakes.clock import START
from tests.fakes.scanner import HeldScanner

LONG = Attachment("minutes.txt", content=b"CONFIDENTIAL minutes\n" * 1000)


def with_file(text: str = "", *, revision: int = 0) -> Message:
    return replace(message(text, revision=revision), attachments=(LONG,))


@pytest.fixture
def scanner() -> HeldScanner:
    return HeldScanner()


@asynccontextmanager
async def at_work(store: Store, scanner: HeldScanner) -> AsyncIterator[House]:
    """Both lanes are worked through meanwhile; nothing is delivered unless the test does it."""
    house, bus = build_house(store, scanner=scanner), MemoryBus()
    object.__setattr__(house.pipeline, "bus", bus)
    object.__setattr__(house.intake, "bus", bus)
    tasks = [asyncio.create_task(house.pipeline.run()), asyncio.create_task(house.pipeline.run_slowly())]
    try:
        yield house
    finally:
        scanner.may_go_on.set()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 - a store tells nobody what it keeps
            await asyncio.sleep(0)


async def posted(house: House, *events: Event) -> None:
    """The file of the first one is being read when the others come."""
    for event in events:
        await house.intake.put(event)


async def test_a_text_is_judged_while_a_file_is_read(store: Store, scanner: HeldScanner) -> None:
    other = MessageRef("fake", "office", "m2")
    async with at_work(store, scanner) as house:
        await posted(house, with_file(), message("SECRET", id="m2"))
        await until(lambda: house.store.decisions.latest(other))
        assert house.store.decisions.latest(REF) is None
        scanner.may_go_on.set()
        await until(lambda: house.store.decisions.latest(REF))
    assert house.store.inbox.counts()["waiting"] == 0


async def test_many_files_that_wait_hold_up_no_text(store: Store, scanner: HeldScanner) -> None:
    async with at_work(store, scanner) as house:
        files = [replace(with_file(), ref=MessageRef("fake", "office", f"f{number}")) for number in range(30)]
        await posted(house, *files, message("SECRET"))
        await until(lambda: house.store.decisions.latest(REF))
        assert len(house.store.inbox.waiting(100, Lane.SLOW)) == 30


async def test_an_edit_does_not_overtake_the_message(store: Store, scanner: HeldScanner) -> None:
    async with at_work(store, scanner) as house:
        await posted(house, with_file(), message("mended", revision=1))
        await until(scanner.has_begun.is_set)
        assert house.store.decisions.latest(REF) is None
        scanner.may_go_on.set()
        await until(lambda: house.store.inbox.counts()["waiting"] == 0)
    latest = house.store.decisions.latest(REF)
    assert latest
    assert latest.revision == 1
    case = house.store.cases.of_message(REF)
    assert case
    assert case.outcome == Outcome.CORRECTED


async def test_an_answer_is_heard_when_there_is_something_to_answer(
    store: Store, scanner: HeldScanner
) -> None:
    async with at_work(store, scanner) as house:
        await posted(house, with_file(), Answer(REF, START, AUTHOR, Choice.DISPUTE))
        scanner.may_go_on.set()
        await until(lambda: house.store.inbox.counts()["waiting"] == 0)
    case = house.store.cases.of_message(REF)
    assert case
    assert case.claim == "disputes the warning"


@pytest.mark.parametrize(
    "between",
    [(), (with_file("SECRET", revision=1),)],
    ids=["at once", "after an edit"],
)
async def test_nobody_is_warned_of_what_was_deleted_while_it_was_read(
    store: Store, scanner: HeldScanner, between: tuple[Event, ...]
) -> None:
    async with at_work(store, scanner) as house:
        await posted(house, with_file(), *between, Deletion(REF, START, AUTHOR.id))
        scanner.may_go_on.set()
        await until(lambda: house.store.decisions.latest(REF))
        assert not [one for one in house.store.outbox.of_message(REF) if one.state == "waiting"]
        await until(lambda: house.store.inbox.counts()["waiting"] == 0)
    case = house.store.cases.of_message(REF)
    assert case
    assert case.outcome == Outcome.CORRECTED


async def test_what_was_being_read_when_the_program_stopped_is_read_again(
    store: Store, scanner: HeldScanner
) -> None:
    async with at_work(store, scanner) as house:
        await posted(house, with_file())
        await until(scanner.has_begun.is_set)
    assert house.store.inbox.counts()["waiting"] == 1
    again = build_house(store)
    await again.pipeline.settle()
    await again.delivery.settle()
    assert [notice.ref for notice in again.platform.warned] == [REF]
    assert again.store.inbox.counts()["waiting"] == 0


async def test_text_in_pieces_is_found_though_its_first_piece_stands_over_a_file(
    store: Store, scanner: HeldScanner
) -> None:
    clean = Attachment("minutes.txt", content=b"nothing of note\n" * 1000)
    async with at_work(store, scanner) as house:
        over = replace(message("SEC"), attachments=(clean,))
        after = message("RET", id="m2", at=START + timedelta(seconds=5))
        await posted(house, over, after)
        await until(lambda: house.store.inbox.is_finished('["fake", "office", "m2", "revision", 0]'))
        scanner.may_go_on.set()
        await until(lambda: house.store.inbox.counts()["waiting"] == 0)
    recorded = house.store.decisions.latest(REF)
    assert recorded
    assert recorded.decision.rule == "label"
