"""What this version can't read is told as undecided, and loses none of its neighbours."""

import pytest

from adapters.telegram.platform import TelegramPlatform
from bot.model import Message, MessageRef
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import ALI, SUPER, heard, running
from tests.platforms.telegram.server import Telegram


async def test_an_update_that_can_not_be_read_loses_none_of_its_neighbours(
    server: Telegram, inbox: FakeInbox
) -> None:
    room = server.supergroup(SUPER)
    await server.posts(room, ALI, "one")
    broken = server._message(room, ALI, "odd") | {"date": "soon", "entities": 5}
    await server.tells({"message": broken})
    await server.posts(room, ALI, "three")
    messages = {message.text: message for message in await heard(inbox, 3)}
    assert set(messages) == {"one", "odd", "three"}
    assert messages["odd"].ref == MessageRef("telegram", str(SUPER), "2")
    assert messages["odd"].attachments[0].missing
    await server.confirmed()


async def test_of_an_album_of_which_one_part_can_not_be_translated_none_is_lost(
    server: Telegram, inbox: FakeInbox
) -> None:
    room = server.supergroup(SUPER)
    await server.album(room, ALI, [{"photo": server.photo(b"B"), "text": 5}, {"photo": server.photo(b"C")}])
    (album,) = await heard(inbox, 1)
    assert [one.name for one in album.attachments] == ["message", "photo.jpg"]


async def test_what_is_no_update_is_passed_over_and_said(
    server: Telegram, platform: TelegramPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    room = server.supergroup(SUPER)
    inbox = FakeInbox()
    async with running(platform, inbox):
        await server.posts(room, ALI, "one")
        server.queue.append({"update_id": 10**9, "message": 5})
        await server.confirmed()
    assert [event.text for event in inbox.events if isinstance(event, Message)] == ["one"]
    assert "can't be read" in caplog.text
