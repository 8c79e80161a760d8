"""Removing messages, showing cards, and what is said where Telegram does not let the bot."""

import time
from pathlib import Path

import pytest

from adapters.telegram.platform import TelegramPlatform
from bot.model import MessageRef
from bot.ports import Platform, PlatformForbidden, PlatformRefused, PlatformUnavailable
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import (
    ALI,
    GROUP,
    MODERATORS,
    SUPER,
    card,
    heard,
    make_platform,
    ref,
    running,
)
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import ApiError


def test_it_is_a_platform(platform: TelegramPlatform) -> None:
    as_platform: Platform = platform
    assert as_platform.name == "telegram"


async def test_a_removed_message_is_gone_and_stays_so(server: Telegram, tmp_path: Path) -> None:
    room, platform = server.supergroup(SUPER), make_platform(server, tmp_path)
    posted = await server.posts(room, ALI, "x")
    assert not await platform.is_removed(ref(SUPER, posted))
    await platform.remove(ref(SUPER, posted))
    assert not room.messages
    assert await platform.is_removed(ref(SUPER, posted))
    await platform.remove(ref(SUPER, posted))
    assert await make_platform(server, tmp_path).is_removed(ref(SUPER, posted))


async def test_what_is_gone_already_is_fine(server: Telegram, platform: TelegramPlatform) -> None:
    room = server.supergroup(SUPER)
    posted = await server.posts(room, ALI, "x")
    del room.messages[posted["message_id"]]
    await platform.remove(ref(SUPER, posted))
    assert await platform.is_removed(ref(SUPER, posted))


async def test_of_an_album_all_parts_are_removed(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox
) -> None:
    room = server.supergroup(SUPER)
    other = await server.posts(room, ALI, "stays")
    await server.album(room, ALI, [{"photo": server.photo(b"A")}, {"photo": server.photo(b"B")}])
    _, album = await heard(inbox, 2)
    await platform.remove(album.ref)
    assert list(room.messages) == [other["message_id"]]


async def test_without_the_right_the_removal_is_refused(server: Telegram, platform: TelegramPlatform) -> None:
    room = server.supergroup(SUPER)
    room.may_delete = False
    posted = await server.posts(room, ALI, "x")
    with pytest.raises(PlatformForbidden, match="administrator"):
        await platform.remove(ref(SUPER, posted))
    assert not await platform.is_removed(ref(SUPER, posted))


async def test_after_48_hours_the_removal_is_refused(server: Telegram, platform: TelegramPlatform) -> None:
    posted = await server.posts(server.supergroup(SUPER), ALI, "x")
    server.now = lambda: time.time() + 49 * 3600
    with pytest.raises(PlatformRefused, match="48 hours") as refused:
        await platform.remove(ref(SUPER, posted))
    assert not isinstance(refused.value, PlatformForbidden)


async def test_a_bot_that_was_removed_says_so(server: Telegram, platform: TelegramPlatform) -> None:
    room = server.supergroup(SUPER)
    posted = await server.posts(room, ALI, "x")
    room.is_member = False
    with pytest.raises(PlatformForbidden, match="add it again"):
        await platform.remove(ref(SUPER, posted))


async def test_what_was_posted_before_the_group_moved_can_not_be_removed(
    server: Telegram, platform: TelegramPlatform
) -> None:
    group = server.group(GROUP)
    posted = await server.posts(group, ALI, "x")
    await server.becomes_supergroup(group, -1009999999999)
    with pytest.raises(PlatformRefused, match="supergroup"):
        await platform.remove(ref(GROUP, posted))


@pytest.mark.parametrize("chat", ["general", "-10.5", "٣", ""])
async def test_what_is_no_number_is_refused(platform: TelegramPlatform, chat: str) -> None:
    with pytest.raises(PlatformRefused, match="numbers"):
        await platform.remove(MessageRef("telegram", chat, "1"))


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        (ApiError(429, "Too Many Requests: retry after 5", retry_after=5), 5),
        (ApiError(500, "Internal Server Error"), None),
    ],
)
async def test_what_may_work_later_is_told_so(
    server: Telegram, platform: TelegramPlatform, fault: ApiError, wait: float | None
) -> None:
    room = server.supergroup(SUPER)
    posted = await server.posts(room, ALI, "x")
    server.faults["deleteMessage"].append(fault)
    with pytest.raises(PlatformUnavailable) as later:
        await platform.remove(ref(SUPER, posted))
    assert later.value.retry_after == wait
    await platform.remove(ref(SUPER, posted))
    assert not room.messages


async def test_an_outage_is_told_without_the_token(server: Telegram, tmp_path: Path) -> None:
    platform = make_platform(server, tmp_path, base_url="http://127.0.0.1:1/bot")
    with pytest.raises(PlatformUnavailable) as later:
        await platform.remove(MessageRef("telegram", str(SUPER), "1"))
    assert "4242" not in str(later.value)


async def test_an_unknown_moderators_chat_is_refused(platform: TelegramPlatform) -> None:
    with pytest.raises(PlatformRefused, match="knows no such chat"):
        await platform.escalate(card())


async def test_a_wrong_token_is_refused_without_saying_it(server: Telegram, tmp_path: Path) -> None:
    platform = make_platform(server, tmp_path, token="1:wrong")
    with pytest.raises(PlatformRefused, match="BotFather") as refused:
        await platform.escalate(card())
    assert "1:wrong" not in str(refused.value)


async def test_the_bots_own_messages_are_not_heard(server: Telegram, tmp_path: Path) -> None:
    room, inbox, platform = server.supergroup(MODERATORS), FakeInbox(), make_platform(server, tmp_path)
    async with running(platform, inbox):
        await platform.escalate(card())
        (own,) = room.messages.values()
        await server.tells({"message": own})
        await server.posts(room, ALI, "seen")
        assert [message.text for message in await heard(inbox, 1)] == ["seen"]
        await server.confirmed()
    assert len(inbox.events) == 1
