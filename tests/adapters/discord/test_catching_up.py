"""After a start, a break, or an outage nothing is missing."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.discord import catching_up
from adapters.discord.memory import open_memory
from bot.model import ChatRef, Deletion, Gap, Message
from bot.ports import PlatformRefused, PlatformUnavailable
from tests.adapters.discord.playing import PATIENCE, Play, has, until
from tests.adapters.fake_inbox import FakeInbox
from tests.fakes.clock import FakeClock
from tests.platforms.discord.world import GUILDS, READ_MESSAGE_HISTORY, VIEW_CHANNEL


def texts(inbox: FakeInbox) -> list[str]:
    """What arrived, the same message and revision once."""
    found = {(one.ref, one.revision): one.text for one in inbox.events if isinstance(one, Message)}
    return list(found.values())


def chats(inbox: FakeInbox) -> list[ChatRef]:
    return [one.ref.chat_ref for one in inbox.events if isinstance(one, Message)]


async def test_what_was_written_before_the_first_start_is_not_read(play: Play, inbox: FakeInbox) -> None:
    play.world.post(play.ali, play.world.general, "before")
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, "after")
        await has(inbox, 1)
    assert texts(inbox) == ["after"]


async def test_what_was_written_while_nobody_ran_is_read_at_the_start_in_order(
    play: Play, inbox: FakeInbox
) -> None:
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, "seen")
        await has(inbox, 1)
    missed = [f"missed {number}" for number in range(120)]
    for text in missed:
        play.world.post(play.ali, play.world.general, text)
    later = FakeInbox()
    async with play.running(later):
        play.world.post(play.ali, play.world.general, "live")
        await has(later, 121)
    assert texts(later) == [*missed, "live"]


async def test_a_channel_and_a_thread_made_meanwhile_are_read_from_their_start(
    play: Play, inbox: FakeInbox
) -> None:
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, "seen")
        await has(inbox, 1)
    channel = play.world.channel("new")
    thread = play.world.thread(play.world.general, "side", play.ali)
    play.world.post(play.ali, channel, "in the channel")
    play.world.post(play.ali, thread, "in the thread")
    later = FakeInbox()
    async with play.running(later) as platform:
        await has(later, 2)
        assert {chat.id for chat in chats(later)} == {channel, thread}
        assert platform.parent(ChatRef("discord", thread)) is not None


async def test_a_thread_that_was_opened_and_put_away_meanwhile_is_read(play: Play, inbox: FakeInbox) -> None:
    long_ago = play.world.thread(play.world.general, "long ago", play.ali)
    play.world.post(play.ali, long_ago, "before the bot came")
    play.world.archive(long_ago)
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, "seen")
        await has(inbox, 1)
    thread = play.world.thread(play.world.general, "side", play.ali)
    play.world.post(play.ali, thread, "in the thread")
    play.world.archive(thread)
    later = FakeInbox()
    async with play.running(later) as platform:
        await has(later, 1)
        assert [platform.parent(chat) for chat in chats(later)] == [ChatRef("discord", play.world.general)]
    assert texts(later) == ["in the thread"]


async def test_edits_and_deletions_made_meanwhile_are_found(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox) as platform:
        edited = play.world.post(play.ali, play.world.general, "as it was")
        warned = play.world.post(play.ali, play.world.general, "to be warned of")
        await has(inbox, 2)
        await platform.warn(play.notice(warned))
        await until(lambda: platform.memory.seen(int(play.world.general)) == int(warned["id"]))
    play.world.edit(edited, "changed")
    play.world.delete(warned)
    later = FakeInbox()
    async with play.running(later):
        await has(later, 2)
    assert texts(later) == ["changed"]
    assert [event.ref.id for event in later.events if isinstance(event, Deletion)] == [warned["id"]]


@pytest.mark.parametrize("look_back", [0, 1, 2])
async def test_a_warned_message_further_back_that_was_deleted_meanwhile_is_found(
    play: Play, inbox: FakeInbox, look_back: int
) -> None:
    async with play.running(inbox) as platform:
        posted = [play.world.post(play.ali, play.world.general, str(number)) for number in range(6)]
        await has(inbox, 6)
        for number, message in enumerate(posted[:3]):
            await platform.warn(play.notice(message, f"k{number}"))
        await until(lambda: platform.memory.seen(int(play.world.general)) == int(posted[-1]["id"]))
    play.world.delete(posted[1])
    play.world.edit(posted[2], "changed")
    later = FakeInbox()
    async with play.running(later, play.platform(look_back=look_back)):
        await has(later, 2)
        play.world.post(play.ali, play.world.general, "live")
        await has(later, 3)
    assert texts(later) == ["changed", "live"]
    assert [event.ref.id for event in later.events if isinstance(event, Deletion)] == [posted[1]["id"]]
    assert len(play.server.rest.asked("GET", "/messages/[0-9]+$")) == 3


async def test_only_so_many_messages_further_back_are_looked_at(
    play: Play, inbox: FakeInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching_up, "_MOST_EARLIER", 2)
    async with play.running(inbox) as platform:
        posted = [play.world.post(play.ali, play.world.general, str(number)) for number in range(5)]
        await has(inbox, 5)
        for number, message in enumerate(posted):
            await platform.warn(play.notice(message, f"k{number}"))
        await until(lambda: platform.memory.seen(int(play.world.general)) == int(posted[-1]["id"]))
    later = FakeInbox()
    async with play.running(later, play.platform(look_back=1)):
        await until(lambda: len(play.server.rest.asked("GET", "/messages/[0-9]+$")) == 2)
        play.world.post(play.ali, play.world.general, "live")
        await has(later, 1)
    assert len(play.server.rest.asked("GET", "/messages/[0-9]+$")) == 2


async def test_a_dropped_socket_is_resumed_and_loses_nothing(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        first = play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
        await play.server.gateway.drop()
        play.world.post(play.ali, play.world.general, "two")
        play.world.edit(first, "one, changed")
        play.world.delete(first)
        await has(inbox, 4)
        assert (play.server.gateway.resumed, play.server.gateway.identified) == (1, 1)
    assert texts(inbox) == ["one", "two", "one, changed"]
    assert isinstance(inbox.events[-1], Deletion)


async def test_a_wish_to_reconnect_is_followed(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        await play.server.gateway.ask_to_reconnect()
        async with asyncio.timeout(PATIENCE):
            await play.server.gateway.wait(resumed=1)
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)


async def test_a_session_that_can_t_be_resumed_is_caught_up_with(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
        await play.server.gateway.drop()
        play.server.gateway.forget()
        play.world.post(play.ali, play.world.general, "two")
        async with asyncio.timeout(PATIENCE):
            await play.server.gateway.wait(identified=2)
        play.world.post(play.ali, play.world.general, "three")
        await has(inbox, 3)
    assert texts(inbox) == ["one", "two", "three"]


async def test_an_invalid_session_is_caught_up_with(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
        await play.server.gateway.invalidate()
        play.world.post(play.ali, play.world.general, "two")
        await has(inbox, 2)
    assert texts(inbox) == ["one", "two"]


async def test_an_outage_of_all_of_discord_is_survived(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
        await play.server.stop()
        play.server.gateway.forget()
        play.world.post(play.ali, play.world.general, "two")
        await asyncio.sleep(0.2)  # long enough for a first try to fail
        await play.server.start()
        await has(inbox, 2)
    assert texts(inbox) == ["one", "two"]


async def test_after_an_outage_edits_and_deletions_come_by_resuming(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        first = play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
        await play.server.stop()
        play.world.edit(first, "one, changed")
        play.world.delete(first)
        await asyncio.sleep(0.2)
        await play.server.start()
        await has(inbox, 3)
    assert (play.server.gateway.resumed, play.server.gateway.identified) == (1, 1)
    assert isinstance(inbox.events[-1], Deletion)


async def test_a_server_that_was_out_of_sight_is_caught_up_with(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox) as platform:
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
        await until(lambda: platform._client.result().is_ready())  # type: ignore[union-attr]
        play.server.gateway.hide_guild()
        listeners, play.world.listeners[:] = list(play.world.listeners), []
        play.world.post(play.ali, play.world.general, "two")
        play.world.listeners[:] = listeners
        play.server.gateway.show_guild()
        await has(inbox, 2)
    assert texts(inbox) == ["one", "two"]


async def test_history_is_asked_for_again_until_it_comes(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
    play.world.post(play.ali, play.world.general, "two")
    play.server.rest.fail("GET", "/messages", 503, {"message": "Service Unavailable", "code": 0})
    later = FakeInbox()
    async with play.running(later):
        play.world.post(play.ali, play.world.general, "three")
        await has(later, 2)
    assert texts(later)[:2] == ["two", "three"]


async def test_what_can_t_be_read_is_a_gap_told_once_and_stops_nothing(play: Play, inbox: FakeInbox) -> None:
    hidden, mute = play.world.channel("hidden"), play.world.channel("mute")
    play.chats = (play.world.general, hidden, mute)
    async with play.running(inbox):
        for channel in (hidden, mute, play.world.general):
            play.world.post(play.ali, channel, "one")
        await has(inbox, 3)
    play.world.forbid(hidden, VIEW_CHANNEL)
    play.world.forbid(mute, READ_MESSAGE_HISTORY)
    missed = [play.world.post(play.ali, channel, "two") for channel in (hidden, mute)]
    play.world.post(play.ali, play.world.general, "two")
    later = FakeInbox()
    async with play.running(later):
        await has(later, 3)
        play.world.forbid(mute, READ_MESSAGE_HISTORY)
        play.world.post(play.ali, mute, "three")
        await has(later, 4)
    async with play.running(later):
        play.world.post(play.ali, play.world.general, "four")
        await has(later, 5)
    assert sorted(texts(later)) == ["four", "three", "two"]
    gaps = [event for event in later.events if isinstance(event, Gap)]
    assert {(gap.chat.id, gap.before) for gap in gaps} == {(one["channel_id"], one["id"]) for one in missed}
    assert len(gaps) == 2
    assert all(gap.missing is None and "Read Message History" in gap.why for gap in gaps)


async def test_a_channel_that_was_shut_for_a_while_is_caught_up_with(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox) as platform:
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
        await until(lambda: platform._client.result().is_ready())  # type: ignore[union-attr]
        play.world.forbid(play.world.general, VIEW_CHANNEL)
        play.world.post(play.ali, play.world.general, "two")
        await has(inbox, 2)
        play.world.forbid(play.world.general, 0)
        await has(inbox, 3)
    assert texts(inbox) == ["one", "two"]


async def test_losing_the_role_by_which_the_bot_sees_a_channel_is_told(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox) as platform:
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
        await until(lambda: platform._client.result().is_ready())  # type: ignore[union-attr]
        tell_role(play)
        me = play.world.bot_member() | {"guild_id": play.world.guild}
        play.server.gateway.tell("GUILD_MEMBER_UPDATE", me | {"roles": []}, GUILDS)
        gap = (await has(inbox, 2))[-1]
        assert isinstance(gap, Gap)
        play.server.gateway.tell("GUILD_MEMBER_UPDATE", me, GUILDS)
        await until(lambda: not platform.memory.is_lost(int(play.world.general)))


def tell_role(play: Play, lacking: int = 0) -> None:
    """The bot's own role changes, for the whole server."""
    role = play.world.roles()[1]
    role["permissions"] = str(int(role["permissions"]) & ~lacking)
    everybody = play.world.roles()[0]
    everybody["permissions"] = "0"
    for one in (everybody, role):
        data = {"guild_id": play.world.guild, "role": one}
        play.server.gateway.tell("GUILD_ROLE_UPDATE", data, GUILDS)


