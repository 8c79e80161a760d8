"""What this version can't read is told as undecided, and loses none of its neighbours."""

from typing import Any

import pytest

from adapters.telegram.platform import TelegramPlatform
from bot.model import Message, MessageRef, Person
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import ALI, GROUP, SUPER, heard, running
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


async def test_a_poll_that_lacks_what_newer_versions_have_is_read_all_the_same(
    server: Telegram, inbox: FakeInbox
) -> None:
    options = [{"text": "SECRET", "voter_count": 0}, {"text": "two", "voter_count": 0}]
    poll = {"id": "1", "question": "Which?", "options": options, "total_voter_count": 0, "type": "regular"}
    await server.posts(server.supergroup(SUPER), ALI, poll=poll)
    (message,) = await heard(inbox, 1)
    assert message.text == "Which?\nSECRET\ntwo"
    assert message.author == Person("501", "Ali Raza")
    assert message.attachments[0].missing


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


PRIVATE = {"id": 501, "type": "private", "first_name": "Ali"}
IN_GROUP = {"id": SUPER, "type": "supergroup", "title": "Budget"}
BARE = {"message_id": 900, "date": 1_790_000_000}


@pytest.mark.parametrize(
    "update",
    [
        {"callback_query": {"id": "1", "from": ALI, "chat_instance": "1", "data": "k:a:7"}},
        {"callback_query": {"id": "1", "from": ALI, "chat_instance": "1", "inline_message_id": "x"}},
        {"callback_query": {"id": "1", "from": ALI, "chat_instance": "1", "data": "o:help:"}},
        {"callback_query": {"id": "1", "from": ALI, "chat_instance": "1", "data": "w:r:-1:2"}},
        {"callback_query": {"id": "1", "from": ALI, "data": "k:a:7", "message": {"chat": 5}}},
        {"callback_query": {}},
        {"my_chat_member": {"chat": IN_GROUP, "date": 1_790_000_000}},
        {"my_chat_member": {}},
        {"message": BARE | {"chat": PRIVATE, "text": "/help"}},
        {"message": BARE | {"chat": PRIVATE, "from": ALI, "text": "/check", "reply_to_message": {}}},
        {"message": BARE | {"chat": PRIVATE, "from": ALI}},
        {"message": BARE | {"chat": IN_GROUP, "text": "/report"}},
        {"message": BARE | {"chat": IN_GROUP, "from": ALI, "text": "/report", "reply_to_message": BARE}},
        {"edited_message": BARE | {"chat": PRIVATE, "from": ALI, "text": "/help"}},
        {"channel_post": BARE | {"chat": IN_GROUP | {"type": "channel"}, "text": "/cases"}},
        {"message": BARE | {"text": "nowhere"}},
        {"message": {"chat": IN_GROUP, "date": 1_790_000_000, "text": "without a number"}},
        {"message": {"chat": IN_GROUP, "message_id": 900, "text": "without a date"}},
        {"message": BARE | {"chat": {"id": SUPER}, "from": ALI, "text": "/report", "sender_chat": {}}},
        {"a_kind_of_the_future": {"chat": IN_GROUP}},
        {},
    ],
)
async def test_what_is_odd_ends_nothing(server: Telegram, inbox: FakeInbox, update: dict[str, Any]) -> None:
    await server.tells(dict(update))
    await server.posts(server.group(GROUP), ALI, "after")
    await server.until(lambda: any(isinstance(one, Message) and one.text == "after" for one in inbox.events))
