"""What was removed stands again in its author's name; what is said to a whole channel is said once."""

from typing import Any

import pytest

from bot.model import Announcement, Attachment, ChatRef, Message, Person, Posting
from bot.ports import PlatformForbidden, PlatformUnavailable
from tests.adapters.discord.playing import Play, has, ref
from tests.adapters.fake_inbox import FakeInbox
from tests.platforms.discord.world import MANAGE_WEBHOOKS, SEND_MESSAGES, VIEW_CHANNEL, Payload

TEXT = "The number is •••••, @everyone"
NOTE = "Posted again by Raazdar."


def posting(play: Play, channel: str = "", key: str = "p1", **changed: Any) -> Posting:
    message = {"channel_id": channel or play.world.general, "id": "5"}
    own: dict[str, Any] = {
        "key": key,
        "ref": ref(message),
        "author": Person(play.ali.id, "Ali (Budget)"),
        "text": TEXT,
        "note": NOTE,
    }
    return Posting(**(own | changed))


def posted(play: Play, channel: str = "") -> list[Payload]:
    """What stands in a channel that no person wrote."""
    return [
        one for one in play.world.messages[channel or play.world.general].values() if one["author"].get("bot")
    ]


async def test_it_stands_in_its_author_s_name_once_also_after_a_restart(play: Play) -> None:
    for _ in range(2):
        async with play.running() as platform:
            await platform.repost(posting(play))
            await platform.repost(posting(play))
    (shown,) = posted(play)
    assert shown["author"]["username"] == "Ali (Budget)"
    assert shown["author"]["avatar"], "his picture"
    assert shown["content"] == f"{TEXT}\n-# {NOTE}"
    assert shown["allowed_mentions"] == {"parse": []}
    assert shown["flags"] & 4, "no previews"


async def test_one_webhook_serves_a_channel_also_after_a_restart(play: Play) -> None:
    for key in ("p1", "p2"):
        async with play.running() as platform:
            await platform.repost(posting(play, key=key))
    assert len(posted(play)) == 2
    assert [one["name"] for one in play.world.webhooks.values()] == ["Raazdar"]


async def test_what_the_bot_posts_is_never_handed_over(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox) as platform:
        play.world.post(play.ali, play.world.general, "one")
        await has(inbox, 1)
        await platform.repost(posting(play))
        await platform.announce(announcement(play))
        play.world.post(play.ali, play.world.general, "two", webhook="News desk")
        await has(inbox, 2)
        webhook = next(one for one in play.world.webhooks if play.world.webhooks[one].get("token"))
    again = {key: value for key, value in posted(play)[0].items() if key != "application_id"}
    again |= {"id": play.world.flakes.next(), "webhook_id": webhook}
    play.world.keep(again)
    later = FakeInbox()
    async with play.running(later):
        play.world.post(play.ali, play.world.general, "three")
        await has(later, 1)
    texts = {event.text for event in (*inbox.events, *later.events) if isinstance(event, Message)}
    assert texts == {"one", "two", "three"}


async def test_in_a_thread_it_comes_by_the_webhook_of_its_channel(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox) as platform:
        thread = play.world.thread(play.world.general, "side talk", play.ali)
        play.world.post(play.ali, thread, "x")
        await has(inbox, 1)
        await platform.repost(posting(play, thread))
    assert [one["author"]["username"] for one in posted(play, thread)] == ["Ali (Budget)"]
    assert [one["channel_id"] for one in play.world.webhooks.values()] == [play.world.general]


@pytest.mark.parametrize("name", ["Discord fan", "CLYDE", "everyone", ""])
async def test_a_name_that_discord_refuses_stands_in_the_text(play: Play, name: str) -> None:
    async with play.running() as platform:
        await platform.repost(posting(play, author=Person(play.ali.id, name)))
    (shown,) = posted(play)
    assert shown["author"]["username"] == "Raazdar"
    assert shown["content"].startswith(f"**{name}:**\n{TEXT}" if name else TEXT)


async def test_a_name_that_is_refused_for_unknown_reasons_stands_in_the_text(play: Play) -> None:
    body = {"message": "Invalid Form Body", "code": 50035, "errors": {}}
    play.server.rest.fail("POST", "/webhooks/[0-9]+/webhook-token", 400, body)
    async with play.running() as platform:
        await platform.repost(posting(play))
    (shown,) = posted(play)
    assert shown["content"].startswith(f"**Ali (Budget):**\n{TEXT}")


async def test_a_long_name_is_cut(play: Play) -> None:
    async with play.running() as platform:
        await platform.repost(posting(play, author=Person(play.ali.id, "n" * 99)))
    assert posted(play)[0]["author"]["username"] == "n" * 80


async def test_without_webhooks_the_bot_itself_names_the_author(play: Play) -> None:
    async with play.running() as platform:
        play.world.forbid(play.world.general, MANAGE_WEBHOOKS)
        for _ in range(2):
            await platform.repost(posting(play, author=Person(play.ali.id, "Ali *Raza*")))
    (shown,) = play.world.sent_to(play.world.general)
    assert shown["content"] == f"**Ali \\*Raza\\*:**\n{TEXT}\n-# {NOTE}"
    assert shown["allowed_mentions"] == {"parse": []}


async def test_a_long_text_comes_in_pieces(play: Play) -> None:
    text = "\n".join(f"line {number} of a long memorandum" for number in range(150))
    async with play.running() as platform:
        await platform.repost(posting(play, text=text))
    shown = posted(play)
    assert len(shown) == 3
    assert all(len(one["content"]) <= 2000 for one in shown)
    assert "\n".join(one["content"] for one in shown) == f"{text}\n-# {NOTE}"


