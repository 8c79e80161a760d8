"""Payloads of Telegram and what they mean."""

from datetime import UTC, datetime
from typing import Any

import pytest
import telegram

from adapters.telegram.contents import NOT_READ, FileLink
from adapters.telegram.translate import post, revision, unread
from bot.model import Person

BOT = telegram.Bot("1:x")
DATE = 1_790_000_000
GROUP = {"id": -1001, "type": "supergroup", "title": "Budget"}
CHANNEL = {"id": -1002, "type": "channel", "title": "Notices"}
ALI = {"id": 5, "is_bot": False, "first_name": "Ali", "last_name": "Raza"}
FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 9}


ELSEWHERE = {"origin": {"type": "user", "sender_user": ALI, "date": DATE}}
PLACE = {"location": {"latitude": 1, "longitude": 2}, "title": "Block P", "address": "Islamabad"}


def told(**more: Any) -> dict[str, Any]:
    return {"message_id": 7, "date": DATE, "chat": GROUP, "from": ALI} | more


def message(**more: Any) -> telegram.Message:
    found = telegram.Message.de_json(told(**more), BOT)
    assert found is not None
    return found


def answer(**more: Any) -> dict[str, Any]:
    return told(message_id=3, **more)


@pytest.mark.parametrize(
    ("payload", "text", "why"),
    [
        ({"text": "hi"}, "hi", "words"),
        ({"caption": "see", "photo": [FILE | {"width": 1, "height": 1}]}, "see", "a caption"),
        (
            {
                "text": "here",
                "entities": [{"type": "text_link", "offset": 0, "length": 4, "url": "https://a.b/c"}],
            },
            "here\nhttps://a.b/c",
            "a link behind a word",
        ),
        (
            {"text": "https://a.b", "link_preview_options": {"url": "https://a.b"}},
            "https://a.b",
            "a preview of what is written",
        ),
        ({"text": "x", "link_preview_options": {"url": "https://a.b"}}, "x\nhttps://a.b", "a hidden preview"),
        (
            {
                "poll": {
                    "id": "1",
                    "question": "Which?",
                    "options": [
                        {"text": "one", "voter_count": 0, "persistent_id": "1"},
                        {"text": "two", "voter_count": 0, "persistent_id": "2"},
                    ],
                    "total_voter_count": 0,
                    "is_closed": False,
                    "is_anonymous": True,
                    "type": "quiz",
                    "allows_multiple_answers": False,
                    "allows_revoting": False,
                    "members_only": False,
                    "explanation": "why",
                }
            },
            "Which?\none\ntwo\nwhy",
            "a poll",
        ),
        (
            {"checklist": {"title": "To do", "tasks": [{"id": 1, "text": "a"}, {"id": 2, "text": "b"}]}},
            "To do\na\nb",
            "a checklist",
        ),
        (
            {"contact": {"phone_number": "+92300", "first_name": "Sana", "vcard": "BEGIN:VCARD"}},
            "Sana +92300\nBEGIN:VCARD",
            "somebody's telephone number",
        ),
        (
            {"venue": PLACE},
            "Block P\nIslamabad",
            "a place",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "go", "url": "https://a.b"}]]}},
            "x\ngo https://a.b",
            "another bot's button",
        ),
        ({"new_chat_title": "SECRET"}, "SECRET", "a new name of the chat"),
        ({"forum_topic_created": {"name": "T", "icon_color": 1}}, "T", "a topic's name"),
        (
            {"text": "x", "external_reply": ELSEWHERE, "quote": {"text": "SECRET plan", "position": 0}},
            "x\nSECRET plan",
            "what is quoted from another chat is shown in this one",
        ),
        (
            {"text": "x", "external_reply": ELSEWHERE | {"venue": PLACE}},
            "x\nBlock P\nIslamabad",
            "a place in another chat",
        ),
        (
            {"rich_message": {"blocks": [{"type": "paragraph", "text": "SECRET plan"}]}},
            "SECRET plan",
            "a kind of the future",
        ),
        ({"dice": {"emoji": "🎲", "value": 3}}, "", "a die, which says nothing"),
    ],
)
def test_what_can_be_read(payload: dict[str, Any], text: str, why: str) -> None:
    found = post(message(**payload))
    assert found is not None
    assert found.text == text, why


