"""Removing, looking, and telling the moderators; and what is said where Discord does not do it."""

import logging
import time

import pytest

from bot.model import ChatRef, Deletion, Severity
from bot.ports import PlatformForbidden, PlatformRefused, PlatformUnavailable
from tests.adapters.discord.playing import Play, card, has, ref, until
from tests.adapters.fake_inbox import FakeInbox
from tests.platforms.discord.world import MANAGE_MESSAGES, SEND_MESSAGES, VIEW_CHANNEL


async def test_a_removed_message_is_gone_and_removing_it_again_does_no_harm(play: Play) -> None:
    message = play.world.post(play.ali, play.world.general, "x")
    async with play.running() as platform:
        assert not await platform.is_removed(ref(message))
        for _ in range(2):
            await platform.remove(ref(message))
            assert await platform.is_removed(ref(message))
    assert message["id"] not in play.world.messages[play.world.general]


async def test_what_the_bot_removes_is_not_news(play: Play, inbox: FakeInbox) -> None:
    async with play.running(inbox) as platform:
        removed = play.world.post(play.ali, play.world.general, "x")
        deleted = play.world.post(play.ali, play.world.general, "y")
        await has(inbox, 2)
        await platform.remove(ref(removed))
        play.world.delete(deleted)
        events = await has(inbox, 3)
    assert [event.ref for event in events if isinstance(event, Deletion)] == [ref(deleted)]


async def test_a_message_in_a_thread_that_was_put_away_is_removed(play: Play) -> None:
    thread = play.world.thread(play.world.general, "old talk", play.ali)
    message = play.world.post(play.ali, thread, "x")
    play.world.archive(thread)
    async with play.running() as platform:
        await platform.remove(ref(message))
        await platform.remove(ref(message))
        assert await platform.is_removed(ref(message))
    assert not play.world.channels[thread]["thread_metadata"]["archived"]


async def test_a_thread_that_the_bot_may_not_open_is_told(play: Play, inbox: FakeInbox) -> None:
    thread = play.world.thread(play.world.general, "old talk", play.ali)
    message = play.world.post(play.ali, thread, "x")
    play.world.archive(thread)
    body = {"message": "Missing Permissions", "code": 50013}
    play.server.rest.fail("PATCH", "/channels/[0-9]+$", 403, body)
    async with play.running(inbox) as platform:
        with pytest.raises(PlatformForbidden, match="Manage Threads"):
            await platform.remove(ref(message))
        assert not platform.memory.is_removed(int(message["id"]))


async def test_a_channel_that_is_gone_has_no_messages(play: Play) -> None:
    message = play.world.post(play.ali, play.world.general, "x")
    del play.world.channels[play.world.general]
    async with play.running() as platform:
        await platform.remove(ref(message))
        assert await platform.is_removed(ref(message))


@pytest.mark.parametrize(
    ("permission", "words"), [(MANAGE_MESSAGES, "Manage Messages"), (VIEW_CHANNEL, "View Channel")]
)
async def test_without_permission_it_is_said_which(
    play: Play, inbox: FakeInbox, permission: int, words: str
) -> None:
    message = play.world.post(play.ali, play.world.general, "x")
    async with play.running(inbox) as platform:
        play.world.forbid(play.world.general, permission)
        with pytest.raises(PlatformRefused, match=words):
            await platform.remove(ref(message))
        play.world.forbid(play.world.general, 0)
        play.world.delete(message)
        # A deletion by the author, though the bot wanted one before.
        await until(lambda: any(isinstance(event, Deletion) for event in inbox.events))


async def test_a_card_shows_the_case_by_colour_and_word(play: Play) -> None:
    moderators = play.world.channel("moderators")
    async with play.running() as platform:
        await platform.escalate(card(moderators))
    (shown,) = play.world.sent_to(moderators)
    (embed,) = shown["embeds"]
    assert "[EN] SEVERITY-HIGH" in embed["title"]
    assert "Case 7: Budget" in embed["title"].replace("\\", "")
    assert embed["color"] == 0xE67E22
    assert "http://127.0.0.1:8710/cases/7" in embed["description"]


