"""Commands, reports and presses over HTTP: what the desk is asked, and that only one person is answered."""

import json

import httpx
import pytest

from adapters.local import translate
from adapters.local.platform import LocalPlatform
from bot.model import (
    Answer,
    Attachment,
    Card,
    CardChoice,
    ChatRef,
    Choice,
    CommandName,
    Deletion,
    Message,
    MessageRef,
    Notice,
    Option,
    Person,
    Reply,
    Severity,
)
from tests.adapters.fake_inbox import FakeInbox
from tests.fakes.desk import FakeDesk

ROOM = "/as/ayesha/rooms/budget"
MODERATORS = "/as/sana/rooms/moderators"
SCRIPT = {"Accept": "application/json"}
AYESHA, BILAL = Person("ayesha", "Ayesha Khan"), Person("bilal", "Bilal Ahmed")
CARD = Card(
    "c",
    ChatRef("local", "moderators"),
    7,
    translate.ref("budget", "m1"),
    1,
    Severity.HIGH,
    "Case 7",
    "Body",
    "/cases/7",
    choices=((CardChoice.LEAK, "Leak"),),
)


def message(id_: str = "m1", by: Person = BILAL) -> Message:
    return Message(translate.ref("budget", id_), by, "hello")


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("/help", "help", ""),
        ("  /check  TOP SECRET\n\nthe plan ", "check", "TOP SECRET\n\nthe plan"),
        ("/CHECK\nthe plan", "check", "the plan"),
        ("/language ur", "language", "ur"),
    ],
)
async def test_a_command_is_brought_to_the_desk_and_posted_nowhere(
    http: httpx.AsyncClient,
    platform: LocalPlatform,
    inbox: FakeInbox,
    desk: FakeDesk,
    text: str,
    name: str,
    arguments: str,
) -> None:
    response = await http.post(ROOM, data={"text": text}, headers=SCRIPT)
    (command,) = desk.commands
    assert (command.name, command.arguments) == (CommandName(name), arguments)
    assert (command.chat, command.by) == (ChatRef("local", "budget"), AYESHA)
    assert (command.is_private, command.is_member, command.message) == (False, True, None)
    assert response.json()["note"]["text"] == "Noted."
    assert platform.house.rooms.latest("budget") == []
    assert inbox.events == []


async def test_each_command_has_an_id_of_its_own(
    http: httpx.AsyncClient, inbox: FakeInbox, desk: FakeDesk
) -> None:
    for _ in range(2):
        await http.post(ROOM, data={"text": "/help"}, headers=SCRIPT)
    assert len({command.id for command in desk.commands}) == 2


async def test_a_file_can_be_checked(http: httpx.AsyncClient, inbox: FakeInbox, desk: FakeDesk) -> None:
    file = ("a.txt", b"SECRET", "text/plain")
    await http.post(ROOM, data={"text": "/check"}, files={"file": file}, headers=SCRIPT)
    assert desk.commands[0].attachments == (Attachment("a.txt", "text/plain", b"SECRET"),)
    assert inbox.events == []


@pytest.mark.parametrize("text", ["/etc/passwd", "/ check", "and /check", "/check-list", "1/2"])
async def test_what_only_resembles_a_command_is_a_message(
    http: httpx.AsyncClient, inbox: FakeInbox, desk: FakeDesk, text: str
) -> None:
    await http.post(ROOM, data={"text": text}, headers=SCRIPT)
    assert desk.commands == []
    assert len(inbox.events) == 1


async def test_a_mistyped_command_is_not_posted(
    http: httpx.AsyncClient, inbox: FakeInbox, desk: FakeDesk
) -> None:
    response = await http.post(ROOM, data={"text": "/chekc my CNIC"}, headers=SCRIPT)
    assert (response.status_code, "no command /chekc" in response.json()["error"]) == (400, True)
    assert inbox.events == desk.commands == []


async def test_what_is_checked_is_kept_nowhere(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox
) -> None:
    await http.post(ROOM, data={"text": "/check the words of a plan"}, headers=SCRIPT)
    files = list(platform.house.folder.iterdir())
    assert files
    assert all(b"words of a plan" not in file.read_bytes() for file in files)


async def test_without_javascript_the_reply_is_in_the_page_and_not_in_the_next(
    http: httpx.AsyncClient, inbox: FakeInbox, desk: FakeDesk
) -> None:
    desk.reply = Reply("A <private> answer", "ur")
    page = (await http.post(ROOM, data={"text": "/help"})).text
    assert "A &lt;private&gt; answer" in page
    assert 'class="note" tabindex="-1" data-lang="language" lang="ur" data-dir="direction" dir="rtl"' in page
    assert "&lt;private&gt;" not in (await http.get(ROOM)).text