@pytest.mark.parametrize(
    ("payload", "files", "why"),
    [
        (
            {"document": FILE | {"file_name": "a.pdf", "mime_type": "application/pdf"}},
            [FileLink("F", "a.pdf", "application/pdf", 9)],
            "a document",
        ),
        ({"document": FILE}, [FileLink("F", "document", "", 9)], "one without a name"),
        (
            {"photo": [FILE | {"file_id": "s", "width": 1, "height": 1}, FILE | {"width": 9, "height": 9}]},
            [FileLink("F", "photo.jpg", "image/jpeg", 9)],
            "the largest size of a photo",
        ),
        (
            {
                "animation": FILE | {"width": 1, "height": 1, "duration": 1, "file_name": "a.gif"},
                "document": FILE | {"file_name": "a.gif"},
            },
            [FileLink("F", "a.gif", "", 9)],
            "an animation, which is a document besides, once",
        ),
        (
            {"voice": FILE | {"duration": 1, "mime_type": "audio/ogg"}},
            [FileLink("F", "voice.ogg", "audio/ogg", 9)],
            "a voice message",
        ),
        (
            {"video_note": FILE | {"duration": 1, "length": 1}},
            [FileLink("F", "video-note.mp4", "video/mp4", 9)],
            "a video note",
        ),
        (
            {"story": {"chat": CHANNEL, "id": 1}},
            [FileLink("", "story", missing="Telegram shows stories to no bot")],
            "a story is undecided",
        ),
        (
            {"text": "x", "external_reply": ELSEWHERE | {"document": FILE | {"file_name": "a.pdf"}}},
            [FileLink("F", "a.pdf", "", 9)],
            "a document in another chat",
        ),
        (
            {"text": "x", "external_reply": ELSEWHERE | {"story": {"chat": CHANNEL, "id": 1}}},
            [FileLink("", "story", missing="Telegram shows stories to no bot")],
            "a story elsewhere",
        ),
        ({"hologram": {"depth": 3}}, [FileLink("", "message", missing=NOT_READ)], "a kind of the future"),
    ],
)
def test_files(payload: dict[str, Any], files: list[FileLink], why: str) -> None:
    found = post(message(**payload))
    assert found is not None
    assert list(found.files) == files, why


@pytest.mark.parametrize(
    ("payload", "author", "why"),
    [
        ({}, Person("5", "Ali Raza"), "a person"),
        ({"from": None, "chat": CHANNEL}, Person("-1002", "Notices"), "a channel"),
        (
            {"from": None, "chat": CHANNEL, "sender_chat": CHANNEL, "author_signature": "Deputy"},
            Person("-1002", "Notices (Deputy)"),
            "a signed post",
        ),
        (
            {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP},
            Person("-1001", "Budget"),
            "an admin who speaks for the group",
        ),
        (
            {
                "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
                "sender_chat": CHANNEL,
                "is_automatic_forward": True,
            },
            Person("-1002", "Notices"),
            "a channel's post in its discussion group",
        ),
    ],
)
def test_authors(payload: dict[str, Any], author: Person, why: str) -> None:
    found = post(message(**({"text": "x"} | payload)))
    assert found is not None
    assert found.author == author, why


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ({"type": "user", "sender_user": ALI}, "Ali Raza"),
        ({"type": "hidden_user", "sender_user_name": "Somebody"}, "Somebody"),
        ({"type": "chat", "sender_chat": GROUP}, "Budget"),
        ({"type": "channel", "chat": CHANNEL, "message_id": 4}, "Notices"),
        ({"type": "telepathy"}, "unknown"),
    ],
)
def test_forwards(origin: dict[str, Any], name: str) -> None:
    found = post(message(text="x", forward_origin=origin | {"date": DATE}))
    assert found is not None
    assert found.forwarded_from == name