@pytest.mark.parametrize("by_role", [True, False])
@pytest.mark.parametrize(
    ("permission", "name"),
    [(VIEW_CHANNEL, "View Channel"), (READ_MESSAGE_HISTORY, "Read Message History")],
)
async def test_losing_sight_of_a_channel_is_told_once_and_regaining_it_catches_up(
    play: Play, inbox: FakeInbox, permission: int, name: str, by_role: bool
) -> None:
    def lose(permission: int) -> None:
        if by_role:
            tell_role(play, permission)
        else:
            play.world.forbid(play.world.general, permission)

    async with play.running(inbox) as platform:
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
        await until(lambda: platform._client.result().is_ready())  # type: ignore[union-attr]
        for count in (2, 4):
            lose(permission)
            gap = (await has(inbox, count))[-1]
            lose(permission)
            assert isinstance(gap, Gap)
            assert f"lacks the permission {name}," in gap.why
            assert gap.chat.id == play.world.general
            listeners, play.world.listeners[:] = list(play.world.listeners), []
            play.world.post(play.ali, play.world.general, f"missed {count}")
            play.world.listeners[:] = listeners
            lose(0)
            await has(inbox, count + 1)
            await until(lambda: not platform.memory.is_lost(int(play.world.general)))
    assert texts(inbox) == ["one", "missed 2", "missed 4"]
    gaps = [event for event in inbox.events if isinstance(event, Gap)]
    assert len({gap.before for gap in gaps}) == len(gaps) == 2


