"""The contract of `bot.ports`, kept by the local chat."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.local import translate
from adapters.local.platform import LocalPlatform
from bot.model import Attachment, Card, ChatRef, Deletion, Message, MessageRef, Notice, Person, Severity
from bot.ports import Platform, PlatformRefused, Stage, WebPlatform
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.local.serving import TickingClock, make_platform, running

NOW = TickingClock().at
REF = translate.ref("budget", "m1")
ALI = Person("somebody-of-the-seeds", "Ali")
MESSAGE = Message(
    REF,
    ALI,
    "\ud800 text\0",
    NOW,
    attachments=(Attachment("\u202efdp.exe", "a/b", b"\0\xff"), Attachment("big", missing="too large")),
    forwarded_from="News",
)
CARD = Card("c", ChatRef("local", "moderators"), 1, REF, 0, Severity.HIGH, "T", "B", "/cases/1")


def notice(ref: MessageRef = REF) -> Notice:
    return Notice("k", ref, ALI, "T", "B", "P", ())


@pytest.fixture
def platform(tmp_path: Path) -> LocalPlatform:
    return make_platform(tmp_path)


def test_it_is_a_platform_with_a_web_and_a_stage(platform: LocalPlatform) -> None:
    as_platform: Platform = platform
    assert as_platform.name == "local"
    assert isinstance(platform, WebPlatform)
    assert platform.mount == "/chat"
    assert isinstance(platform, Stage)


async def test_what_is_played_arrives_as_it_was_given(platform: LocalPlatform) -> None:
    inbox = FakeInbox()
    edit = replace(MESSAGE, text="better", revision=1)
    deletion = Deletion(REF, NOW, ALI.id)
    async with running(platform, inbox):
        for event in (MESSAGE, MESSAGE, edit, MESSAGE, edit, deletion, deletion, edit):
            await platform.play(event)
    assert inbox.events == [MESSAGE, edit, deletion]


async def test_a_message_without_a_time_is_sent_now(platform: LocalPlatform) -> None:
    inbox = FakeInbox()
    async with running(platform, inbox):
        await platform.play(replace(MESSAGE, sent_at=None))
    (posted,) = inbox.events
    assert isinstance(posted, Message)
    assert posted.sent_at is not None
    assert posted.sent_at > NOW


async def test_a_removed_message_is_gone(platform: LocalPlatform) -> None:
    await platform.play(MESSAGE)
    assert not await platform.is_removed(REF)
    await platform.remove(REF)
    assert await platform.is_removed(REF)
    await platform.remove(REF)
    assert await platform.is_removed(REF)


async def test_a_message_that_its_author_deleted_is_gone_too(platform: LocalPlatform) -> None:
    await platform.play(MESSAGE)
    await platform.play(Deletion(REF, NOW, ALI.id))
    assert await platform.is_removed(REF)


async def test_removing_tells_the_inbox_nothing(platform: LocalPlatform) -> None:
    inbox = FakeInbox()
    async with running(platform, inbox):
        await platform.play(MESSAGE)
        await platform.remove(REF)
        await platform.play(replace(MESSAGE, ref=translate.ref("budget", "m2")))
    assert [event.ref.id for event in inbox.events] == ["m1", "m2"]


async def test_warning_and_escalating_twice_is_once(platform: LocalPlatform) -> None:
    await platform.play(MESSAGE)
    for _ in range(2):
        await platform.warn(notice())
        await platform.escalate(CARD)
    assert len(platform.house.notices.of_reader("budget", ALI.id)) == 1
    assert len(platform.house.cards.of_room("moderators")) == 1


@pytest.mark.parametrize("ref", [translate.ref("budget", "m9"), MessageRef("telegram", "budget", "m1")])
async def test_an_unknown_message_is_refused(platform: LocalPlatform, ref: MessageRef) -> None:
    await platform.play(MESSAGE)
    for act in (platform.warn(notice(ref)), platform.remove(ref), platform.is_removed(ref)):
        with pytest.raises(PlatformRefused, match="has no message"):
            await act


@pytest.mark.parametrize("room", [ChatRef("local", "nowhere"), ChatRef("telegram", "moderators")])
async def test_an_unknown_room_is_refused(platform: LocalPlatform, room: ChatRef) -> None:
    ref = MessageRef(room.platform, room.id, "m1")
    for act in (platform.escalate(replace(CARD, moderators=room)), platform.play(replace(MESSAGE, ref=ref))):
        with pytest.raises(PlatformRefused, match="has no room"):
            await act


async def test_deleting_an_unknown_message_is_refused(platform: LocalPlatform) -> None:
    with pytest.raises(PlatformRefused, match="has no message"):
        await platform.play(Deletion(REF, NOW))


async def test_without_chats_there_is_a_lobby(tmp_path: Path) -> None:
    platform, inbox = make_platform(tmp_path, chats=()), FakeInbox()
    async with running(platform, inbox):
        await platform.play(replace(MESSAGE, ref=translate.ref("lobby", "m1")))
    assert [event.ref.chat for event in inbox.events] == ["lobby"]
