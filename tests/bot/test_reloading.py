"""A changed configuration is taken up while messages are judged: none is lost, and none judged twice."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from bot.bus import MemoryBus
from bot.config.loading import Configuration, load_configuration
from bot.config.settings import ConsoleSettings
from bot.errors import ConfigurationError, Problem
from bot.in_force import Rules
from bot.model import MessageRef
from bot.ports import Store
from bot.reloading import Reloading
from detectors.finding import Part, Scan
from tests.bot.builders import RULES, message
from tests.bot.house import House, build_house
from tests.fakes.detectors import WORDS, FakeDetectors, Word

NIGHTJAR = {**WORDS, "NIGHTJAR": Word("CLASSIFICATION_LABEL", 0.9, (("label", "NIGHTJAR"), ("level", 3)))}
NEW = replace(RULES, detectors=FakeDetectors(NIGHTJAR), edition="the next edition")
NOTHING = cast(Configuration, None)


class Held(FakeDetectors):
    """Holds up who asks, until he may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.has_begun, self.may_go_on = Event(), Event()
        self.closed = False

    def scan(self, parts: Sequence[Part]) -> Scan:
        self.has_begun.set()
        if not self.may_go_on.wait(20):
            raise TimeoutError
        return super().scan(parts)

    def close(self) -> None:
        self.closed = True


@pytest.fixture(scope="module")
def started() -> Configuration:
    return load_configuration()


def reloading(
    house: House,
    started: Configuration,
    *,
    read: Callable[[], Configuration] | None = None,
    make: Callable[[Configuration], Rules] = lambda _: NEW,
) -> Reloading:
    return Reloading(started, read or (lambda: started), make, house.in_force, house.store, house.clock)


@asynccontextmanager
async def at_work(house: House) -> AsyncIterator[None]:
    bus = MemoryBus()
    object.__setattr__(house.pipeline, "bus", bus)
    object.__setattr__(house.intake, "bus", bus)
    task = asyncio.create_task(house.pipeline.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 - a store tells nobody what it keeps
            await asyncio.sleep(0)


def judged(house: House) -> list[str]:
    """What was judged, in order, each time that it was."""
    return [one.subject for one in house.store.audit.entries() if one.act.startswith("decided")]


async def test_messages_posted_during_a_change_are_each_judged_once(
    store: Store, started: Configuration
) -> None:
    house, may_be_made = build_house(store), Event()

    def make(_: Configuration) -> Rules:
        assert may_be_made.wait(20)
        return NEW

    async def post(first: int, last: int) -> None:
        for number in range(first, last):
            await house.intake.put(message("SECRET NIGHTJAR", id=f"m{number}"))

    async with at_work(house):
        await post(0, 20)
        changing = asyncio.create_task(reloading(house, started, make=make).reload("tester"))
        await post(20, 40)
        await until(lambda: len(judged(house)) >= 30)
        may_be_made.set()
        await post(40, 60)
        assert await changing
        await post(60, 70)
        await until(lambda: not house.store.inbox.counts()["waiting"])
    assert house.store.inbox.counts()["aside"] == 0
    assert len(judged(house)) == len(set(judged(house))) == 70
    found = [
        len(recorded.evidence.findings)
        for number in range(70)
        if (recorded := house.store.decisions.latest(MessageRef("fake", "office", f"m{number}")))
    ]
    assert found[:30] == [1] * 30
    assert found[60:] == [2] * 10
    assert found == sorted(found), "one that came later was judged by what was in force earlier"


async def test_a_message_in_work_is_judged_to_its_end_by_what_it_began_with(
    store: Store, started: Configuration
) -> None:
    house, old = build_house(store), Held()
    house.in_force.replace(replace(RULES, detectors=old))
    async with at_work(house):
        await house.intake.put(message("SECRET NIGHTJAR"))
        await asyncio.to_thread(old.has_begun.wait, 20)
        assert await reloading(house, started).reload("tester")
        assert not old.closed
        old.may_go_on.set()
        await until(lambda: judged(house))
    recorded = house.store.decisions.latest(message().ref)
    assert recorded
    assert [dict(one.attributes)["label"] for one in recorded.evidence.findings] == ["SECRET"]
    assert old.closed


async def test_it_is_put_on_record_who_changed_what(house: House, started: Configuration) -> None:
    await reloading(house, started).reload("operator (SIGHUP)")
    [entry] = house.store.audit.entries()
    assert (entry.actor, entry.act) == ("operator (SIGHUP)", "took up the configuration")
    assert (entry.subject, entry.details) == (NEW.fingerprint, f"before: {RULES.fingerprint}")


async def test_a_changed_policy_is_what_people_are_told_of(house: House, started: Configuration) -> None:
    policy = replace(RULES.policy, entities={**RULES.policy.entities, "PK_CNIC": "a card"})
    await reloading(house, started, make=lambda _: replace(NEW, policy=policy)).reload("tester")
    assert house.cases.speaker.policy is policy


PROBLEM = Problem(Path("policy.yaml"), 3, "rules[0].severity", "must be text")


def broken() -> Configuration:
    raise ConfigurationError([PROBLEM])


def unmakable(_: Configuration) -> Rules:
    raise ValueError("what stands in the file")


@pytest.mark.parametrize(
    ("read", "make", "told"),
    [
        pytest.param(broken, lambda _: NEW, str(PROBLEM), id="a mistake in a file"),
        pytest.param(
            None, unmakable, "no detectors can be made from it (ValueError)", id="detectors that fail"
        ),
    ],
)
async def test_what_is_wrong_is_told_and_changes_nothing(
    house: House,
    started: Configuration,
    read: Callable[[], Configuration] | None,
    make: Callable[[Configuration], Rules],
    told: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert not await reloading(house, started, read=read, make=make).reload("tester")
    with house.in_force.lent() as rules:
        assert rules.detectors is house.detectors
    assert told in caplog.text
    assert "what stands in the file" not in caplog.text
    assert house.in_force.refusal
    assert house.in_force.refusal.mistakes == (told,)
    [entry] = house.store.audit.entries()
    assert (entry.act, entry.details) == ("refused the configuration", "one mistake")


async def test_once_it_is_corrected_nothing_is_refused_any_more(house: House, started: Configuration) -> None:
    await reloading(house, started, read=broken).reload("tester")
    await reloading(house, started).reload("tester")
    assert house.in_force.refusal is None


async def test_what_only_a_start_can_change_is_said(
    house: House, started: Configuration, caplog: pytest.LogCaptureFixture
) -> None:
    settings = replace(started.settings, console=ConsoleSettings("127.0.0.1:9"))
    changed = replace(started, settings=settings)
    assert await reloading(house, started, read=lambda: changed).reload("tester")
    [said] = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    assert said == "raazdar.yaml: console: has changed, and is taken up at the next start only"


async def test_nothing_is_said_of_what_has_not_changed(
    house: House, started: Configuration, caplog: pytest.LogCaptureFixture
) -> None:
    assert await reloading(house, started, read=load_configuration).reload("tester")
    assert not [one for one in caplog.records if one.levelno == logging.WARNING]


async def test_asking_again_while_it_is_read_reads_it_again(house: House, started: Configuration) -> None:
    asked: list[int] = []

    def read() -> Configuration:
        asked.append(1)
        if len(asked) == 1:
            change.ask()
            change.ask()
        return started

    change = reloading(house, started, read=read)
    task = asyncio.create_task(change.run())
    change.ask()
    await until(lambda: len(house.store.audit.entries()) == 2)
    task.cancel()
    assert len(asked) == 2
