"""The chat over HTTP: a real server on a free port, with and without a script's Accept header."""

import asyncio
import json
import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from adapters.local import translate
from adapters.local.platform import LocalPlatform
from bot.model import (
    Answer,
    Attachment,
    Card,
    ChatRef,
    Choice,
    Deletion,
    Event,
    Message,
    Notice,
    Person,
    Severity,
)
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.local.serving import make_platform, outer, running, served

ROOM = "/as/ayesha/rooms/budget"
JSON = {"Accept": "application/json", "Content-Type": "application/json"}
SCRIPT = {"Accept": "application/json"}
AYESHA = Person("ayesha", "Ayesha Khan")
CHOICES = ((Choice.REMOVE, "Remove it"), (Choice.AUTHORISED, "Authorised"), (Choice.DISPUTE, "A mistake"))


def written(**fields: str) -> str:
    """JSON with every odd character escaped, as browsers write it."""
    return json.dumps(fields)


async def post(http: httpx.AsyncClient, text: str = "hello", room: str = ROOM) -> str:
    """The id of a new message."""
    response = await http.post(room, content=written(text=text), headers=JSON)
    assert response.status_code == 200, response.text
    return str(response.json()["id"])


async def warned(http: httpx.AsyncClient, platform: LocalPlatform) -> str:
    """The id of a message of Ayesha's that has a notice with the key `k`."""
    id_ = await post(http)
    await platform.warn(Notice("k", translate.ref("budget", id_), AYESHA, "A title", "A body", "P", CHOICES))
    return id_


def message(event: Event) -> Message:
    assert isinstance(event, Message)
    return event


async def test_a_post_lies_in_the_inbox_when_it_is_answered(
    http: httpx.AsyncClient, inbox: FakeInbox
) -> None:
    id_ = await post(http, " two\n lines \ud800\0\u202e")
    (event,) = inbox.events
    posted = message(event)
    assert (posted.ref, posted.author, posted.revision) == (translate.ref("budget", id_), AYESHA, 0)
    assert posted.text == " two\n lines \ud800\0\u202e"
    assert posted.sent_at is not None


async def test_a_post_waits_for_the_inbox(http: httpx.AsyncClient, inbox: FakeInbox) -> None:
    inbox.open.clear()
    posting = asyncio.create_task(post(http))
    done, _ = await asyncio.wait({posting}, timeout=0.1)
    assert not done
    inbox.open.set()
    await posting
    assert len(inbox.events) == 1


async def test_a_post_while_nobody_runs_is_handed_over_later(
    http: httpx.AsyncClient, platform: LocalPlatform
) -> None:
    await post(http)
    inbox = FakeInbox()
    async with running(platform, inbox):
        (event,) = await inbox.has(1)
    assert message(event).text == "hello"


async def test_without_javascript_a_post_leads_back_to_the_room(
    http: httpx.AsyncClient, inbox: FakeInbox
) -> None:
    response = await http.post(ROOM, data={"text": "line one\r\nline two"})
    assert response.status_code == 303
    page = await http.get(response.headers["location"].removeprefix("/chat"))
    assert "line one\nline two" in page.text
    assert message(inbox.events[0]).text == "line one\nline two"


async def test_an_edit_is_a_new_revision(http: httpx.AsyncClient, inbox: FakeInbox) -> None:
    id_ = await post(http)
    response = await http.post(f"{ROOM}/edit", data={"message": id_, "text": "better"})
    assert response.headers["location"] == f"/chat{ROOM}#m-{id_}"
    assert [(message(e).text, message(e).revision) for e in inbox.events] == [("hello", 0), ("better", 1)]
    again = await http.post(f"{ROOM}/edit", data={"message": id_, "text": "better"}, headers=SCRIPT)
    assert again.status_code == 200
    assert len(inbox.events) == 2


async def test_a_deletion_names_who_did_it(http: httpx.AsyncClient, inbox: FakeInbox) -> None:
    id_ = await post(http)
    response = await http.post(f"{ROOM}/delete", data={"message": id_})
    assert response.status_code == 303
    deletion = inbox.events[1]
    assert isinstance(deletion, Deletion)
    assert (deletion.ref.id, deletion.by) == (id_, "ayesha")
    assert "Deleted by its author" in (await http.get(ROOM)).text
    gone = await http.post(f"{ROOM}/edit", data={"message": id_, "text": "back"}, headers=SCRIPT)
    assert (gone.status_code, gone.json()) == (410, {"error": "This message is gone already."})


@pytest.mark.parametrize("act", ["edit", "delete"])
async def test_nobody_touches_what_another_wrote(http: httpx.AsyncClient, inbox: FakeInbox, act: str) -> None:
    id_ = await post(http)
    theirs = f"/as/bilal/rooms/budget/{act}"
    for target in (id_, "nothing", "\ud800"):
        fields = written(message=target, text="mine now")
        response = await http.post(theirs, content=fields, headers=JSON)
        assert response.status_code == 404
    assert len(inbox.events) == 1


