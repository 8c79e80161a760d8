"""When the bot is added to a server its official channels are told of, once."""

import pytest

from bot.model import Event, Joined
from tests.adapters.discord.playing import Play, has, until
from tests.adapters.fake_inbox import FakeInbox
from tests.platforms.discord.world import SEND_MESSAGES, World, stamp


def joined(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.chat.id, event.name) for event in events if isinstance(event, Joined)]


async def settled(platform: object) -> None:
    """Until the library has dealt with all the servers of its start."""
    await until(lambda: platform._client.result().is_ready())  # type: ignore[attr-defined]


async def test_who_is_added_tells_of_each_official_channel_that_it_can_write_in(
    play: Play, inbox: FakeInbox
) -> None:
    mute, other = play.world.channel("mute"), play.world.channel("other")
    play.chats = (play.world.general, mute, other)
    play.world.forbid(mute, SEND_MESSAGES)
    play.world.is_in = False
    async with play.running(inbox) as platform:
        await settled(platform)
        play.server.gateway.add_bot()
        await has(inbox, 2)
    assert joined(inbox.events) == [(play.world.general, "general"), (other, "other")]
    event = inbox.events[0]
    assert isinstance(event, Joined)
    assert event.by is None
    assert event.at.tzinfo is not None


async def test_a_server_without_official_channels_is_told_of_by_its_general_one(
    play: Play, inbox: FakeInbox
) -> None:
    play.chats = ("1",)
    play.world.system_channel = play.world.general
    play.world.is_in = False
    async with play.running(inbox) as platform:
        await settled(platform)
        play.server.gateway.add_bot()
        await has(inbox, 1)
    assert joined(inbox.events) == [(play.world.general, "general")]


async def test_a_server_without_a_general_channel_is_told_of_by_the_first_that_the_bot_can_write_in(
    play: Play, inbox: FakeInbox
) -> None:
    play.chats = ("1",)
    play.world.system_channel = play.world.general
    play.world.forbid(play.world.general, SEND_MESSAGES)
    news, _ = play.world.channel("news"), play.world.channel("later")
    play.world.is_in = False
    async with play.running(inbox) as platform:
        await settled(platform)
        play.server.gateway.add_bot()
        await has(inbox, 1)
    assert joined(inbox.events) == [(news, "news")]


async def test_a_greeting_that_could_not_be_said_is_said_when_the_bot_may_write(
    play: Play, inbox: FakeInbox
) -> None:
    play.chats = ("1",)
    play.world.forbid(play.world.general, SEND_MESSAGES)
    play.world.is_in = False
    later = FakeInbox()
    async with play.running(inbox) as platform:
        await settled(platform)
        play.server.gateway.add_bot()
        play.world.post(play.ali, play.world.general, "hello")
        await has(inbox, 1)
    assert joined(inbox.events) == []
    async with play.running(later) as platform:
        await settled(platform)
        play.world.forbid(play.world.general, 0)
        await until(lambda: joined(later.events) == [(play.world.general, "general")])


@pytest.mark.parametrize("times", [1, 2])
async def test_who_is_added_now_is_told_of_whatever_discord_says_of_when(
    play: Play, inbox: FakeInbox, times: int
) -> None:
    long_ago, play.world.is_in = play.world.joined_at, False
    async with play.running(inbox) as platform:
        await settled(platform)
        for _ in range(times):
            play.server.gateway.throw_out()
            play.server.gateway.add_bot(long_ago)
        await until(lambda: len(joined(inbox.events)) == times)


async def test_a_server_that_was_listed_is_not_new_however_it_is_told_of(
    play: Play, inbox: FakeInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = World.guild_payload

    def sparing(world: World) -> dict[str, object]:
        return {key: value for key, value in whole(world).items() if key != "unavailable"}

    monkeypatch.setattr(World, "guild_payload", sparing)
    async with play.running(inbox) as platform:
        await settled(platform)
        play.world.post(play.ali, play.world.general, "hello")
        await has(inbox, 1)
    assert joined(inbox.events) == []


async def test_where_only_moderators_meet_nobody_is_greeted(play: Play, inbox: FakeInbox) -> None:
    play.chats, play.moderators = ("1",), play.world.channel("moderators")
    play.world.system_channel = play.world.general
    play.world.joined_at = stamp()
    async with play.running(inbox) as platform:
        await settled(platform)
        play.world.post(play.ali, play.world.general, "hello")
        await has(inbox, 1)
    assert joined(inbox.events) == []


async def test_a_restart_greets_nobody_twice_and_a_return_is_greeted(play: Play, inbox: FakeInbox) -> None:
    play.world.joined_at = stamp()
    async with play.running(inbox):
        await has(inbox, 1)
    async with play.running(inbox) as platform:
        await settled(platform)
        play.world.post(play.ali, play.world.general, "hello")
        await has(inbox, 2)
    assert len(joined(inbox.events)) == 1
    async with play.running(inbox) as platform:
        await settled(platform)
        play.server.gateway.throw_out()
        play.server.gateway.add_bot()
        await until(lambda: len(joined(inbox.events)) == 2)


async def test_a_server_that_does_not_say_who_the_bot_is_there_is_told_of_too(
    play: Play, inbox: FakeInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    play.world.is_in = False
    monkeypatch.setattr(World, "bot_member", lambda _: {"user": play.ali.user(), **play.ali.member()})
    async with play.running(inbox) as platform:
        await settled(platform)
        play.server.gateway.add_bot()
        await has(inbox, 1)
    assert joined(inbox.events) == [(play.world.general, "general")]


async def test_a_server_of_long_ago_is_not_greeted(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox) as platform:
        await settled(platform)
        play.world.post(play.ali, play.world.general, "hello")
        await has(inbox, 1)
    assert joined(inbox.events) == []


async def test_an_outage_of_the_server_is_no_joining(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox) as platform:
        await settled(platform)
        play.server.gateway.hide_guild()
        play.server.gateway.show_guild()
        play.world.post(play.ali, play.world.general, "hello")
        await has(inbox, 1)
    assert joined(inbox.events) == []
