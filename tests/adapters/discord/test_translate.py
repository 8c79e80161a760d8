"""Discord's payloads, as the library reads them, become the product's model."""

from datetime import UTC, datetime
from typing import Any

import discord
import pytest

from adapters.discord import translate
from adapters.discord.listener import intents
from bot.model import Attachment, ChatRef, Message, MessageRef, Person
from bot.ports import PlatformRefused
from tests.platforms.discord.world import FORUM, Payload, World

MARCH = "2026-03-02T09:00:00.123456+00:00"
IN_MS = 1772442000123


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def parsed(world: World, payload: Payload) -> discord.Message:
    state: Any = discord.Client(intents=intents())._connection
    guild = state._add_guild_from_data(world.guild_payload())
    channel = guild._resolve_channel(int(payload["channel_id"]))
    told = {**payload, "guild_id": world.guild}
    return discord.Message(state=state, channel=channel, data=told)  # type: ignore[arg-type]


def post(world: World, content: str = "", **more: Any) -> Payload:
    return world.post(world.person("ali", "Ali Raza"), more.pop("channel", world.general), content, **more)


def test_a_post_is_a_message(world: World) -> None:
    payload = post(world, "hello\n there ")
    payload["timestamp"] = MARCH
    source = parsed(world, payload)
    assert translate.message(source, [Attachment("a")]) == Message(
        MessageRef("discord", world.general, payload["id"]),
        Person(payload["author"]["id"], "Ali Raza"),
        "hello\n there ",
        source.created_at,
        attachments=(Attachment("a"),),
    )
    assert source.created_at.tzinfo == UTC


EMBED = {
    "type": "article",
    "title": "T",
    "description": "D",
    "author": {"name": "A"},
    "footer": {"text": "F"},
    "fields": [{"name": "N", "value": "V", "inline": True}],
}
POLL = {
    "question": {"text": "Which draft?"},
    "answers": [
        {"answer_id": 1, "poll_media": {"text": "The first"}},
        {"answer_id": 2, "poll_media": {"text": "The second"}},
    ],
    "expiry": "2026-03-03T09:00:00+00:00",
    "allow_multiselect": False,
    "layout_type": 1,
}
COMPONENTS = [
    {"type": 17, "id": 1, "components": [{"type": 10, "id": 2, "content": "Inside"}]},
    {
        "type": 1,
        "id": 3,
        "components": [{"type": 2, "id": 4, "style": 5, "label": "More", "url": "https://a.b"}],
    },
]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"content": "just text"}, "just text"),
        ({"content": "see", "embeds": [EMBED]}, "see\nA\nT\nD\nN\nV\nF"),
        ({"poll": POLL}, "Which draft?\nThe first\nThe second"),
        ({"components": COMPONENTS, "flags": 1 << 15}, "Inside\nMore"),
        ({"sticker_items": [{"id": "7", "name": "Top secret", "format_type": 1}]}, "Top secret"),
        ({"content": ""}, ""),
    ],
    ids=["text", "a link preview", "a poll", "a bot's components", "a sticker", "nothing"],
)
def test_all_that_can_be_read_is_text(world: World, more: Payload, expected: str) -> None:
    assert translate.text(parsed(world, post(world, **more))) == expected


def test_the_description_of_a_picture_is_text(world: World) -> None:
    payload = post(world, "see", files=[("a.png", "image/png", b"1")])
    payload["attachments"][0]["description"] = "a scan"
    assert translate.text(parsed(world, payload)) == "see\na scan"


@pytest.mark.parametrize(
    ("edited", "embeds", "is_bot", "is_update", "expected"),
    [
        (None, [], False, False, 0),
        (None, [], False, True, 0),
        (None, [EMBED], False, False, 0),
        (None, [EMBED], False, True, 1),
        (None, [EMBED], True, True, 0),
        (MARCH, [], False, True, IN_MS),
        (MARCH, [], False, False, IN_MS),
        (MARCH, [EMBED], False, True, IN_MS + 1),
        (MARCH, [EMBED], True, True, IN_MS),
    ],
)
def test_the_revision_grows_with_each_change(
    world: World, edited: str | None, embeds: list[Payload], is_bot: bool, is_update: bool, expected: int
) -> None:
    payload = post(world, "x") | {"edited_timestamp": edited, "embeds": embeds}
    payload["author"] = payload["author"] | {"bot": is_bot}
    assert translate.revision(parsed(world, payload), is_update=is_update) == expected


def test_a_reply_brings_what_it_answers(world: World) -> None:
    first = post(world, "the question")
    message = translate.message(parsed(world, post(world, "the answer", reply_to=first)))
    assert (message.reply_to, message.quoted) == (first["id"], "the question")


def test_a_reply_to_a_deleted_message_is_still_a_reply(world: World) -> None:
    first = post(world, "the question")
    world.delete(first)
    message = translate.message(parsed(world, post(world, "the answer", reply_to=first)))
    assert (message.reply_to, message.quoted) == (first["id"], "")


def test_a_forward_has_the_text_and_the_files_of_what_it_forwards(world: World) -> None:
    first = post(world, "the memo", files=[("memo.pdf", "application/pdf", b"%PDF")])
    source = parsed(world, post(world, forward=first))
    message = translate.message(source)
    assert (message.text, message.forwarded_from, message.reply_to) == ("the memo", "general", None)
    (file,) = translate.files(source)
    assert (file.name, file.media_type, file.size) == ("memo.pdf", "application/pdf", 4)


def test_a_file_has_the_name_that_its_author_gave_it(world: World) -> None:
    payload = post(world, files=[("unknown.pdf", "application/pdf", b"%PDF")])
    payload["attachments"][0]["title"] = "خفیہ میمو"
    (file,) = translate.files(parsed(world, payload))
    assert file.name == "خفیہ میمو.pdf"


def test_a_forward_from_elsewhere_names_the_channel_by_its_number(world: World) -> None:
    first = post(world, "the memo")
    payload = post(world, forward=first)
    payload["message_reference"] |= {"channel_id": "99", "guild_id": "98"}
    assert translate.message(parsed(world, payload)).forwarded_from == "99"


def test_the_title_of_a_post_in_a_forum_is_text(world: World) -> None:
    ali, forum = world.person("a", "A"), world.channel("forum", FORUM)
    thread = world.thread(forum, "A title", ali)
    payload = world.message(ali.user(), thread, "the body", id=thread)
    assert translate.text(parsed(world, payload)) == "A title\nthe body"


@pytest.mark.parametrize(
    ("kind", "content", "expected"), [(0, "", True), (19, "", True), (7, "", False), (18, "a name", True)]
)
def test_only_what_says_something_is_read(world: World, kind: int, content: str, expected: bool) -> None:
    payload = post(world, content) | {"type": kind}
    assert translate.is_readable(parsed(world, payload)) is expected


@pytest.mark.parametrize("id_", ["", "general", "-1", "1" * 21, "١٢"])
def test_what_is_no_id_is_refused(id_: str) -> None:
    with pytest.raises(PlatformRefused, match="no id on Discord"):
        translate.snowflake(id_)


def test_a_deletion_names_nobody() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    deletion = translate.deletion(1, 2, at)
    assert (deletion.ref, deletion.at, deletion.by) == (MessageRef("discord", "1", "2"), at, "")
    assert translate.chat(5) == ChatRef("discord", "5")