async def test_a_webhook_that_somebody_deleted_is_made_anew(play: Play) -> None:
    async with play.running() as platform:
        await platform.repost(posting(play))
        play.world.webhooks.clear()
        await platform.repost(posting(play, key="p2"))
    assert len(posted(play)) == 2


async def test_a_lost_answer_does_not_post_twice(play: Play) -> None:
    answer = {"message": "bad gateway", "code": 0}
    play.server.rest.fail("POST", "/webhooks/[0-9]+/webhook-token", 400, answer, after=True, times=1)
    play.server.rest.fail("POST", "/webhooks/[0-9]+/webhook-token", 0, times=1)
    async with play.running() as platform:
        with pytest.raises(PlatformUnavailable):
            await platform.repost(posting(play))
        await platform.repost(posting(play))
    assert len(posted(play)) == 1


FILES = (Attachment("memo one.txt", "text/plain", b"first"), Attachment("b.bin", "a/b", bytes(2000)))


def files(play: Play, message: Payload) -> list[bytes]:
    paths = [
        one["url"].removeprefix(play.server.cdn_base).partition("?")[0] for one in message["attachments"]
    ]
    return [play.world.contents[path] for path in paths]


@pytest.mark.parametrize("forbidden", [0, MANAGE_WEBHOOKS])
@pytest.mark.parametrize("text", [TEXT, ""])
async def test_files_are_posted_again_with_the_text_once(play: Play, forbidden: int, text: str) -> None:
    async with play.running() as platform:
        play.world.forbid(play.world.general, forbidden)
        for _ in range(2):
            await platform.repost(posting(play, text=text, note="", attachments=FILES))
    (shown,) = posted(play)
    assert files(play, shown) == [file.content for file in FILES]
    assert text in shown["content"]


async def test_a_file_that_discord_finds_too_large_is_left_out(play: Play) -> None:
    play.server.rest.largest_file = 1000
    async with play.running() as platform:
        await platform.repost(posting(play, attachments=FILES))
    (shown,) = posted(play)
    assert files(play, shown) == [b"first"]
    assert shown["content"].startswith(TEXT)
    assert shown["author"]["username"] == "Ali (Budget)"


async def test_a_file_over_discord_s_limit_is_not_even_sent(play: Play) -> None:
    large = Attachment("large.bin", "a/b", bytes(10 * 1024 * 1024 + 1))
    async with play.running() as platform:
        await platform.repost(posting(play, attachments=(large, FILES[0])))
    (shown,) = posted(play)
    assert files(play, shown) == [b"first"]
    assert len(play.server.rest.asked("POST", "/webhooks/[0-9]+/webhook-token")) == 1


async def test_more_files_than_a_message_has_room_for_come_in_a_second_one(play: Play) -> None:
    many = tuple(Attachment(f"{number}.txt", "text/plain", bytes([number])) for number in range(12))
    async with play.running() as platform:
        await platform.repost(posting(play, attachments=many))
    assert [len(one["attachments"]) for one in posted(play)] == [10, 2]


async def test_a_lost_answer_does_not_post_files_twice(play: Play) -> None:
    play.server.rest.fail("POST", "/webhooks/[0-9]+/webhook-token", 400, {"code": 0}, after=True)
    play.server.rest.fail("POST", "/webhooks/[0-9]+/webhook-token", 0)
    async with play.running() as platform:
        with pytest.raises(PlatformUnavailable):
            await platform.repost(posting(play, text="", note="", attachments=FILES))
        await platform.repost(posting(play, text="", note="", attachments=FILES))
    assert len(posted(play)) == 1


async def test_nothing_of_the_text_is_kept(play: Play) -> None:
    async with play.running() as platform:
        await platform.repost(posting(play))
    kept = b"".join(file.read_bytes() for file in play.data.iterdir())
    assert b"The number is" not in kept
    assert b"webhook-token" not in kept


async def test_where_nothing_may_be_said_a_person_hears_of_it(play: Play) -> None:
    play.world.forbid(play.world.general, SEND_MESSAGES | MANAGE_WEBHOOKS)
    async with play.running() as platform:
        with pytest.raises(PlatformForbidden, match="Send Messages"):
            await platform.repost(posting(play))
        with pytest.raises(PlatformForbidden, match="Send Messages"):
            await platform.announce(announcement(play))
        play.world.forbid(play.world.general, VIEW_CHANNEL)
        with pytest.raises(PlatformForbidden, match="View Channel"):
            await platform.announce(announcement(play))


def announcement(play: Play, **changed: Any) -> Announcement:
    text = "Hello, I am *Raazdar*. Set up by [us](https://evil.example) and @everyone."
    own: dict[str, Any] = {"key": "a1", "chat": ChatRef("discord", play.world.general), "text": text}
    return Announcement(**(own | changed))


async def test_an_announcement_is_said_once_and_has_no_markup(play: Play) -> None:
    for _ in range(2):
        async with play.running() as platform:
            await platform.announce(announcement(play))
            await platform.announce(announcement(play))
    (shown,) = play.world.sent_to(play.world.general)
    assert shown["content"].startswith(r"Hello, I am \*Raazdar\*.")
    assert "[us](" not in shown["content"]
    assert shown["allowed_mentions"] == {"parse": []}
    assert shown["flags"] & 4, "no previews"


async def test_a_long_announcement_comes_in_pieces(play: Play) -> None:
    async with play.running() as platform:
        await platform.announce(announcement(play, text="word " * 900))
    assert len(play.world.sent_to(play.world.general)) == 3