async def test_an_empty_reply_shows_nothing(
    http: httpx.AsyncClient, inbox: FakeInbox, desk: FakeDesk
) -> None:
    desk.reply = Reply("")
    assert (await http.post(ROOM, data={"text": "/help"}, headers=SCRIPT)).json() == {"note": None}


async def test_an_option_gives_a_further_command(
    http: httpx.AsyncClient, inbox: FakeInbox, desk: FakeDesk
) -> None:
    desk.reply = Reply("Which?", options=(Option("The first", CommandName.REPORT, "1 =budget:=m1"),))
    note = (await http.post(ROOM, data={"text": "/report"}, headers=SCRIPT)).json()["note"]
    (option,) = note["options"]
    await http.post(
        f"{ROOM}/command",
        data={"command": option["command"], "arguments": option["arguments"]},
        headers=SCRIPT,
    )
    assert [(c.name, c.arguments) for c in desk.commands] == [
        (CommandName.REPORT, ""),
        (CommandName.REPORT, "1 =budget:=m1"),
    ]


async def test_a_report_brings_the_message(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox, desk: FakeDesk
) -> None:
    await platform.play(message())
    await http.post(f"{ROOM}/command", data={"command": "report", "message": "m1"}, headers=SCRIPT)
    await http.post(ROOM, data={"text": "/report rude", "answers": "m1"}, headers=SCRIPT)
    by_button, typed = desk.commands
    assert by_button.message == typed.message == inbox.events[0]
    assert typed.arguments == "rude"


async def test_what_is_gone_cannot_be_reported(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox, desk: FakeDesk
) -> None:
    await platform.play(message())
    await platform.remove(message().ref)
    for id_ in ("m1", "m9", "\ufffd"):
        fields = {"command": "report", "message": id_}
        assert (await http.post(f"{ROOM}/command", data=fields, headers=SCRIPT)).status_code == 410
    assert desk.commands == []


async def test_there_are_no_other_commands(http: httpx.AsyncClient, inbox: FakeInbox, desk: FakeDesk) -> None:
    response = await http.post(f"{ROOM}/command", data={"command": "shutdown"}, headers=SCRIPT)
    assert response.status_code == 400
    assert desk.commands == []


async def test_while_nobody_is_at_the_desk_people_are_asked_to_try_again(
    http: httpx.AsyncClient, platform: LocalPlatform
) -> None:
    await platform.escalate(CARD)
    pressed = await http.post(f"{MODERATORS}/press", data={"case": "7", "choice": "leak"}, headers=SCRIPT)
    asked = await http.post(ROOM, data={"text": "/help"}, headers=SCRIPT)
    for response in (pressed, asked):
        assert "Please try again" in response.json()["note"]["text"]


@pytest.mark.parametrize(("person", "is_member"), [("sana", True), ("bilal", False)])
async def test_a_press_says_who_and_whether_he_belongs_there(
    http: httpx.AsyncClient,
    platform: LocalPlatform,
    inbox: FakeInbox,
    desk: FakeDesk,
    person: str,
    is_member: bool,
) -> None:
    await platform.escalate(CARD)
    path = f"/as/{person}/rooms/moderators/press"
    for _ in range(2):
        response = await http.post(path, data={"case": "7", "choice": "leak"}, headers=SCRIPT)
        assert response.json()["note"]["text"] == "Noted."
    first, second = desk.presses
    assert (first.case, first.choice, first.chat) == (7, CardChoice.LEAK, CARD.moderators)
    assert (first.by.id, first.is_member) == (person, is_member)
    assert first.id != second.id
    assert inbox.events == []


@pytest.mark.parametrize(
    ("room", "fields"),
    [
        ("budget", {"case": "7", "choice": "leak"}),
        ("moderators", {"case": "8", "choice": "leak"}),
        ("moderators", {"case": "x", "choice": "leak"}),
        ("moderators", {"case": "7", "choice": "anything"}),
    ],
    ids=["no card in this room", "no such case", "no number", "no such choice"],
)
async def test_only_what_is_on_a_card_can_be_pressed(
    http: httpx.AsyncClient,
    platform: LocalPlatform,
    inbox: FakeInbox,
    desk: FakeDesk,
    room: str,
    fields: dict[str, str],
) -> None:
    await platform.escalate(CARD)
    response = await http.post(f"/as/sana/rooms/{room}/press", data=fields, headers=SCRIPT)
    assert response.status_code == 404
    assert desk.presses == []


