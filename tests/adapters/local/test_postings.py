"""What Raazdar itself puts into a room: in somebody's name, or in its own."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from adapters.local import translate
from adapters.local.platform import LocalPlatform
from bot.model import (
    Announcement,
    Attachment,
    Audience,
    Chat,
    ChatRef,
    Joined,
    Message,
    Mode,
    Moderators,
    Person,
    Posting,
)
from bot.ports import PlatformRefused
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.local.serving import make_platform, running

AYESHA = Person("ayesha", "Ayesha Khan")
POSTING = Posting("p", translate.ref("budget", "m1"), AYESHA, "the \u2022\u2022\u2022\u2022", "Posted again.")
ANNOUNCEMENT = Announcement("a", ChatRef("local", "budget"), "<b>Hello</b>, I am here.\nSecond line", "ur")
JSON = {"Accept": "application/json"}


async def test_a_posting_stands_in_its_authors_name_once_and_is_no_event(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox
) -> None:
    for _ in range(2):
        await platform.repost(POSTING)
    await platform.play(Message(translate.ref("budget", "m2"), AYESHA, "the fence"))
    page = (await http.get("/as/bilal/rooms/budget")).text
    assert page.count("Posted again.") == 1
    assert "the \u2022\u2022\u2022\u2022" in page
    assert [event.ref.id for event in inbox.events if isinstance(event, Message)] == ["m2"]
    assert len(inbox.events) == 1


async def test_a_posting_brings_its_files(http: httpx.AsyncClient, platform: LocalPlatform) -> None:
    file = Attachment("minutes.txt", "text/plain", b"who was there")
    await platform.repost(replace(POSTING, text="", attachments=(file,)))
    assert "minutes.txt" in (await http.get("/as/bilal/rooms/budget")).text


async def test_nobody_changes_what_raazdar_posted(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox
) -> None:
    await platform.repost(POSTING)
    await platform.announce(ANNOUNCEMENT)
    for row in platform.house.rooms.latest("budget"):
        for act in ("edit", "delete"):
            fields = {"message": row.id, "text": "mine"}
            response = await http.post(f"/as/ayesha/rooms/budget/{act}", data=fields, headers=JSON)
            assert response.status_code == 404
        fields = {"command": "report", "message": row.id}
        reported = await http.post("/as/bilal/rooms/budget/command", data=fields, headers=JSON)
        assert reported.status_code == 410
        edit = Message(translate.ref("budget", row.id), AYESHA, "mine", revision=1)
        await platform.play(edit)
        assert platform.house.rooms.get(edit.ref).text == row.text
    assert inbox.events == []


async def test_an_announcement_is_plain_text_in_its_own_language(
    http: httpx.AsyncClient, platform: LocalPlatform
) -> None:
    for _ in range(2):
        await platform.announce(ANNOUNCEMENT)
    page = (await http.get("/as/bilal/rooms/budget")).text
    assert page.count(">&lt;b&gt;Hello&lt;/b&gt;, I am here.\nSecond line</p>") == 1
    assert 'dir="rtl" data-lang="language" lang="ur"' in page
    assert "<b>Hello" not in page


async def test_a_posting_can_be_removed(platform: LocalPlatform) -> None:
    await platform.repost(POSTING)
    (row,) = platform.house.rooms.latest("budget")
    ref = translate.ref("budget", row.id)
    await platform.remove(ref)
    assert await platform.is_removed(ref)
    assert platform.house.rooms.get(ref).text == ""


async def test_there_must_be_such_a_room(platform: LocalPlatform) -> None:
    with pytest.raises(PlatformRefused, match="has no room"):
        await platform.repost(replace(POSTING, ref=translate.ref("nowhere", "m1")))
    with pytest.raises(PlatformRefused, match="has no room"):
        await platform.announce(replace(ANNOUNCEMENT, chat=ChatRef("local", "nowhere")))


async def test_a_room_is_joined_when_it_is_new_and_never_again(tmp_path: Path) -> None:
    def chat(id_: str) -> Chat:
        moderators = Moderators(ChatRef("local", "moderators"))
        return Chat(ChatRef("local", id_), id_.title(), Mode.COACH, Audience(), moderators)

    first, again = FakeInbox(), FakeInbox()
    async with running(make_platform(tmp_path, chats=(chat("budget"),), is_new=True), first):
        await first.has(1)
    platform = make_platform(tmp_path, chats=(chat("budget"), chat("cricket")), is_new=True)
    async with running(platform, again):
        await again.has(1)
    joined = [*first.events, *again.events]
    assert [(event.chat.id, event.name, event.by) for event in joined if isinstance(event, Joined)] == [
        ("budget", "Budget", None),
        ("cricket", "Cricket", None),
    ]
    assert len(joined) == 2


async def test_building_the_chat_joins_nothing(tmp_path: Path) -> None:
    platform = make_platform(tmp_path, is_new=True)
    await platform.examine()
    assert platform.house.journal.waiting() is None