async def test_an_attachment_is_scanned_kept_and_only_downloaded(
    http: httpx.AsyncClient, inbox: FakeInbox
) -> None:
    content = bytes(range(256)) * 10
    name = 'رپورٹ "\u202e".html'
    await http.post(ROOM, data={"text": ""}, files={"file": (name, content, "text/html")})
    assert message(inbox.events[0]).attachments == (Attachment(name, "text/html", content),)
    page = (await http.get(ROOM)).text
    (link,) = re.findall(r'href="/chat([^"]+/file\?[^"]+)"', page.split("<template")[1] + page)[:1]
    file = await http.get(unescape(link))
    assert file.content == content
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%D8%B1")


async def test_a_file_above_the_limit_is_said_and_the_message_is_posted(
    http: httpx.AsyncClient, inbox: FakeInbox
) -> None:
    big = b"x" * (1024 * 1024 + 1)
    response = await http.post(
        ROOM, data={"text": "see"}, files={"file": ("big.bin", big, "")}, headers=SCRIPT
    )
    assert response.status_code == 200
    (attachment,) = message(inbox.events[0]).attachments
    assert (attachment.name, attachment.content, attachment.missing) == ("big.bin", None, "too large")
    assert "too large, not kept" in (await http.get(ROOM)).text


async def test_files_of_a_removed_message_are_gone(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox
) -> None:
    response = await http.post(ROOM, files={"file": ("a.txt", b"x", "")}, headers=SCRIPT)
    query = {"message": response.json()["id"], "position": 0}
    assert (await http.get(f"{ROOM}/file", params=query)).status_code == 200
    await platform.remove(inbox.events[0].ref)
    assert (await http.get(f"{ROOM}/file", params=query)).status_code == 404


@pytest.mark.parametrize("position", ["1", "-1", "x", "", "٣", "9" * 50])
async def test_there_is_no_such_file(http: httpx.AsyncClient, position: str) -> None:
    id_ = await post(http)
    response = await http.get(f"{ROOM}/file", params={"message": id_, "position": position})
    assert response.status_code == 404
    assert "There is no such file" in response.text


@pytest.mark.parametrize("length", [65_537, 1_000_000, 3_000_000])
async def test_a_text_that_is_too_long_is_refused_in_the_page(
    http: httpx.AsyncClient, inbox: FakeInbox, length: int
) -> None:
    text = "x" * length
    refused = [
        await http.post(ROOM, data={"text": text}),
        await http.post(ROOM, data={"text": text}, files={"file": ("", b"")}),
        await http.post(ROOM, json={"text": text}),
        await http.post(ROOM, json={"text": text}, headers=JSON),
    ]
    assert [response.status_code for response in refused] == [413] * 4
    for response in refused[:3]:
        assert "at most 65,536 characters" in response.text
        assert 'id="composer"' in response.text
    assert "at most 65,536" in refused[3].json()["error"]
    assert inbox.events == []


@pytest.mark.parametrize("text", ["x" * 65_536, "\ud800" * 65_536, "ہ" * 65_536, "\0", "\u202e"])
async def test_the_longest_and_the_oddest_texts_are_taken(
    http: httpx.AsyncClient, inbox: FakeInbox, text: str
) -> None:
    await post(http, text)
    assert message(inbox.events[0]).text == text
    assert (await http.get(ROOM)).status_code == 200


@pytest.mark.parametrize("text", ["", "   \n"])
async def test_an_empty_message_is_refused(http: httpx.AsyncClient, inbox: FakeInbox, text: str) -> None:
    response = await http.post(ROOM, data={"text": text})
    assert response.status_code == 400
    assert "Write something, or attach a file." in response.text
    assert inbox.events == []


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea><p>"]
)
async def test_what_people_write_is_never_markup(
    http: httpx.AsyncClient, inbox: FakeInbox, text: str
) -> None:
    await http.post(ROOM, data={"text": text}, files={"file": (text, b"x", text)})
    page = (await http.get(ROOM)).text
    assert text not in page
    assert unescape(page).count(text) >= 3


async def test_pages_hold_no_inline_script_or_style(http: httpx.AsyncClient, platform: LocalPlatform) -> None:
    await warned(http, platform)
    for path in ("/", ROOM, "/as/ayesha/rooms/moderators", "/as/nobody/"):
        page = (await http.get(path)).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|https?://(?!127)", page)


async def test_a_notice_is_in_its_authors_page_alone(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox
) -> None:
    await warned(http, platform)
    assert "A title" in (await http.get(ROOM)).text
    assert "A title" not in (await http.get("/as/bilal/rooms/budget")).text


@pytest.mark.parametrize(
    ("choice", "letter", "handed", "words"),
    [
        ("remove", "", "", "The message is being removed."),
        ("remove", "ignored", "", "The message is being removed."),
        ("authorised", " F.1(2)/2026 ", "F.1(2)/2026", "A moderator will check the letter."),
        ("dispute", "", "", "A moderator will look at it"),
    ],
)
async def test_an_answer_is_handed_over_and_the_notice_says_what_is_next(
    http: httpx.AsyncClient,
    platform: LocalPlatform,
    inbox: FakeInbox,
    choice: str,
    letter: str,
    handed: str,
    words: str,
) -> None:
    id_ = await warned(http, platform)
    response = await http.post(f"{ROOM}/answer", data={"key": "k", "choice": choice, "letter": letter})
    assert response.headers["location"] == f"/chat{ROOM}#m-{id_}"
    answer = inbox.events[1]
    assert isinstance(answer, Answer)
    assert (answer.ref.id, answer.by, answer.choice, answer.letter) == (id_, AYESHA, Choice(choice), handed)
    assert words in (await http.get(ROOM)).text