async def test_moderators_are_told_apart_in_their_room_only(
    http: httpx.AsyncClient, inbox: FakeInbox, desk: FakeDesk
) -> None:
    for path in (MODERATORS, "/as/bilal/rooms/moderators", "/as/bilal/rooms/budget"):
        await http.post(path, data={"text": "/cases"}, headers=SCRIPT)
    assert [command.is_member for command in desk.commands] == [True, False, True]


async def test_a_notice_in_a_reply_is_answered_about_its_message(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox, desk: FakeDesk
) -> None:
    await platform.play(message(by=AYESHA))
    choices = ((Choice.DISPUTE, "Wrong"), (Choice.AUTHORISED, "Authorised"))
    below = Notice("k", message().ref, AYESHA, "Below", "B", "P", choices)
    await platform.warn(below)
    desk.reply = Reply("Yours", notices=(Notice("n", message().ref, AYESHA, "T", "B", "P", choices, "ur"),))
    note = (await http.post("/as/ayesha/rooms/all-staff", data={"text": "/mycases"}, headers=SCRIPT)).json()
    (notice,) = note["note"]["notices"]
    (choice,) = notice["choices"]
    response = await http.post("/as/ayesha/rooms/all-staff/answer", data=choice, headers=SCRIPT)
    assert response.json() == {"after": platform.house.say.in_language("ur")("thanks-dispute")}
    answer = inbox.events[1]
    assert isinstance(answer, Answer)
    assert (answer.ref, answer.by, answer.choice) == (message().ref, AYESHA, Choice.DISPUTE)
    shown = platform.house.notices.of_reader("budget", "ayesha")["m1"]
    assert shown.answer is Choice.DISPUTE


async def test_a_notice_in_a_reply_offers_what_can_still_be_done(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox, desk: FakeDesk
) -> None:
    choices = ((Choice.REMOVE, "Remove"), (Choice.DISPUTE, "Wrong"))
    for id_ in ("m1", "m2", "m3"):
        await platform.play(message(id_, AYESHA))
    await platform.remove(message("m2").ref)
    await platform.play(Deletion(message("m3").ref, platform.house.clock.now(), "ayesha"))
    refs = [message(id_).ref for id_ in ("m1", "m2", "m3", "m9")] + [MessageRef("telegram", "budget", "m1")]
    desk.reply = Reply("", notices=tuple(Notice("n", ref, AYESHA, "T", "B", "P", choices) for ref in refs))
    note = (await http.post(ROOM, data={"text": "/mycases"}, headers=SCRIPT)).json()["note"]
    offered = [[choice["choice"] for choice in notice["choices"]] for notice in note["notices"]]
    assert offered == [["remove", "dispute"], ["dispute"], [], [], []]


async def test_nobody_answers_for_another(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox
) -> None:
    await platform.play(message(by=AYESHA))
    fields = {"room": "budget", "message": "m1", "choice": "dispute"}
    response = await http.post("/as/bilal/rooms/budget/answer", data=fields, headers=SCRIPT)
    assert response.status_code == 404
    assert len(inbox.events) == 1


async def test_a_language_that_nobody_speaks_breaks_nothing(
    http: httpx.AsyncClient, platform: LocalPlatform, inbox: FakeInbox
) -> None:
    await platform.play(message(by=AYESHA))
    fields = {"room": "budget", "message": "m1", "choice": "dispute", "language": '"><x \ud800'}
    response = await http.post(
        f"{ROOM}/answer", content=json.dumps(fields), headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 200
    assert "A moderator will look at it" in response.text
    assert '"><x' not in response.text


async def test_a_message_can_answer_another(http: httpx.AsyncClient, inbox: FakeInbox) -> None:
    first = (await http.post(ROOM, data={"text": "one"}, headers=SCRIPT)).json()["id"]
    await http.post(ROOM, data={"text": "two", "answers": first}, headers=SCRIPT)
    await http.post(ROOM, data={"text": "three", "answers": "nothing"}, headers=SCRIPT)
    replies = [(event.reply_to, event.quoted) for event in inbox.events if isinstance(event, Message)]
    assert replies == [(None, ""), (first, "one"), (None, "")]
    page = (await http.get(ROOM, params={"answers": first})).text
    assert f'name="answers" value="{first}"' in page
