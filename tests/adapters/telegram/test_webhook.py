"""Updates that Telegram hands over by itself: answered with "OK" once they lie in the inbox."""

import asyncio
import socket
from pathlib import Path

import httpx
import pytest

from adapters.telegram import WebhookSettings
from bot.model import Event
from bot.ports import PlatformRefused, PlatformUnavailable
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import ALI, SUPER, heard, make_platform, ref, running
from tests.fakes.desk import FakeDesk
from tests.platforms.telegram.server import Telegram

SECRET = "a-secret_of-16-or-more"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def answers(address: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(5):
        while True:
            try:
                await client.get(address)
            except httpx.ConnectError:
                await asyncio.sleep(0.01)
            else:
                return


@pytest.fixture
def settings() -> WebhookSettings:
    return WebhookSettings(f"127.0.0.1:{free_port()}", "https://bot.example/telegram", SECRET)


def address(settings: WebhookSettings) -> str:
    return f"http://{settings.listen}/telegram"


async def test_what_is_handed_over_reaches_the_inbox(
    server: Telegram, tmp_path: Path, settings: WebhookSettings
) -> None:
    inbox, room = FakeInbox(), server.supergroup(SUPER)
    async with running(make_platform(server, tmp_path, webhook=settings), inbox):
        await answers(address(settings))
        assert server.webhook is not None
        assert server.webhook["url"] == settings.url
        posted = await server.posts(room, ALI, "hello")
        await server.edits(room, posted, text="hello again")
        assert await server.hands_over(address(settings)) == [200, 200]
        first, second = await heard(inbox, 2)
    assert [first.text, second.text] == ["hello", "hello again"]
    assert server.webhook, "the webhook stays set, so that Telegram keeps what happens"


async def test_an_album_grows_with_each_part(
    server: Telegram, tmp_path: Path, settings: WebhookSettings
) -> None:
    inbox, room = FakeInbox(), server.supergroup(SUPER)
    async with running(make_platform(server, tmp_path, webhook=settings), inbox):
        await answers(address(settings))
        parts = [{"photo": server.photo(b"A"), "caption": "two"}, {"photo": server.photo(b"B")}]
        posted = await server.album(room, ALI, parts)
        await server.hands_over(address(settings))
        first, whole = await heard(inbox, 2)
    assert first.ref == whole.ref == ref(SUPER, posted[0])
    assert (first.revision, whole.revision) == (0, 1)
    assert whole.text == "two"
    assert [one.content for one in whole.attachments] == [b"A", b"B"]


async def test_a_late_part_of_an_album_that_was_removed_is_removed_too(
    server: Telegram, tmp_path: Path, settings: WebhookSettings
) -> None:
    inbox, room = FakeInbox(), server.supergroup(SUPER)
    platform = make_platform(server, tmp_path, webhook=settings)
    async with running(platform, inbox):
        await answers(address(settings))
        (posted,) = await server.album(room, ALI, [{"photo": server.photo(b"A"), "caption": "two"}])
        await server.hands_over(address(settings))
        await platform.remove(ref(SUPER, posted))
        assert await platform.is_removed(ref(SUPER, posted))
        group = posted["media_group_id"]
        late = [await server.posts(room, ALI, photo=server.photo(b"B"), media_group_id=group)]
        await server.hands_over(address(settings))
        _, later = await heard(inbox, 2)
        assert (later.ref, later.revision) == (ref(SUPER, posted), 1)
        assert not await platform.is_removed(later.ref)
        await platform.remove(later.ref)
        assert await platform.is_removed(later.ref)
    assert late[0]["message_id"] not in room.messages


async def test_parts_that_come_at_once_are_dealt_with_in_order(
    server: Telegram, tmp_path: Path, settings: WebhookSettings
) -> None:
    inbox, room = FakeInbox(), server.supergroup(SUPER)
    async with (
        running(make_platform(server, tmp_path, webhook=settings), inbox),
        httpx.AsyncClient(headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}) as client,
    ):
        await answers(address(settings))
        server.slow["download"] = asyncio.Event()
        await server.album(room, ALI, [{"photo": server.photo(b"A")}, {"photo": server.photo(b"B")}])
        sent = [asyncio.create_task(client.post(address(settings), json=one)) for one in server.queue]
        await server.until(lambda: server.asked("getFile"))
        server.slow["download"].set()
        assert [(await one).status_code for one in sent] == [200, 200]
    assert [(one.revision, len(one.attachments)) for one in inbox.events] == [(0, 1), (1, 2)]


async def test_what_the_inbox_does_not_take_is_handed_over_again(
    server: Telegram, tmp_path: Path, settings: WebhookSettings
) -> None:
    class FullInbox(FakeInbox):
        full = True

        async def put(self, event: Event) -> bool:
            if self.full:
                self.full = False
                raise OSError("the disk is full")
            return await super().put(event)

    inbox = FullInbox()
    async with running(make_platform(server, tmp_path, webhook=settings), inbox):
        await answers(address(settings))
        await server.posts(server.supergroup(SUPER), ALI, "hello")
        assert await server.hands_over(address(settings)) == [503]
        assert await server.hands_over(address(settings)) == [200]
    assert [event.ref.id for event in inbox.events] == ["1"]


async def test_who_does_not_know_the_secret_is_not_heard(
    server: Telegram, tmp_path: Path, settings: WebhookSettings
) -> None:
    inbox = FakeInbox()
    async with (
        running(make_platform(server, tmp_path, webhook=settings), inbox),
        httpx.AsyncClient() as client,
    ):
        await answers(address(settings))
        for secret in ("", "wrong", "ثنا".encode()):
            headers = {
                b"X-Telegram-Bot-Api-Secret-Token": secret if isinstance(secret, bytes) else secret.encode()
            }
            told = await client.post(address(settings), json={"update_id": 1}, headers=headers)
            assert told.status_code == 403
        right = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        for body, status in ((b"no JSON", 400), (b"[]", 400), (b"x" * (1024 * 1024 + 1), 413)):
            told = await client.post(address(settings), content=body, headers=right)
            assert told.status_code == status
    assert not inbox.events


async def test_an_address_that_is_taken_is_told_and_free_after_an_end(
    server: Telegram, tmp_path: Path, settings: WebhookSettings
) -> None:
    async with running(make_platform(server, tmp_path, webhook=settings), FakeInbox()):
        await answers(address(settings))
        with pytest.raises(PlatformUnavailable, match=settings.listen):
            await make_platform(server, tmp_path, webhook=settings).run(FakeInbox(), FakeDesk())
    async with running(make_platform(server, tmp_path, webhook=settings), FakeInbox()):
        await answers(address(settings))


async def test_an_address_that_telegram_does_not_take_is_told_in_words(
    server: Telegram, tmp_path: Path, settings: WebhookSettings
) -> None:
    plain = WebhookSettings(settings.listen, "http://bot.example/telegram", SECRET)
    with pytest.raises(PlatformRefused, match="must be https"):
        await make_platform(server, tmp_path, webhook=plain).run(FakeInbox(), FakeDesk())
