"""What happens in the channels comes to the inbox, each thing as what it is."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.model import Attachment, Deletion, Gap, Message, MessageRef
from bot.ports import Threaded
from tests.adapters.discord.playing import Play, has, ref
from tests.adapters.fake_inbox import FakeInbox
from tests.platforms.discord.world import FORUM, GUILD_MESSAGES, Payload


async def messages(inbox: FakeInbox, count: int) -> list[Message]:
    events = await has(inbox, count)
    assert all(isinstance(event, Message) for event in events)
    return [event for event in events if isinstance(event, Message)]


async def test_a_post_and_its_edits(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        posted = play.world.post(play.ali, play.world.general, "hello")
        play.world.edit(posted, "better", datetime(2026, 3, 2, 9, 0, 0, 250_000, tzinfo=UTC))
        play.world.edit(posted, "best", datetime(2026, 3, 2, 9, 0, 1, tzinfo=UTC))
        first, second, third = await messages(inbox, 3)
    assert {message.ref for message in (first, second, third)} == {ref(posted)}
    assert [(one.text, one.revision) for one in (first, second, third)] == [
        ("hello", 0),
        ("better", 1772442000250),
        ("best", 1772442001000),
    ]
    assert first.author.id == play.ali.id
    assert first.author.name == "Ali (Budget)"
    assert first.sent_at is not None


async def test_an_edit_of_a_message_that_the_bot_never_saw(play: Play, inbox: FakeInbox) -> None:
    old = play.world.post(play.ali, play.world.general, "from before")
    async with play.running(inbox):
        play.world.edit(old, "changed")
        (edited,) = await messages(inbox, 1)
    assert (edited.ref, edited.text) == (ref(old), "changed")
    assert edited.revision > 1_700_000_000_000


async def test_a_link_preview_is_a_revision_of_its_own(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        posted = play.world.post(play.ali, play.world.general, "https://example.com")
        play.world.unfurl(posted, title="What stands there")
        bare, previewed = await messages(inbox, 2)
    assert (bare.revision, previewed.revision) == (0, 1)
    assert previewed.text == "https://example.com\nWhat stands there"


async def test_deletions_one_and_many(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        posted = [play.world.post(play.ali, play.world.general, text) for text in "abc"]
        play.world.delete(posted[0])
        play.world.delete_many(posted[1:])
        events = await has(inbox, 6)
    gone = [event for event in events if isinstance(event, Deletion)]
    assert [event.ref for event in gone] == [ref(one) for one in posted]
    assert all(event.by == "" for event in gone)


async def test_files_come_along_as_one_message(play: Play, inbox: FakeInbox) -> None:
    files = [("a.txt", "text/plain", b"one"), ("b.pdf", "application/pdf", b"%PDF two")]
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, "the caption", files=files)
        (message,) = await messages(inbox, 1)
    assert message.text == "the caption"
    assert message.attachments == tuple(Attachment(name, kind, content) for name, kind, content in files)


async def test_a_file_over_the_limit_is_missing(play: Play, inbox: FakeInbox) -> None:
    big = ("big.bin", "application/octet-stream", bytes(1024 * 1024 + 1))
    async with play.running(inbox):
        honest = play.world.post(play.ali, play.world.general, files=[big])
        assert honest["attachments"][0]["size"] == 1024 * 1024 + 1
        lying = play.world.message(play.ali.user(), play.world.general, "")
        lying["attachments"] = [{**honest["attachments"][0], "size": 5}]
        play.world.keep(lying)
        play.world.created(lying)
        found = await messages(inbox, 2)
    for message in found:
        assert message.attachments == (Attachment("big.bin", big[1], None, "too large"),)
    assert len(play.server.rest.asked("GET", "^/cdn")) == 1


@pytest.mark.parametrize("status", [0, 404, 503])
async def test_a_file_that_can_t_be_had_is_missing(play: Play, inbox: FakeInbox, status: int) -> None:
    async with play.running(inbox, play.platform(download_seconds=1)):
        play.server.rest.fail("GET", "^/cdn", status, times=99)
        play.world.post(play.ali, play.world.general, "see", files=[("a.txt", "text/plain", b"one")])
        (message,) = await messages(inbox, 1)
    (file,) = message.attachments
    assert file.content is None
    assert file.missing.startswith("not downloaded")
    assert status == 0 or str(status) in file.missing


@pytest.mark.parametrize("status", [0, 503])
async def test_a_file_is_asked_for_again_while_the_network_is_in_trouble(
    play: Play, inbox: FakeInbox, status: int
) -> None:
    async with play.running(inbox):
        play.server.rest.fail("GET", "^/cdn", status, times=3)
        play.world.post(play.ali, play.world.general, "see", files=[("a.txt", "text/plain", b"one")])
        (message,) = await messages(inbox, 1)
    assert [file.content for file in message.attachments] == [b"one"]


async def test_discord_s_own_host_is_reached_by_way_of_the_configured_one(
    play: Play, inbox: FakeInbox
) -> None:
    async with play.running(inbox):
        message = play.world.message(play.ali.user(), play.world.general, "")
        file = play.world._file(play.world.general, "a.txt", "text/plain", b"one")
        message["attachments"] = [
            {**file, "url": file["url"].replace(play.server.cdn_base, "https://cdn.discordapp.com")}
        ]
        play.world.keep(message)
        play.world.created(message)
        (arrived,) = await messages(inbox, 1)
    assert arrived.attachments[0].content == b"one"


async def test_other_bots_and_webhooks_are_read_and_the_bot_itself_is_not(
    play: Play, inbox: FakeInbox
) -> None:
    other = play.world.person("helper", "Helper", bot=True)
    async with play.running(inbox):
        play.world.post(play.world.bot, play.world.general, "mine")
        play.world.post(other, play.world.general, "a bot's")
        play.world.post(play.ali, play.world.general, "a webhook's", webhook="News desk")
        found = await messages(inbox, 2)
    assert [one.text for one in found] == ["a bot's", "a webhook's"]
    assert found[1].author.name == "News desk"


async def test_who_joins_or_pins_says_nothing(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, type=7)
        play.world.post(play.ali, play.world.general, "hello")
        found = await messages(inbox, 1)
    assert [one.text for one in found] == ["hello"]


async def test_a_thread_made_after_login_is_a_chat_inside_its_channel(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox) as platform:
        thread = play.world.thread(play.world.general, "side talk", play.ali)
        posted = play.world.post(play.ali, thread, "in the thread")
        (message,) = await messages(inbox, 1)
        assert message.ref == MessageRef("discord", thread, posted["id"])
        assert isinstance(platform, Threaded)
        around = platform.parent(message.ref.chat_ref)
        assert around is not None
        assert around.id == play.world.general
        assert platform.parent(around) is None
    assert (again := play.platform().parent(message.ref.chat_ref)) == around, again


async def test_a_post_in_a_forum_has_its_title(play: Play, inbox: FakeInbox) -> None:
    forum = play.world.channel("forum", FORUM)
    async with play.running(inbox):
        thread = play.world.thread(forum, "A title", play.ali)
        play.world.post(play.ali, thread, "the body", id=thread)
        (message,) = await messages(inbox, 1)
    assert message.text == "A title\nthe body"


async def test_an_edit_in_an_archived_thread_finds_its_channel(play: Play, inbox: FakeInbox) -> None:
    thread = play.world.thread(play.world.general, "old talk", play.ali)
    old = play.world.post(play.ali, thread, "long ago")
    play.world.archive(thread)
    async with play.running(inbox) as platform:
        play.world.edit(old, "changed")
        (edited,) = await messages(inbox, 1)
        assert platform.parent(edited.ref.chat_ref) is not None


async def test_direct_messages_are_nobody_s_business(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        play.world.post(play.ali, play.world.dm(play.ali), "between us")
        play.world.post(play.ali, play.world.general, "to all")
        found = await messages(inbox, 1)
    assert [one.text for one in found] == ["to all"]


async def test_a_slow_file_holds_up_its_own_channel_only(play: Play, inbox: FakeInbox) -> None:
    other = play.world.channel("other")
    async with play.running(inbox):
        inbox.open.clear()
        for text in "ab":
            play.world.post(play.ali, play.world.general, text)
        play.world.post(play.ali, other, "c")
        inbox.open.set()
        found = await messages(inbox, 3)
    assert [one.text for one in found if one.ref.chat == play.world.general] == ["a", "b"]


async def test_a_long_message_of_odd_letters_arrives_whole(play: Play, inbox: FakeInbox) -> None:
    text = "راز\u202e\u200b\U0001d54a" * 500
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, text)
        (message,) = await messages(inbox, 1)
    assert message.text == text


async def test_what_another_bot_was_thinking_of_is_read_when_it_is_there(
    play: Play, inbox: FakeInbox
) -> None:
    helper = play.world.person("helper", "Helper", bot=True)
    async with play.running(inbox):
        thinking = play.world.post(helper, play.world.general, "", flags=1 << 7)
        play.world.change(thinking, content="the answer", flags=0)
        (message,) = await messages(inbox, 1)
    assert (message.text, message.revision) == ("the answer", 0)


async def test_a_pin_on_an_old_message_is_no_edit(play: Play, inbox: FakeInbox) -> None:
    old = play.world.post(play.ali, play.world.general, "from before the bot came")
    async with play.running(inbox):
        play.world.change(old, pinned=True)
        play.world.post(play.ali, play.world.general, "new")
        found = await messages(inbox, 1)
    assert [one.text for one in found] == ["new"]


async def test_a_thread_that_is_deleted_takes_what_was_warned_of_with_it(
    play: Play, inbox: FakeInbox
) -> None:
    async with play.running(inbox) as platform:
        thread = play.world.thread(play.world.general, "side talk", play.ali)
        posted = play.world.post(play.ali, thread, "x")
        await has(inbox, 1)
        await platform.warn(play.notice(posted))
        play.world.drop_thread(thread)
        *_, deletion = await has(inbox, 2)
    assert isinstance(deletion, Deletion)
    assert deletion.ref == ref(posted)


async def test_a_message_in_an_unknown_form_is_a_gap_and_ends_nothing(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        odd = {"id": play.world.flakes.next(), "channel_id": play.world.general, "guild_id": play.world.guild}
        play.server.gateway.tell("MESSAGE_CREATE", odd | {"author": play.ali.user()}, GUILD_MESSAGES)
        play.server.gateway.tell("GUILD_ROLE_UPDATE", {"guild_id": play.world.guild}, 1)
        play.world.post(play.ali, play.world.general, "hello")
        gap, message = await has(inbox, 2)
        assert (play.server.gateway.identified, play.server.gateway.resumed) == (1, 0)
    assert isinstance(gap, Gap)
    assert (gap.before, gap.missing, gap.chat.id) == (odd["id"], 1, play.world.general)
    assert isinstance(message, Message)


def partial_update(play: Play, message: Payload, **more: Any) -> None:
    few = {key: message[key] for key in ("id", "channel_id")} | {"guild_id": play.world.guild}
    play.server.gateway.tell("MESSAGE_UPDATE", few | more, GUILD_MESSAGES)


@pytest.mark.parametrize("keys", [(), ("embeds",), ("embeds", "content", "author", "attachments"), "all"])
async def test_a_change_that_is_told_in_part_is_looked_up(
    play: Play, inbox: FakeInbox, keys: tuple[str, ...] | str
) -> None:
    async with play.running(inbox):
        posted = play.world.post(play.ali, play.world.general, "https://example.com")
        await has(inbox, 1)
        listeners, play.world.listeners[:] = list(play.world.listeners), []
        play.world.unfurl(posted, title="What stands there")
        play.world.listeners[:] = listeners
        odd = {"attachments": [{"odd": True}]} if keys == "all" else {}
        partial_update(play, posted, **({key: posted[key] for key in keys if key in posted} | odd))
        _, found = await messages(inbox, 2)
        assert (play.server.gateway.identified, play.server.gateway.resumed) == (1, 0)
    assert (found.ref, found.revision) == (ref(posted), 1)
    assert found.text == "https://example.com\nWhat stands there"


async def test_a_change_that_can_t_be_looked_up_is_a_gap(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        posted = play.world.post(play.ali, play.world.general, "x")
        await has(inbox, 1)
        play.server.rest.fail("GET", "/messages/", 403, {"message": "Missing Access", "code": 50001})
        partial_update(play, posted)
        *_, gap = await has(inbox, 2)
    assert isinstance(gap, Gap)
    assert (gap.before, gap.missing) == (posted["id"], 1)


async def test_a_change_that_names_no_message_ends_nothing(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox):
        play.server.gateway.tell("MESSAGE_UPDATE", {"guild_id": play.world.guild}, GUILD_MESSAGES)
        play.world.post(play.ali, play.world.general, "hello")
        await has(inbox, 1)
        assert (play.server.gateway.identified, play.server.gateway.resumed) == (1, 0)