@pytest.mark.parametrize(
    ("payload", "reply_to", "quoted", "why"),
    [
        ({}, None, "", "no reply"),
        ({"reply_to_message": answer(text="what")}, 3, "what", "a reply"),
        (
            {"reply_to_message": answer(caption="page", document=FILE)},
            3,
            "page",
            "a reply to a file",
        ),
        (
            {"reply_to_message": answer(text="a long text"), "quote": {"text": "long", "position": 2}},
            3,
            "a long text",
            "a reply to a part",
        ),
        (
            {
                "external_reply": ELSEWHERE,
                "quote": {"text": "from elsewhere", "position": 0},
            },
            None,
            "from elsewhere",
            "a reply to another chat's message",
        ),
        (
            {"reply_to_message": answer(forum_topic_created={"name": "T", "icon_color": 1})},
            None,
            "",
            "what merely stands in a topic",
        ),
    ],
)
def test_replies(payload: dict[str, Any], reply_to: int | None, quoted: str, why: str) -> None:
    found = post(message(text="x", **payload))
    assert found is not None
    assert (found.reply_to, found.quoted) == (reply_to, quoted), why


@pytest.mark.parametrize(
    "payload",
    [
        {"new_chat_members": [ALI]},
        {"left_chat_member": ALI},
        {"pinned_message": answer(text="again")},
        {"forum_topic_closed": {}},
        {"video_chat_started": {}},
        {"delete_chat_photo": True},
        {"migrate_to_chat_id": -1009},
    ],
)
def test_what_nobody_wrote_is_no_message(payload: dict[str, Any]) -> None:
    assert post(message(**payload)) is None


@pytest.mark.parametrize(
    ("seconds", "update", "number"),
    [(None, 5, 0), (DATE, 700_000_001, DATE * 1000 + 1), (DATE, 999, DATE * 1000 + 999)],
)
def test_revisions(seconds: int | None, update: int, number: int) -> None:
    at = None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    assert revision(at, update) == number


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ({"message": told(text="x", entities=5)}, "x"),
        ({"channel_post": told(caption="x")}, "x"),
        ({"edited_message": told(text=5, edit_date=DATE)}, ""),
        ({"message": told(text="x", **{"from": "nobody"})}, "x"),
        ({"message": told(text="x", chat=GROUP | {"type": "private"})}, None),
        (
            {
                "message": told(
                    poll={
                        "id": "9",
                        "question": "Which?",
                        "options": [{"text": "SECRET"}, {"text": "two", "persistent_id": "p"}],
                        "type": "quiz",
                        "explanation": "why",
                    }
                )
            },
            "Which?\nSECRET\ntwo\nwhy",
        ),
        (
            {
                "message": told(
                    checklist={"title": "To do", "tasks": [{"id": 1, "text": "a"}]},
                    document={"file_id": "F", "file_name": "plan.pdf", "mime_type": "application/pdf"},
                    quote={"text": "picked"},
                    reply_to_message=answer(text="somebody else's"),
                    entities=[{"type": "text_link", "url": "https://a.b"}, {"type": "bold"}],
                    via_bot={"id": 1, "first_name": "Bot", "username": "bot"},
                )
            },
            "To do\na\nplan.pdf\npicked\nhttps://a.b",
        ),
        ({"message": told(rich_text={"blocks": ["one", {"type": "bold", "text": ["two"]}]})}, "one\ntwo"),
        ({"message": {"message_id": 7}}, None),
        ({"message": "x"}, None),
        ({}, None),
    ],
)
def test_what_can_be_said_of_what_can_not_be_read(raw: dict[str, Any], text: str | None) -> None:
    found = unread(raw)
    assert (found.text if found else None) == text
    if found:
        assert found.files == (FileLink("", "message", missing=NOT_READ),)
        assert (found.edited_at is not None) == ("edited_message" in raw)
