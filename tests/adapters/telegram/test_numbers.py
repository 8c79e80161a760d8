"""Jumps in the numbers of messages, and being removed, are gaps: nothing is called clean that was not seen."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from adapters.telegram import numbers, presence
from adapters.telegram.platform import TelegramPlatform
from bot.model import Announcement, ChatRef, Gap, Joined, Message, Person
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import (
    ALI,
    CHANNEL,
    GROUP,
    SANA,
    SUPER,
    heard,
    make_platform,
    ref,
    running,
)
from tests.fakes.desk import FakeDesk
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import ApiError, Room


@pytest.fixture
def room(server: Telegram) -> Room:
    return server.supergroup(SUPER)


def unseen(server: Telegram, room: Room, count: int = 1) -> None:
    """Messages that Telegram does not tell the bot of."""
    for _ in range(count):
        server._message(room, ALI, "never told")


def gaps(inbox: FakeInbox) -> list[Gap]:
    return [event for event in inbox.events if isinstance(event, Gap)]


def announcement(text: str = "Hello", key: str = "a1", chat: int = SUPER) -> Announcement:
    return Announcement(key, ChatRef("telegram", str(chat)), text)


async def test_a_jump_is_told_before_the_message_after_it(
    server: Telegram, tmp_path: Path, room: Room
) -> None:
    inbox = FakeInbox()
    async with running(make_platform(server, tmp_path), inbox):
        await server.posts(room, ALI, "one")
        await server.confirmed()
    unseen(server, room, 3)
    after = FakeInbox()
    async with running(make_platform(server, tmp_path), after):
        posted = await server.posts(room, ALI, "two")
        await server.posts(room, ALI, "three")
        gap, two, three = await heard(after, 3)
    assert gap == Gap(
        ChatRef("telegram", str(SUPER)), gap.at, str(posted["message_id"]), numbers.WHY, missing=3
    )
    assert (two.text, three.text) == ("two", "three")


async def test_the_first_message_of_a_chat_is_no_gap(server: Telegram, inbox: FakeInbox, room: Room) -> None:
    unseen(server, room, 9)
    await server.posts(room, ALI, "one")
    await server.confirmed()
    assert not gaps(inbox)


async def test_what_the_bot_wrote_and_what_happened_is_no_gap(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox, room: Room
) -> None:
    posted = await server.posts(room, ALI, "one")
    await platform.announce(announcement())
    await server.posts(room, ALI, new_chat_members=[SANA], new_chat_member=SANA)
    await server.posts(room, ALI, "two")
    await platform.remove(ref(SUPER, posted))
    await server.edits(room, server._message(room, ALI, "old"), text="an edit of what was not told")
    await server.posts(room, ALI, "three")
    await server.confirmed()
    assert not gaps(inbox)


async def test_a_message_that_comes_before_the_answer_to_the_bots_own_is_no_gap(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox, room: Room
) -> None:
    await server.posts(room, ALI, "one")
    await heard(inbox, 1)
    server.slow["sendMessage"] = asyncio.Event()
    saying = asyncio.create_task(platform.announce(announcement()))
    await server.until(lambda: len(room.messages) == 2)
    await server.posts(room, ALI, "two")
    asyncio.get_running_loop().call_later(0.2, server.slow["sendMessage"].set)
    await saying
    await server.confirmed()
    assert not gaps(inbox)


async def test_gaps_soon_after_each_other_are_one(server: Telegram, tmp_path: Path, room: Room) -> None:
    inbox = FakeInbox()
    async with running(make_platform(server, tmp_path, gap_seconds=0.5), inbox):
        await server.posts(room, ALI, "one")
        for number in range(3):
            unseen(server, room, 2)
            last = await server.posts(room, ALI, f"after {number}")
        await server.confirmed()
        assert not gaps(inbox)
        await heard(inbox, 5)
        (gap,) = gaps(inbox)
        assert (gap.missing, gap.before, gap.chat.id) == (6, str(last["message_id"]), str(SUPER))
        unseen(server, room)
        await server.posts(room, ALI, "later")
        await heard(inbox, 7)
    assert [one.missing for one in gaps(inbox)] == [6, 1]


async def test_gaps_that_were_not_told_yet_are_told_at_the_next_start(
    server: Telegram, tmp_path: Path, room: Room
) -> None:
    before, after = FakeInbox(), FakeInbox()
    async with running(make_platform(server, tmp_path, gap_seconds=60), before):
        await server.posts(room, ALI, "one")
        unseen(server, room, 2)
        await server.posts(room, ALI, "two")
        await server.confirmed()
    assert not gaps(before)
    async with running(make_platform(server, tmp_path, gap_seconds=60), after):
        await heard(after, 1)
        unseen(server, room, 3)
        await server.posts(room, ALI, "three")
        await heard(after, 3)
    assert [one.missing for one in gaps(after)] == [2, 3], "what was missed between the two is told at once"


async def test_a_gap_after_an_outage_is_told_at_once(server: Telegram, tmp_path: Path, room: Room) -> None:
    inbox = FakeInbox()
    async with running(make_platform(server, tmp_path, gap_seconds=60), inbox):
        await server.posts(room, ALI, "one")
        await server.confirmed()
        server.faults["getUpdates"].append(ApiError(502, "Bad Gateway"))
        unseen(server, room, 4)
        other = server.supergroup(CHANNEL)
        await server.posts(other, ALI, "so that it asks again")
        await server.until(lambda: not server.faults["getUpdates"])
        await server.posts(room, ALI, "two")
        await heard(inbox, 4)
    assert [one.missing for one in gaps(inbox)] == [4]


async def test_the_bots_own_messages_hide_no_gap(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox, room: Room
) -> None:
    await server.posts(room, ALI, "one")
    await heard(inbox, 1)
    unseen(server, room)
    await platform.announce(announcement())
    await server.posts(room, ALI, "two")
    await server.confirmed()
    assert [gap.missing for gap in gaps(inbox)] == [1]


async def test_an_album_among_other_messages_is_no_gap(
    server: Telegram, inbox: FakeInbox, room: Room
) -> None:
    await server.posts(room, ALI, "one")
    group: dict[str, Any] = {"media_group_id": "5"}
    await server.posts(room, ALI, photo=server.photo(b"A"), **group)
    await server.posts(room, SANA, "between")
    await server.posts(room, ALI, photo=server.photo(b"B"), **group)
    await server.posts(room, SANA, "after")
    await server.confirmed()
    assert not gaps(inbox)
    assert len([event for event in inbox.events if isinstance(event, Message)]) == 4


async def test_what_can_not_be_read_is_no_gap(server: Telegram, inbox: FakeInbox, room: Room) -> None:
    await server.posts(room, ALI, "one")
    broken = server._message(room, ALI, "odd") | {"date": "soon", "entities": 5}
    await server.tells({"message": broken})
    await server.posts(room, ALI, "three")
    await server.confirmed()
    assert not gaps(inbox)


async def test_in_groups_that_do_not_count_for_themselves_numbers_say_nothing(
    server: Telegram, inbox: FakeInbox
) -> None:
    group = server.group(GROUP)
    await server.posts(group, ALI, "one")
    unseen(server, group, 3)
    await server.posts(group, ALI, "two")
    await server.confirmed()
    assert not gaps(inbox)


async def test_after_a_move_the_count_starts_anew(server: Telegram, inbox: FakeInbox) -> None:
    group = server.group(GROUP)
    await server.posts(group, ALI, "one")
    new = await server.becomes_supergroup(group, -1009999999999)
    await server.posts(new, ALI, "two")
    await server.confirmed()
    assert not gaps(inbox)
    unseen(server, new)
    posted = await server.posts(new, ALI, "three")
    await server.confirmed()
    (gap,) = gaps(inbox)
    assert (gap.chat.id, gap.before) == (str(GROUP), f"-1009999999999/{posted['message_id']}")


async def test_a_gap_that_is_told_again_has_the_same_name(
    server: Telegram, tmp_path: Path, room: Room
) -> None:
    class Crash(Exception):
        pass

    class DyingInbox(FakeInbox):
        async def put(self, event: Any) -> bool:
            await super().put(event)
            if isinstance(event, Gap):
                raise Crash
            return True

    before, after = DyingInbox(), FakeInbox()
    await server.posts(room, ALI, "one")
    unseen(server, room)
    await server.posts(room, ALI, "two")
    with pytest.raises(Crash):
        await make_platform(server, tmp_path).run(before, FakeDesk())
    async with running(make_platform(server, tmp_path), after):
        await server.confirmed()
    (first,), (second,) = gaps(before), gaps(after)
    assert (first.chat, first.before) == (second.chat, second.before)


async def test_being_added_is_told_once(server: Telegram, tmp_path: Path, room: Room) -> None:
    inbox = FakeInbox()
    async with running(make_platform(server, tmp_path), inbox):
        await server.adds_bot(room, SANA)
        await server.posts(room, ALI, "one")
        joined, one = await heard(inbox, 2)
        await server.confirmed()
    assert joined == Joined(ChatRef("telegram", str(SUPER)), "Budget wing", joined.at, Person("502", "Sana"))
    assert one.text == "one"


async def test_in_a_channel_the_bot_has_joined_once_it_may_post(server: Telegram, inbox: FakeInbox) -> None:
    channel = server.channel(CHANNEL)
    channel.may_write = False
    await server.adds_bot(channel, SANA)
    await server.confirmed()
    assert not inbox.events
    was = channel.bot_is
    channel.may_write = True
    await server._changes_bot(channel, SANA, was, channel.bot_is)
    (joined,) = await heard(inbox, 1)
    assert isinstance(joined, Joined)


async def test_being_removed_is_a_gap_and_coming_back_is_told(
    server: Telegram, inbox: FakeInbox, room: Room
) -> None:
    await server.removes_bot(room, SANA)
    await server.adds_bot(room, SANA)
    gap, joined = await heard(inbox, 2)
    await server.confirmed()
    assert isinstance(gap, Gap)
    assert (gap.why, gap.missing, gap.chat.id) == (presence.WHY, None, str(SUPER))
    assert isinstance(joined, Joined)


@pytest.mark.parametrize("configured", [True, False])
async def test_a_group_that_moves_is_greeted_once(
    server: Telegram, inbox: FakeInbox, configured: bool
) -> None:
    group = server.group(GROUP if configured else -4999)
    group.is_member = False
    await server.adds_bot(group, SANA)
    await heard(inbox, 1)
    new = await server.becomes_supergroup(group, -1009999999999)
    await server.removes_bot(group, SANA)
    await server.confirmed()
    await server.adds_bot(new, SANA)
    await server.posts(new, ALI, "after")
    await server.confirmed()
    assert len([event for event in inbox.events if isinstance(event, Joined)]) == 1


async def test_who_was_there_before_a_move_is_not_greeted(server: Telegram, inbox: FakeInbox) -> None:
    group = server.group(GROUP)
    await server.posts(group, ALI, "before")
    new = await server.becomes_supergroup(group, -1009999999999)
    await server.adds_bot(new, SANA)
    await server.confirmed()
    assert not [event for event in inbox.events if isinstance(event, Joined)]


async def test_coming_back_within_a_minute_is_no_second_greeting(
    server: Telegram, inbox: FakeInbox, room: Room
) -> None:
    room.is_member = False
    await server.adds_bot(room, SANA)
    await server.removes_bot(room, SANA)
    await server.adds_bot(room, SANA)
    await server.confirmed()
    assert len([event for event in inbox.events if isinstance(event, Joined)]) == 1


async def test_who_blocks_the_bot_leaves_no_gap(server: Telegram, inbox: FakeInbox) -> None:
    await server.removes_bot(server.direct(ALI), ALI)
    await server.confirmed()
    assert not inbox.events


async def test_the_bots_own_posts_in_a_channel_are_not_heard(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox
) -> None:
    channel, server.echoes_own_posts = server.channel(CHANNEL), True
    await platform.announce(announcement(chat=CHANNEL))
    await server.posts(channel, None, "somebody's")
    await server.confirmed()
    assert [event.text for event in inbox.events if isinstance(event, Message)] == ["somebody's"]
    assert len(inbox.events) == 1


async def test_being_added_is_read_though_something_about_it_is_missing(
    server: Telegram, inbox: FakeInbox, room: Room
) -> None:
    change = {"chat": room.chat, "from": SANA, "date": 1_790_000_000, "old_chat_member": {"status": "left"}}
    await server.tells({"my_chat_member": change | {"new_chat_member": {"status": "administrator"}}})
    (joined,) = await heard(inbox, 1)
    assert isinstance(joined, Joined)


async def test_numbers_without_a_gap_are_not_remembered_one_by_one(
    server: Telegram, platform: TelegramPlatform, room: Room
) -> None:
    for number in range(3):
        await platform.announce(announcement(key=f"a{number}"))
    assert not platform.parts.db.rows("SELECT * FROM explained")
    (row,) = platform.parts.db.rows("SELECT * FROM highest")
    assert (row["chat"], row["message"]) == (SUPER, 3)


async def test_nor_are_they_heard_in_the_channels_discussion_group(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox, room: Room
) -> None:
    channel = server.channel(CHANNEL)
    await platform.announce(announcement(chat=CHANNEL))
    (own,) = channel.messages.values()
    theirs = await server.posts(channel, None, "somebody's")
    telegram_itself = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    for post in (own, theirs):
        origin = {"type": "channel", "chat": channel.chat, "message_id": post["message_id"], "date": 1}
        more = {"sender_chat": channel.chat, "is_automatic_forward": True, "forward_origin": origin}
        await server.posts(room, telegram_itself, post["text"], **more)
    await server.confirmed()
    assert [event.text for event in inbox.events if isinstance(event, Message)] == ["somebody's"] * 2
    assert len(inbox.events) == 2
