"""What happened reaches the inbox: in order, all of it, also after a crash."""

import asyncio
from pathlib import Path

import pytest

from adapters.local import translate
from adapters.local.platform import LocalPlatform
from bot.model import Answer, Choice, Deletion, Event, Message, Notice, Person
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.local.serving import TickingClock, make_platform, running
from tests.fakes.desk import FakeDesk

ALI = Person("ayesha", "Ayesha Khan")
CLOCK = TickingClock()


def message(id_: str, revision: int = 0) -> Message:
    return Message(translate.ref("budget", id_), ALI, f"{id_} {revision}", CLOCK.at, revision)


def deletion(id_: str) -> Deletion:
    return Deletion(translate.ref("budget", id_), CLOCK.at, "ayesha")


CONVERSATION: list[Message | Deletion] = [
    message("m1"),
    message("m2"),
    message("m1", 1),
    deletion("m2"),
    message("m3"),
]


async def play(platform: LocalPlatform) -> None:
    for event in CONVERSATION:
        await platform.play(event)


async def test_what_happened_while_nobody_ran_is_handed_over_first_and_in_order(tmp_path: Path) -> None:
    await play(make_platform(tmp_path))
    inbox, platform = FakeInbox(), make_platform(tmp_path)
    async with running(platform, inbox):
        await platform.play(message("m4"))
    assert inbox.events == [*CONVERSATION, message("m4")]


@pytest.mark.parametrize("crash_at", range(len(CONVERSATION)))
async def test_after_a_crash_between_post_and_inbox_nothing_is_lost(tmp_path: Path, crash_at: int) -> None:
    inbox, platform = FakeInbox(fail_at=crash_at), make_platform(tmp_path)
    await play(platform)
    with pytest.raises(OSError, match="disk is full"):
        await platform.run(inbox, FakeDesk())
    assert inbox.events == CONVERSATION[:crash_at]
    after = FakeInbox()
    async with running(make_platform(tmp_path), after):
        await after.has(len(CONVERSATION) - crash_at)
    assert after.events == CONVERSATION[crash_at:]


async def test_a_crash_between_inbox_and_mark_repeats_one_thing_at_most(tmp_path: Path) -> None:
    platform = make_platform(tmp_path)
    await play(platform)

    class Crash(BaseException):
        """As if the process had been killed: nothing in the program catches it."""

    class DyingInbox(FakeInbox):
        async def put(self, event: Event) -> bool:
            await super().put(event)
            if len(self.events) == 3:
                raise Crash
            return True

    before, after = DyingInbox(), FakeInbox()
    with pytest.raises(Crash):
        await platform.run(before, FakeDesk())
    async with running(make_platform(tmp_path), after):
        await after.has(3)
    assert before.events + after.events[1:] == CONVERSATION
    assert after.events[0] == before.events[-1]


async def test_what_was_removed_before_it_was_handed_over_is_erased_after(tmp_path: Path) -> None:
    platform, inbox = make_platform(tmp_path), FakeInbox()
    await platform.play(message("m1"))
    await platform.remove(translate.ref("budget", "m1"))
    async with running(platform, inbox):
        await platform.play(message("m2"))
    assert inbox.events == [message("m1"), message("m2")]
    assert platform.house.rooms.message("budget", "m1", 0).text == ""


async def test_who_posts_waits_until_it_lies_in_the_inbox(tmp_path: Path) -> None:
    inbox, platform = FakeInbox(), make_platform(tmp_path)
    inbox.open.clear()
    async with running(platform, inbox):
        posting = asyncio.create_task(platform.play(message("m1")))
        done, _ = await asyncio.wait({posting}, timeout=0.05)
        assert not done
        inbox.open.set()
        await posting
    assert inbox.events == [message("m1")]


async def test_who_posts_does_not_wait_for_what_came_after(tmp_path: Path) -> None:
    class Narrow(FakeInbox):
        """Lets one thing in."""

        async def put(self, event: Event) -> bool:
            if self.events:
                self.open.clear()
            return await super().put(event)

    inbox, platform = Narrow(), make_platform(tmp_path)
    async with running(platform, inbox):
        later = asyncio.create_task(platform.play(message("m2")))
        first = asyncio.create_task(platform.play(message("m1")))
        await asyncio.wait({first, later}, return_when=asyncio.FIRST_COMPLETED)
        assert later.done() != first.done()
        inbox.open.set()
        await asyncio.gather(first, later)


async def test_who_waits_is_let_go_when_the_inbox_fails(tmp_path: Path) -> None:
    platform = make_platform(tmp_path)
    run = asyncio.create_task(platform.run(FakeInbox(fail_at=0), FakeDesk()))
    await asyncio.sleep(0)
    await platform.play(message("m1"))
    with pytest.raises(OSError, match="disk is full"):
        await run


async def test_an_answer_reaches_the_inbox_after_a_restart(tmp_path: Path) -> None:
    platform, inbox = make_platform(tmp_path), FakeInbox()
    await platform.play(message("m1"))
    choices = ((Choice.AUTHORISED, "I am authorised"),)
    await platform.warn(Notice("k", translate.ref("budget", "m1"), ALI, "T", "B", "P", choices))
    platform.house.notices.answer("k", ALI, Choice.AUTHORISED, "F.1", CLOCK.at)
    async with running(make_platform(tmp_path), inbox):
        await inbox.has(2)
    assert inbox.events[1] == Answer(
        translate.ref("budget", "m1"), CLOCK.at, ALI, Choice.AUTHORISED, letter="F.1"
    )