@pytest.mark.parametrize(
    ("person", "fields", "status", "words"),
    [
        ("bilal", {"key": "k", "choice": "remove"}, 404, "no such notice for you"),
        ("ayesha", {"key": "\ud800", "choice": "remove"}, 404, "no such notice for you"),
        ("ayesha", {"key": "k", "choice": "anything"}, 400, "no such button"),
        ("ayesha", {"key": "k", "choice": "authorised", "letter": " "}, 400, "number of the letter"),
        ("ayesha", {"key": "k", "choice": "authorised", "letter": "9" * 201}, 400, "at most 200"),
    ],
)
async def test_an_answer_that_was_not_asked_for_is_refused(
    http: httpx.AsyncClient,
    platform: LocalPlatform,
    inbox: FakeInbox,
    person: str,
    fields: dict[str, str],
    status: int,
    words: str,
) -> None:
    await warned(http, platform)
    response = await http.post(f"/as/{person}/rooms/budget/answer", content=written(**fields), headers=JSON)
    assert response.status_code == status
    assert words in response.json()["error"]
    assert len(inbox.events) == 1


async def test_a_second_answer_is_refused(http: httpx.AsyncClient, platform: LocalPlatform) -> None:
    await warned(http, platform)
    await http.post(f"{ROOM}/answer", data={"key": "k", "choice": "dispute"})
    response = await http.post(f"{ROOM}/answer", data={"key": "k", "choice": "remove"})
    assert response.status_code == 409
    assert "You answered this before." in response.text


async def test_moderators_see_cards_and_nobody_writes_there(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox
) -> None:
    card = Card(
        "c",
        ChatRef("local", "moderators"),
        7,
        None,
        0,
        Severity.CRITICAL,
        "The title",
        "The body",
        "/cases/7",
    )
    await platform.escalate(card)
    page = (await http.get("/as/bilal/rooms/moderators")).text
    for shown in ("severity-critical", ">critical<", "The title", "The body", 'href="/cases/7"'):
        assert shown in page
    response = await http.post("/as/bilal/rooms/moderators", data={"text": "hello"})
    assert response.status_code == 403
    assert inbox.events == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/as/nobody/", "Nobody of that name"),
        ("/as/nobody/rooms/budget", "Nobody of that name"),
        ("/as/ayesha/rooms/nowhere", "no such room"),
        ("/as/ayesha/rooms/nowhere/events", "no such room"),
        ("/as/ayesha/rooms/%00%ff", "no such room"),
        ("/anything", "no such page"),
        ("/static/%2e%2e/pages.py", "no such page"),
    ],
)
async def test_what_is_not_there_is_said_in_a_friendly_page(
    http: httpx.AsyncClient, path: str, words: str
) -> None:
    response = await http.get(path)
    assert response.status_code == 404
    assert words in response.text
    assert 'href="/chat/"' in response.text


async def test_a_failure_shows_no_traceback(
    http: httpx.AsyncClient, platform: LocalPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("private words")

    monkeypatch.setattr(platform.house.rooms, "latest", fail)
    response = await http.get(ROOM)
    assert response.status_code == 500
    assert "Something went wrong on our side." in response.text
    assert "private words" not in response.text
    assert "Traceback" not in response.text


async def test_the_picker_shows_people_and_says_that_there_is_no_password(http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    assert "Section Officer, Budget" in page
    assert "nobody needs a password" in page
    first = await http.get("/as/ayesha/")
    assert first.headers["location"] == f"/chat{ROOM}"
    assert (await http.post("/enter", data={"name": "Eve"})).status_code == 403


async def test_where_nobody_is_configured_any_name_enters(tmp_path: Path) -> None:
    platform, inbox = make_platform(tmp_path, people=()), FakeInbox()
    async with (
        served(outer(platform)) as address,
        running(platform, inbox),
        httpx.AsyncClient(base_url=f"{address}/chat") as http,
    ):
        entered = await http.post("/enter", data={"name": "ثنا"})
        room = await http.get(entered.headers["location"].removeprefix("/chat"))
        await post(http, "سلام", room.headers["location"].removeprefix("/chat"))
        assert (await http.post("/enter", data={"name": " "})).status_code == 400
        assert (await http.get("/as/eve/")).status_code == 404
    assert message(inbox.events[0]).author.name == "ثنا"


async def test_a_suggestion_fills_the_composer_without_javascript(http: httpx.AsyncClient) -> None:
    page = await http.get(ROOM, params={"try": 1})
    assert "autofocus>\nSECRET\n\nNo. F.4(12)/2025-Budget" in page.text
    for wrong in ("99", "-1", "x", "١"):
        assert (await http.get(ROOM, params={"try": wrong})).status_code == 200