async def test_each_severity_looks_different(play: Play) -> None:
    moderators = play.world.channel("moderators")
    async with play.running() as platform:
        for severity in Severity:
            await platform.escalate(card(moderators, f"c{severity}", case=severity.rank, severity=severity))
    embeds = [shown["embeds"][0] for shown in play.world.sent_to(moderators)]
    assert len({embed["color"] for embed in embeds}) == len(Severity)


async def test_a_name_in_a_card_can_t_become_a_link(play: Play) -> None:
    moderators = play.world.channel("moderators")
    async with play.running() as platform:
        await platform.escalate(card(moderators, body="[click](https://evil.example) @everyone: a label."))
    (shown,) = play.world.sent_to(moderators)
    assert "[click](" not in shown["embeds"][0]["description"]
    assert shown["allowed_mentions"] == {"parse": []}


async def test_a_moderators_channel_that_can_t_be_written_to_is_told(play: Play) -> None:
    moderators = play.world.channel("moderators")
    async with play.running() as platform:
        play.world.forbid(moderators, SEND_MESSAGES)
        with pytest.raises(PlatformRefused, match="Send Messages"):
            await platform.escalate(card(moderators))
        with pytest.raises(PlatformRefused, match="no such channel"):
            await platform.escalate(card("99"))
        with pytest.raises(PlatformRefused, match="no id on Discord"):
            await platform.escalate(card("1", moderators=ChatRef("discord", "#moderators")))


async def test_a_short_wait_is_waited_and_a_long_one_is_put_off(play: Play) -> None:
    message = play.world.post(play.ali, play.world.general, "x")
    async with play.running() as platform:
        play.server.rest.limit("DELETE", "/messages/", 0.3)
        start = time.monotonic()
        await platform.remove(ref(message))
        assert time.monotonic() - start >= 0.3
        play.server.rest.limit("GET", "/messages/", 90.0)
        with pytest.raises(PlatformUnavailable) as unavailable:
            await platform.is_removed(ref(message))
    assert unavailable.value.retry_after == 90.0


@pytest.mark.parametrize("status", [0, 503, 520])
async def test_a_broken_discord_is_put_off(play: Play, status: int) -> None:
    message = play.world.post(play.ali, play.world.general, "x")
    play.server.rest.fail("DELETE", "/messages/", status, {"message": "down", "code": 0}, times=2)
    async with play.running() as platform:
        with pytest.raises(PlatformUnavailable):
            await platform.remove(ref(message))


async def test_a_ban_by_discord_s_own_guard_is_put_off(play: Play) -> None:
    """Cloudflare answers 429 with a page instead of JSON."""
    message = play.world.post(play.ali, play.world.general, "x")
    play.server.rest.fail("DELETE", "/messages/", 429, {}, headers={"Via": "", "Retry-After": "120"})
    async with play.running() as platform:
        with pytest.raises(PlatformUnavailable) as unavailable:
            await platform.remove(ref(message))
    assert unavailable.value.retry_after == 120.0


async def test_a_token_that_was_taken_back_is_told(play: Play) -> None:
    message = play.world.post(play.ali, play.world.general, "x")
    async with play.running() as platform:
        play.world.token = "another.token"
        with pytest.raises(PlatformRefused, match="does not accept the token"):
            await platform.remove(ref(message))


class Everything(logging.Handler):
    """As a program's own handler, which is asked for everything; pytest's listens where nobody else does."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(("aiohttp", "asyncio")):
            self.lines.append(self.format(record))


async def test_neither_tokens_nor_texts_are_logged(play: Play, inbox: FakeInbox) -> None:
    everything = Everything()
    root, library = logging.getLogger(), logging.getLogger("discord")
    levels = {log: log.level for log in (root, library)}
    root.addHandler(everything)
    for log in levels:
        log.setLevel(logging.DEBUG)
    try:
        async with play.running(inbox) as platform:
            message = play.world.post(play.ali, play.world.general, "the text of the leak")
            await has(inbox, 1)
            await platform.warn(play.notice(message))
            pressed = play.world.press(play.ali, play.notices()[0], "raazdar:remove:1:2:3")
            await play.server.gateway.drop()
            play.world.post(play.ali, play.world.general, "later")
            await has(inbox, 2)
    finally:
        root.removeHandler(everything)
        for log, level in levels.items():
            log.setLevel(level)
    assert everything.lines, "it says that it connected"
    for line in everything.lines:
        for secret in (play.world.token, "leak", pressed["token"]):
            assert secret not in line
