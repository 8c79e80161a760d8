"""Messages that are posted again in their authors' names, and what the bot says to a whole chat."""

import asyncio
from pathlib import Path

import pytest

from adapters.telegram.platform import TelegramPlatform
from adapters.telegram.speaking import pieces
from bot.model import Announcement, ChatRef, MessageRef, Person, Posting
from bot.ports import PlatformForbidden, PlatformUnavailable
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import ALI, GROUP, SUPER, heard, make_platform, ref, running
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import ApiError, Room

TARGET = MessageRef("telegram", str(SUPER), "1")


@pytest.fixture
def room(server: Telegram) -> Room:
    return server.supergroup(SUPER)


def posting(text: str = "CNIC •••• & more", key: str = "p1", target: MessageRef = TARGET) -> Posting:
    return Posting(key, target, Person("501", "Ali <b> @raza"), text, "Posted again with parts masked.")


def announcement(chat: int = SUPER) -> Announcement:
    return Announcement("a1", ChatRef("telegram", str(chat)), "Set up by @admin <b>. /privacy")


async def test_a_message_is_posted_again_in_its_authors_name(platform: TelegramPlatform, room: Room) -> None:
    await platform.repost(posting())
    (shown,) = room.messages.values()
    assert shown["text"] == "Ali <b> @\u2060raza\nCNIC •••• & more\n\nPosted again with parts masked."
    assert [entity["type"] for entity in shown["entities"]] == ["bold", "italic"]


async def test_it_is_posted_once(server: Telegram, tmp_path: Path, room: Room) -> None:
    for _ in range(2):
        await make_platform(server, tmp_path).repost(posting())
    assert len(room.messages) == 1


async def test_it_is_posted_in_its_topic(server: Telegram, tmp_path: Path) -> None:
    room, inbox = server.supergroup(SUPER, forum=True), FakeInbox()
    async with running(make_platform(server, tmp_path), inbox):
        topic = await server.posts(room, ALI, forum_topic_created={"name": "Budget", "icon_color": 7322096})
        in_topic = {"message_thread_id": topic["message_id"], "is_topic_message": True}
        posted = await server.posts(room, ALI, "x", **in_topic)
        await heard(inbox, 2)
        await server.confirmed()
    await make_platform(server, tmp_path).repost(posting(target=ref(SUPER, posted)))
    assert list(room.messages.values())[-1]["message_thread_id"] == topic["message_id"]
    room.closed_topics.add(topic["message_id"])
    with pytest.raises(PlatformForbidden, match="topic is closed"):
        await make_platform(server, tmp_path).repost(posting(key="p2", target=ref(SUPER, posted)))
    del room.messages[topic["message_id"]]
    await make_platform(server, tmp_path).repost(posting(key="p3", target=ref(SUPER, posted)))
    assert "message_thread_id" not in list(room.messages.values())[-1]


async def test_a_long_message_is_posted_in_parts_and_each_once(
    server: Telegram, tmp_path: Path, room: Room
) -> None:
    text = "word 😀 <&>\n" * 900
    server.faults["sendMessage"] = []
    platform = make_platform(server, tmp_path)
    server.calls.clear()
    await platform.repost(posting(text))
    whole = "\n".join(one["text"] for one in room.messages.values())
    assert whole.count("word 😀 <&>") == 900
    assert len(room.messages) > 2
    count = len(room.messages)
    room.messages.clear()
    server.faults["sendMessage"] = [ApiError(500, "Internal")]
    with pytest.raises(PlatformUnavailable):
        await platform.repost(posting(text, "p2"))
    await platform.repost(posting(text, "p2"))
    assert len(room.messages) == count


async def test_what_it_posts_is_not_heard_and_not_kept(server: Telegram, tmp_path: Path, room: Room) -> None:
    inbox, platform = FakeInbox(), make_platform(server, tmp_path)
    async with running(platform, inbox):
        await platform.repost(posting("held words"))
        await server.posts(room, ALI, "after")
        assert [event.text for event in await heard(inbox, 1)] == ["after"]
        await server.confirmed()
    kept = await asyncio.to_thread(lambda: b"".join(path.read_bytes() for path in tmp_path.iterdir()))
    assert kept
    assert b"held words" not in kept


async def test_an_announcement_names_nobody_and_is_made_once(
    server: Telegram, tmp_path: Path, room: Room
) -> None:
    for _ in range(2):
        await make_platform(server, tmp_path).announce(announcement())
    (shown,) = room.messages.values()
    assert shown["text"] == "Set up by @\u2060admin <b>. /privacy"
    assert server.asked("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


async def test_a_group_that_moved_is_found_again(server: Telegram, platform: TelegramPlatform) -> None:
    group = server.group(GROUP)
    new = await server.becomes_supergroup(group, -1009999999999)
    await platform.announce(announcement(GROUP))
    assert "Set up by" in list(new.messages.values())[-1]["text"]


@pytest.mark.parametrize("how", ["may not write", "was removed"])
async def test_without_the_right_it_is_forbidden(platform: TelegramPlatform, room: Room, how: str) -> None:
    room.may_write, room.is_member = how != "may not write", how != "was removed"
    with pytest.raises(PlatformForbidden):
        await platform.announce(announcement())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("  \n", []),
        ("abc", ["abc"]),
        ("abcd efgh ij", ["abcd efgh", "ij"]),
        ("abcdefghijkl", ["abcdefghij", "kl"]),
        ("😀" * 7, ["😀" * 5, "😀" * 2]),
        ("a😀" * 4, ["a😀a😀a😀a", "😀"]),
        ("one\ntwo three", ["one\ntwo", "three"]),
    ],
)
def test_how_a_text_is_cut(text: str, found: list[str]) -> None:
    assert pieces(text, 10) == found
