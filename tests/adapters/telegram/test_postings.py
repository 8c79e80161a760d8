"""Messages that are posted again in their authors' names, and what the bot says to a whole chat."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.telegram.enclosing import batches
from adapters.telegram.platform import TelegramPlatform
from adapters.telegram.speaking import pieces
from bot.model import Announcement, Attachment, ChatRef, Message, MessageRef, Person, Posting
from bot.ports import PlatformForbidden, PlatformRefused, PlatformUnavailable
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import ALI, CHANNEL, GROUP, SUPER, heard, make_platform, ref, running
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


PNG, JPEG = b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff..."


def files(*contents: bytes) -> tuple[Attachment, ...]:
    return tuple(Attachment(f"{number}.bin", "", one) for number, one in enumerate(contents))


async def test_files_follow_the_text_as_what_they_are(
    server: Telegram, platform: TelegramPlatform, room: Room
) -> None:
    await platform.repost(replace(posting(""), attachments=files(PNG, JPEG, b"%PDF", b"", b"%PDF 2", PNG)))
    text, *rest = room.messages.values()
    assert text["text"] == "Ali <b> @\u2060raza\n\nPosted again with parts masked."
    shown = [next(kind for kind in ("photo", "document") if kind in one) for one in rest]
    assert shown == ["photo", "photo", "document", "document", "photo"]
    assert [one["document"]["file_name"] for one in rest[2:4]] == ["2.bin", "4.bin"]
    assert len(server.asked("sendMediaGroup")) == 2


async def test_more_files_than_an_album_takes_are_more_albums_each_sent_once(
    server: Telegram, tmp_path: Path, room: Room
) -> None:
    whole = replace(posting(), attachments=files(*[b"%PDF"] * 21))
    server.faults["sendDocument"].append(ApiError(502, "Bad Gateway"))
    with pytest.raises(PlatformUnavailable):
        await make_platform(server, tmp_path).repost(whole)
    assert len(room.messages) == 1 + 20
    for _ in range(2):
        await make_platform(server, tmp_path).repost(whole)
    assert len(room.messages) == 1 + 21


async def test_a_picture_that_is_no_photo_for_telegram_is_sent_as_a_document(
    platform: TelegramPlatform, room: Room
) -> None:
    await platform.repost(replace(posting(), attachments=files(PNG + b"long and thin")))
    assert "document" in list(room.messages.values())[-1]


async def test_what_is_larger_than_telegram_takes_is_refused(
    server: Telegram, platform: TelegramPlatform, room: Room
) -> None:
    server.faults["sendDocument"].append(ApiError(413, "Request Entity Too Large"))
    with pytest.raises(PlatformRefused, match="50 MB"):
        await platform.repost(replace(posting(), attachments=files(b"%PDF")))


async def test_files_in_a_channel_are_not_heard_as_somebodys(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox
) -> None:
    channel, server.echoes_own_posts = server.channel(CHANNEL), True
    target = MessageRef("telegram", str(CHANNEL), "1")
    await platform.repost(replace(posting(target=target), attachments=files(PNG, PNG)))
    await server.posts(channel, None, "somebody's")
    await server.confirmed()
    assert [event.text for event in inbox.events if isinstance(event, Message)] == ["somebody's"]


def test_what_is_sent_together_is_not_too_large() -> None:
    large = b"%PDF" + bytes(20 * 1024 * 1024)
    assert [len(one.files) for one in batches(files(large, large, large, b"x"))] == [2, 2]


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