@pytest.mark.parametrize(("may_read_after", "is_lost"), [(True, False), (False, True)])
async def test_a_loss_in_the_middle_of_catching_up_was_forgotten_at_its_end(
    may_read_after: bool, is_lost: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([True, may_read_after])
    monkeypatch.setattr(catching_up, "_may_read", lambda _channel: next(answers))
    memory = open_memory(tmp_path)
    memory.lose(EmptyChannel.id)
    await catching_up.CatchingUp(
        channel=EmptyChannel(),  # type: ignore[arg-type]
        memory=memory,
        clock=FakeClock(),
        inbox=FakeInbox(),
        post=_never,
        missed=_never,
        start=1,
        away_since=1,
        look_back=None,
    ).run()
    assert memory.is_lost(EmptyChannel.id) is is_lost


class EmptyChannel:
    """Nothing was written there."""

    id = 7

    async def history(self, **_: object) -> AsyncIterator[object]:
        for nothing in ():
            yield nothing


async def _never(*_: object, **__: object) -> None:
    raise AssertionError("nothing is posted or missed")


async def test_a_loss_that_lasts_over_a_restart_is_told_once(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox) as platform:
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
        await until(lambda: platform._client.result().is_ready())  # type: ignore[union-attr]
        play.world.forbid(play.world.general, VIEW_CHANNEL)
        await has(inbox, 2)
    other = play.world.channel("other")
    play.world.post(play.ali, play.world.general, "two")
    later = FakeInbox()
    async with play.running(later):
        play.world.post(play.ali, other, "elsewhere")
        await has(later, 1)
    assert not [event for event in later.events if isinstance(event, Gap)]
    async with play.running(later):
        play.world.forbid(play.world.general, 0)
        await has(later, 3)
    assert "two" in texts(later)


async def test_a_message_that_the_inbox_did_not_take_comes_again(play: Play) -> None:
    full = FakeInbox(fail_at=1)
    running = asyncio.create_task(play.platform().run(full, play.desk))
    async with asyncio.timeout(PATIENCE):
        await play.server.gateway.wait(identified=1)
    for text in ("one", "two", "three"):
        play.world.post(play.ali, play.world.general, text)
    with pytest.raises(OSError, match="the disk is full"):
        await running
    later = FakeInbox()
    async with play.running(later):
        await has(later, 2)
    assert texts(full) == ["one"]
    assert texts(later) == ["two", "three"]


async def test_a_wrong_token_is_told_in_words(play: Play) -> None:
    platform = play.platform(token="an-old.token")
    with pytest.raises(PlatformRefused, match="does not accept the token") as refused:
        async with asyncio.timeout(PATIENCE):
            await platform.run(FakeInbox(), play.desk)
    assert "an-old.token" not in str(refused.value)


async def test_a_missing_intent_is_told_in_words(play: Play) -> None:
    play.world.privileged = 0
    with pytest.raises(PlatformRefused, match="Message Content Intent"):
        async with asyncio.timeout(PATIENCE):
            await play.platform().run(FakeInbox(), play.desk)


async def test_nobody_there_is_told_in_words(play: Play) -> None:
    await play.server.stop()
    with pytest.raises(PlatformUnavailable, match="can't be reached"):
        async with asyncio.timeout(PATIENCE):
            await play.platform().run(FakeInbox(), play.desk)


async def test_a_gateway_that_is_down_is_told_in_words(play: Play) -> None:
    gone = play.server.gateway_url.replace(str(play.server.port), "9")
    with pytest.raises(PlatformUnavailable):
        async with asyncio.timeout(PATIENCE):
            await play.platform(gateway_url=gone).run(FakeInbox(), play.desk)


async def test_without_a_gateway_url_discord_is_asked_for_it(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox, play.platform(gateway_url="")):
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
    assert play.server.rest.asked("GET", "/gateway/bot")
