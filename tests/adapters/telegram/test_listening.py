"""What happens in Telegram's chats reaches the inbox, each thing once and in order, and is confirmed only then."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.telegram.files import NOT_DOWNLOADED, TOO_LARGE
from adapters.telegram.platform import TelegramPlatform
from bot.model import Attachment, Event, Message, Person
from bot.ports import PlatformRefused
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
from tests.platforms.telegram.world import LARGEST_DOWNLOAD, ApiError


async def test_a_post_becomes_a_message(server: Telegram, inbox: FakeInbox) -> None:
    posted = await server.posts(server.supergroup(SUPER), ALI, "hello")
    (message,) = await heard(inbox, 1)
    assert message == Message(
        ref(SUPER, posted), Person("501", "Ali Raza"), "hello", datetime.fromtimestamp(posted["date"], UTC)
    )
    await server.confirmed()


async def test_each_edit_is_a_later_revision_even_within_a_second(server: Telegram, inbox: FakeInbox) -> None:
    room = server.supergroup(SUPER)
    posted = await server.posts(room, ALI, "one")
    server.edit_second = posted["date"] + 5
    await server.edits(room, posted, text="two")
    await server.edits(room, posted, text="three")
    messages = await heard(inbox, 3)
    assert [message.text for message in messages] == ["one", "two", "three"]
    first, second, third = (message.revision for message in messages)
    assert first == 0
    assert server.edit_second * 1000 <= second < third < (server.edit_second + 1) * 1000
    assert {message.ref for message in messages} == {ref(SUPER, posted)}


async def test_an_edit_of_what_was_never_seen_is_heard(server: Telegram, inbox: FakeInbox) -> None:
    room = server.supergroup(SUPER)
    await server.edits(room, server._message(room, ALI, "old"), text="new")
    (message,) = await heard(inbox, 1)
    assert message.text == "new"
    assert message.revision > 0


async def test_a_caption_comes_with_its_file(server: Telegram, inbox: FakeInbox) -> None:
    document = server.document("memo.pdf", b"%PDF")
    await server.posts(server.group(GROUP), ALI, caption="see this", document=document)
    (message,) = await heard(inbox, 1)
    assert message.text == "see this"
    assert message.attachments == (Attachment("memo.pdf", "application/pdf", b"%PDF"),)


async def test_of_a_photo_the_largest_size_is_fetched(server: Telegram, inbox: FakeInbox) -> None:
    await server.posts(server.group(GROUP), ALI, photo=server.photo(b"whole picture"))
    (message,) = await heard(inbox, 1)
    assert message.attachments == (Attachment("photo.jpg", "image/jpeg", b"whole picture"),)


async def test_a_file_above_the_limit_is_told_as_missing(server: Telegram, tmp_path: Path) -> None:
    room, inbox = server.group(GROUP), FakeInbox()
    large = b"x" * (1024 * 1024 + 1)
    async with running(make_platform(server, tmp_path, max_attachment_mb=1), inbox):
        await server.posts(room, ALI, document=server.document("said.bin", large))
        silent = server.document("silent.bin", large)
        del silent["file_size"]
        await server.posts(room, ALI, document=silent)
        messages = await heard(inbox, 2)
    for message in messages:
        assert [(one.content, one.missing) for one in message.attachments] == [(None, TOO_LARGE)]


async def test_what_telegram_calls_too_big_is_told_as_missing(server: Telegram, tmp_path: Path) -> None:
    inbox = FakeInbox()
    async with running(make_platform(server, tmp_path, max_attachment_mb=100), inbox):
        document = server.document("big.bin", b"x" * (LARGEST_DOWNLOAD + 1))
        await server.posts(server.group(GROUP), ALI, document=document)
        (message,) = await heard(inbox, 1)
    assert message.attachments[0].missing == TOO_LARGE


async def test_a_file_that_can_not_be_had_does_not_hold_up_the_message(
    server: Telegram, inbox: FakeInbox
) -> None:
    document = server.document("lost.pdf", b"")
    del server.files[document["file_id"]]
    await server.posts(server.group(GROUP), ALI, caption="still here", document=document)
    (message,) = await heard(inbox, 1)
    assert message.text == "still here"
    assert message.attachments[0].missing == NOT_DOWNLOADED


async def test_a_download_that_fails_once_is_tried_again(server: Telegram, inbox: FakeInbox) -> None:
    server.faults["download"].append("500")
    server.faults["getFile"].append(ApiError(429, "Too Many Requests: retry after 1", retry_after=1))
    await server.posts(server.group(GROUP), ALI, document=server.document("a.txt", b"abc"))
    (message,) = await heard(inbox, 1)
    assert message.attachments[0].content == b"abc"


async def test_an_album_is_one_message(server: Telegram, inbox: FakeInbox) -> None:
    room = server.supergroup(SUPER)
    parts = [{"photo": server.photo(bytes([65 + n]) * 3)} for n in range(3)]
    parts[0]["caption"] = "three pages"
    posted = await server.album(room, ALI, parts)
    after = await server.posts(room, ALI, "and so on", reply_to=posted[1])
    album, later = await heard(inbox, 2)
    assert album.ref == ref(SUPER, posted[0])
    assert (album.text, album.revision) == ("three pages", 0)
    assert [one.content for one in album.attachments] == [b"AAA", b"BBB", b"CCC"]
    assert later.ref == ref(SUPER, after)
    assert later.reply_to == album.ref.id
    await server.confirmed()


async def test_other_chats_do_not_wait_for_an_album(server: Telegram, tmp_path: Path) -> None:
    inbox, elsewhere = FakeInbox(), server.group(GROUP)
    async with running(make_platform(server, tmp_path, album_seconds=1.0), inbox):
        await server.album(server.supergroup(SUPER), ALI, [{"photo": server.photo(b"AAA")}])
        await server.posts(elsewhere, SANA, "quick")
        first, second = await heard(inbox, 2)
    assert (first.text, second.text) == ("quick", "")


async def test_other_chats_do_not_wait_for_a_slow_file(server: Telegram, inbox: FakeInbox) -> None:
    slow, quick = server.group(GROUP), server.supergroup(SUPER)
    server.slow["download"] = asyncio.Event()
    await server.posts(slow, ALI, document=server.document("slow.pdf", b"x"))
    await server.until(lambda: server.asked("getFile"))
    await server.posts(quick, SANA, "one")
    await server.posts(slow, ALI, "after the file")
    await server.posts(quick, SANA, "two")
    assert [message.text for message in await heard(inbox, 2)] == ["one", "two"]
    assert len(server.queue) == 4, "nothing after what is not done yet may be confirmed"
    server.slow["download"].set()
    assert [message.text for message in await heard(inbox, 4)] == ["one", "two", "", "after the file"]
    await server.confirmed()


async def test_a_late_part_makes_a_later_revision_of_the_album(server: Telegram, inbox: FakeInbox) -> None:
    room = server.supergroup(SUPER)
    group = {"media_group_id": "77"}
    first = await server.posts(room, ALI, photo=server.photo(b"AAA"), caption="one", **group)
    await heard(inbox, 1)
    await server.posts(room, ALI, photo=server.photo(b"BBB"), **group)
    _, whole = await heard(inbox, 2)
    assert (whole.ref, whole.revision, whole.text) == (ref(SUPER, first), 1, "one")
    assert [one.content for one in whole.attachments] == [b"AAA", b"BBB"]


async def test_a_late_part_of_an_album_that_was_removed_is_removed_too(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox
) -> None:
    room, group = server.supergroup(SUPER), {"media_group_id": "77"}
    await server.posts(room, ALI, photo=server.photo(b"AAA"), caption="one", **group)
    (first,) = await heard(inbox, 1)
    await platform.remove(first.ref)
    await server.posts(room, ALI, photo=server.photo(b"BBB"), **group)
    _, later = await heard(inbox, 2)
    assert not await platform.is_removed(later.ref)
    await platform.remove(later.ref)
    assert await platform.is_removed(later.ref)
    assert not room.messages


async def test_an_edited_caption_brings_the_whole_album_again(server: Telegram, tmp_path: Path) -> None:
    room, inbox = server.supergroup(SUPER), FakeInbox()
    async with running(make_platform(server, tmp_path), inbox):
        parts = [
            {"photo": server.photo(b"AAA"), "caption": "wrong"},
            {"document": server.document("b.pdf", b"BBB"), "caption": "second"},
        ]
        posted = await server.album(room, ALI, parts)
        await heard(inbox, 1)
        await server.edits(room, posted[0], caption="right")
        _, edit = await heard(inbox, 2)
        await server.confirmed()
    assert edit.ref == ref(SUPER, posted[0])
    assert (edit.text, edit.revision > 0) == ("right\nsecond", True)
    assert [one.content for one in edit.attachments] == [b"AAA", b"BBB"]
    after = FakeInbox()
    async with running(make_platform(server, tmp_path), after):
        await server.edits(room, posted[0], caption="after a restart")
        (again,) = await heard(after, 1)
    assert again.text == "after a restart"
    assert [(one.name, one.content) for one in again.attachments] == [
        ("photo.jpg", b"AAA"),
        ("caption", None),
        ("b.pdf", b"BBB"),
    ]


async def test_a_channel_post_is_by_the_channel(server: Telegram, inbox: FakeInbox) -> None:
    channel = server.channel(CHANNEL)
    posted = await server.posts(channel, None, "notice", author_signature="Deputy")
    await server.edits(channel, posted, text="notice 2")
    first, second = await heard(inbox, 2)
    assert first.author == Person(str(CHANNEL), "Notices (Deputy)")
    assert (second.text, second.revision > 0) == ("notice 2", True)


async def test_a_topic_stays_its_group_and_answers_nothing_by_itself(
    server: Telegram, inbox: FakeInbox
) -> None:
    room = server.supergroup(SUPER, forum=True)
    topic = await server.posts(room, ALI, forum_topic_created={"name": "Budget 2026", "icon_color": 7322096})
    in_topic = {"message_thread_id": topic["message_id"], "is_topic_message": True}
    said = await server.posts(room, SANA, "in the topic", reply_to=topic, **in_topic)
    await server.posts(room, ALI, "an answer", reply_to=said, **in_topic)
    named, first, answer = await heard(inbox, 3)
    assert named.text == "Budget 2026"
    assert (first.ref.chat, first.reply_to, first.quoted) == (str(SUPER), None, "")
    assert (answer.reply_to, answer.quoted) == (first.ref.id, "in the topic")


async def test_what_only_happens_in_a_chat_is_no_message(server: Telegram, inbox: FakeInbox) -> None:
    room = server.supergroup(SUPER)
    await server.posts(room, ALI, new_chat_members=[SANA], new_chat_member=SANA)
    await server.posts(room, ALI, "words")
    assert [message.text for message in await heard(inbox, 1)] == ["words"]
    await server.confirmed()


async def test_other_bots_are_heard(server: Telegram, inbox: FakeInbox) -> None:
    bot = {"id": 9, "is_bot": True, "first_name": "News", "username": "news_bot"}
    await server.posts(server.supergroup(SUPER), bot, "news")
    (message,) = await heard(inbox, 1)
    assert message.author == Person("9", "News")


async def test_what_is_told_to_the_bot_alone_is_nobodys_leak(server: Telegram, inbox: FakeInbox) -> None:
    await server.posts(server.direct(ALI), ALI, "between you and me")
    await server.posts(server.group(GROUP), ALI, "in the open")
    assert [message.text for message in await heard(inbox, 1)] == ["in the open"]
    await server.confirmed()


async def test_a_group_that_becomes_a_supergroup_keeps_its_name(server: Telegram, tmp_path: Path) -> None:
    group, inbox = server.group(GROUP), FakeInbox()
    async with running(make_platform(server, tmp_path), inbox):
        await server.posts(group, ALI, "before")
        new = await server.becomes_supergroup(group, -1009999999999)
        await server.posts(new, ALI, "after")
        before, after = await heard(inbox, 2)
        assert before.ref.chat == after.ref.chat == str(GROUP)
        assert after.ref.id == "-1009999999999/2"
        await server.confirmed()
    again = FakeInbox()
    async with running(platform := make_platform(server, tmp_path), again):
        posted = await server.posts(new, ALI, "after a restart")
        (later,) = await heard(again, 1)
        assert later.ref.chat == str(GROUP)
        await platform.remove(later.ref)
        assert posted["message_id"] not in new.messages


async def test_a_group_that_moved_while_nobody_listened_keeps_its_name(
    server: Telegram, tmp_path: Path
) -> None:
    group, inbox = server.group(GROUP), FakeInbox()
    new = await server.becomes_supergroup(group, -1009999999999)
    server.queue.clear()
    async with running(make_platform(server, tmp_path), inbox):
        await server.posts(new, ALI, "after")
        (message,) = await heard(inbox, 1)
    assert message.ref.chat == str(GROUP)


async def test_a_chat_that_nobody_told_of_is_heard_and_its_id_is_said_once(
    server: Telegram, inbox: FakeInbox, caplog: pytest.LogCaptureFixture
) -> None:
    room = server.supergroup(-1005555555555, "Some secret title")
    for text in ("one", "two"):
        await server.posts(room, ALI, text)
    assert [message.ref.chat for message in await heard(inbox, 2)] == ["-1005555555555"] * 2
    told = [one.getMessage() for one in caplog.records if "not among" in one.getMessage()]
    assert told == ["The Telegram chat -1005555555555 is not among the configured chats."]


async def test_nothing_is_confirmed_before_it_lies_in_the_inbox(server: Telegram, tmp_path: Path) -> None:
    inbox = FakeInbox()
    inbox.open.clear()
    async with running(make_platform(server, tmp_path), inbox):
        await server.posts(server.supergroup(SUPER), ALI, "one")
        await server.until(lambda: len(server.asked("getUpdates")) >= 1)
        await asyncio.sleep(0.1)
        assert len(server.queue) == 1
        inbox.open.set()
        await server.confirmed()


@pytest.mark.parametrize("crash_at", range(4))
async def test_after_a_crash_nothing_is_lost_and_one_thing_at_most_comes_again(
    server: Telegram, tmp_path: Path, crash_at: int
) -> None:
    room = server.supergroup(SUPER)
    posted = await server.posts(room, ALI, "one")
    await server.edits(room, posted, text="two")
    await server.album(room, ALI, [{"photo": server.photo(b"A")}, {"photo": server.photo(b"B")}])
    await server.posts(room, ALI, "four")

    class Crash(Exception):
        pass

    class DyingInbox(FakeInbox):
        async def put(self, event: Event) -> bool:
            await super().put(event)
            if len(self.events) == crash_at + 1:
                raise Crash
            return True

    before, after = DyingInbox(), FakeInbox()
    with pytest.raises(Crash):
        await make_platform(server, tmp_path).run(before, FakeDesk())
    async with running(make_platform(server, tmp_path), after):
        await server.confirmed()
    whole = before.events + [event for event in after.events if event not in before.events]
    assert [len(event.attachments) for event in whole if isinstance(event, Message)] == [0, 0, 2, 0]
    assert [event.text for event in whole if isinstance(event, Message)] == ["one", "two", "", "four"]
    assert len(before.events) == crash_at + 1


async def test_what_happened_during_an_outage_is_caught_up_on(
    server: Telegram, inbox: FakeInbox, caplog: pytest.LogCaptureFixture
) -> None:
    room = server.supergroup(SUPER)
    await server.posts(room, ALI, "before")
    await heard(inbox, 1)
    server.is_down = True
    await server.posts(room, ALI, "during")
    await server.posts(room, ALI, "during too")
    server.is_down = False
    assert [message.text for message in await heard(inbox, 3)] == ["before", "during", "during too"]
    assert "4242:" not in caplog.text


@pytest.mark.parametrize(
    "fault",
    ["drop", ApiError(429, "Too Many Requests: retry after 1", retry_after=1), ApiError(500, "Internal")],
)
async def test_polling_goes_on_after_a_fault(
    server: Telegram, platform: TelegramPlatform, fault: ApiError | str
) -> None:
    server.faults["getUpdates"].append(fault)
    inbox = FakeInbox()
    await server.posts(server.supergroup(SUPER), ALI, "hello")
    async with running(platform, inbox):
        await heard(inbox, 1)


async def test_a_wrong_token_is_told_in_words(
    server: Telegram, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    platform = make_platform(server, tmp_path, token="1:wrong")
    with pytest.raises(PlatformRefused, match="BotFather") as refused:
        await platform.run(FakeInbox(), FakeDesk())
    assert "1:wrong" not in str(refused.value) + caplog.text


async def test_a_webhook_that_was_set_is_taken_back_without_losing_what_waits(
    server: Telegram, platform: TelegramPlatform
) -> None:
    server.webhook = {"url": "https://elsewhere.example/"}
    await server.posts(server.supergroup(SUPER), ALI, "waited")
    inbox = FakeInbox()
    async with running(platform, inbox):
        assert [message.text for message in await heard(inbox, 1)] == ["waited"]


async def test_nothing_of_messages_or_tokens_is_logged(
    server: Telegram, inbox: FakeInbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await server.posts(server.supergroup(SUPER), ALI, "very private words")
    await heard(inbox, 1)
    await server.confirmed()
    ours = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith(("aiohttp", "asyncio")))
    assert "private words" not in ours
    assert "AAtest" not in ours
