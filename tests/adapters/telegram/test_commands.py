"""Commands: asked in private or in a group, answered where nobody else reads it, and once."""

import asyncio
from pathlib import Path

import pytest

from adapters.telegram.files import TOO_LARGE
from bot.model import (
    Attachment,
    ChatRef,
    Command,
    CommandName,
    Message,
    MessageRef,
    Person,
    Reply,
)
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import (
    ALI,
    CHANNEL,
    MODERATORS,
    SANA,
    SUPER,
    from_bot,
    make_platform,
    notice,
    ref,
    running,
    said,
)
from tests.fakes.desk import FakeDesk
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import ApiError, Room


async def test_in_private_the_reply_stands_there(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room
) -> None:
    posted = await server.posts(direct, ALI, "/check@raazdar_bot TOP SECRET")
    await server.confirmed()
    (command,) = desk.commands
    assert command == Command(
        command.id,
        CommandName.CHECK,
        ChatRef("telegram", "501"),
        command.at,
        Person("501", "Ali Raza"),
        "TOP SECRET",
        is_private=True,
    )
    assert command.id.startswith("update:7")
    assert command.at.timestamp() == posted["date"]
    assert said(direct) == ["Noted."]
    assert not asked.events


async def test_a_file_comes_along(server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room) -> None:
    parts = [{"document": server.document("a.txt", b"A"), "caption": "/check"}]
    await server.album(direct, ALI, [*parts, {"document": server.document("b.txt", b"B")}])
    await server.confirmed()
    (command,) = desk.commands
    assert [(one.name, one.content) for one in command.attachments] == [("a.txt", b"A"), ("b.txt", b"B")]


async def test_who_waits_for_a_file_to_be_read_sees_that_the_bot_is_at_work(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.telegram.working._PATIENCE", 0.0)
    is_read, reply = asyncio.Event(), desk.reply

    async def slow(command: Command) -> Reply:
        await is_read.wait()
        return reply

    monkeypatch.setattr(desk, "command", slow)
    await server.posts(direct, ALI, caption="/check", document=server.document("a.pdf", b"A"))
    await server.until(lambda: [name for name, _ in server.calls if name == "sendChatAction"])
    assert said(direct) == []
    is_read.set()
    await server.confirmed()
    assert said(direct) == ["Noted."]


async def test_what_is_answered_with_a_command_is_what_it_is_about(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room
) -> None:
    first = await server.posts(direct, ALI, caption="words", document=server.document("a.txt", b"A"))
    await server.posts(direct, ALI, "/check", reply_to=first)
    await server.confirmed()
    (command,) = desk.commands
    assert command.message is not None
    assert command.message.text == "words"
    assert command.message.attachments == (Attachment("a.txt", "application/pdf", b"A"),)


async def test_what_the_bot_wrote_itself_is_nothing_to_check(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room
) -> None:
    await server.posts(direct, ALI, "/start")
    await server.until(lambda: said(direct))
    await server.posts(direct, ALI, "/check", reply_to=from_bot(direct)[0])
    await server.confirmed()
    assert not desk.commands
    assert said(direct)[-1] == "[en] telegram-check-ask"


@pytest.mark.parametrize("is_reply", [True, False])
async def test_check_alone_asks_what_to_check(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room, is_reply: bool
) -> None:
    await server.posts(direct, ALI, "/check")
    await server.until(lambda: said(direct))
    assert said(direct) == ["[en] telegram-check-ask"]
    assert not desk.commands
    answer = {"reply_to": from_bot(direct)[0]} if is_reply else {}
    await server.posts(direct, ALI, caption="this", document=server.document("a.txt", b"A"), **answer)
    await server.posts(direct, ALI, "and nothing more")
    await server.confirmed()
    (command,) = desk.commands
    assert (command.name, command.arguments, command.is_private) == (CommandName.CHECK, "this", True)
    assert [one.content for one in command.attachments] == [b"A"]
    assert said(direct) == ["[en] telegram-check-ask", "Noted."]


async def test_in_a_group_everybody_has_read_it_and_the_reply_is_private(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, room: Room, direct: Room
) -> None:
    posted = await server.posts(room, ALI, "/mycases")
    await server.confirmed()
    (message,), (command,) = asked.events, desk.commands
    assert isinstance(message, Message)
    assert (message.text, message.ref) == ("", ref(SUPER, posted))
    assert (command.chat.id, command.is_private, command.is_member) == (str(SUPER), False, True)
    assert said(direct) == ["Noted."]
    assert not from_bot(room)
    assert not server.asked("getChatMember"), "who writes there need not be looked up"


async def test_what_was_checked_in_a_group_was_read_by_everybody_and_that_is_said(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room, room: Room
) -> None:
    await server.posts(room, ALI, "/check TOP SECRET")
    await server.confirmed()
    assert said(direct) == ["[en] check-in-private"]
    assert not desk.commands
    assert len(asked.events) == 1


@pytest.mark.parametrize(
    ("written", "judged"),
    [
        ("/check SECRET\npaper", "SECRET\npaper"),
        ("/check@raazdar_bot\nSECRET", "SECRET"),
        ("/report SECRET", "SECRET"),
        ("/secret words", "/secret words"),
        ("/check@other_bot SECRET", "/check@other_bot SECRET"),
        ("see /check SECRET", "see /check SECRET"),
    ],
)
async def test_what_follows_a_command_is_judged_as_if_it_stood_alone(
    server: Telegram, asked: FakeInbox, room: Room, written: str, judged: str
) -> None:
    posted = await server.posts(room, ALI, written)
    await server.edits(room, posted, text=f"{written}!")
    await server.confirmed()
    assert [one.text for one in asked.events if isinstance(one, Message)] == [judged, f"{judged}!"]


async def test_who_can_not_be_written_to_is_told_where_to_ask(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, room: Room
) -> None:
    posted = await server.posts(room, ALI, "/mycases")
    await server.until(lambda: from_bot(room))
    (hint,) = from_bot(room)
    assert hint["text"] == "[en] telegram-ask-in-private"
    assert hint["reply_to_message"]["message_id"] == posted["message_id"]
    assert hint["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://t.me/raazdar_bot?start=ask"
    await server.until(lambda: not from_bot(room))


async def test_moderators_are_answered_in_their_chat(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room
) -> None:
    desk.reply = Reply("Open: 1 <b>\n" * 500, is_private=False)
    moderators = server.supergroup(MODERATORS)
    await server.posts(moderators, ALI, "/cases")
    await server.confirmed()
    assert desk.commands[0].is_member
    assert len(said(moderators)) == 2
    assert "".join(said(moderators)).count("Open: 1 <b>") == 500
    assert not from_bot(direct)


async def test_who_does_not_belong_there_is_told_to_the_desk(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, room: Room
) -> None:
    room.members[ALI["id"]] = "left"
    await server.posts(room, ALI, "/mode enforce")
    await server.confirmed()
    assert [command.is_member for command in desk.commands] == [False]


async def test_an_admin_who_speaks_for_his_group_belongs_to_it(
    server: Telegram, asked: FakeInbox, desk: FakeDesk
) -> None:
    moderators = server.supergroup(MODERATORS)
    desk.reply = Reply("Fine.", is_private=False)
    nobody = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    await server.posts(moderators, nobody, "/status", sender_chat=moderators.chat)
    await server.confirmed()
    (command,) = desk.commands
    assert (command.is_member, command.by.id) == (True, str(MODERATORS))
    assert said(moderators) == ["Fine."]


async def test_where_nobody_can_say_who_belongs_there_the_desk_is_not_asked(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room
) -> None:
    server.faults["getChatMember"].append(ApiError(400, "Bad Request: CHAT_ADMIN_REQUIRED"))
    await server.posts(server.supergroup(MODERATORS), ALI, "/mode observe")
    await server.confirmed()
    assert not desk.commands
    assert said(direct) == ["[en] try-again"]


@pytest.mark.parametrize("speaker", ["bot", "channel"])
async def test_bots_and_channels_give_no_commands(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, room: Room, speaker: str
) -> None:
    bot = {"id": 9, "is_bot": True, "first_name": "News", "username": "news_bot"}
    more = {"sender_chat": {"id": CHANNEL, "type": "channel", "title": "C"}} if speaker == "channel" else {}
    await server.posts(room, bot, "/help", **more)
    await server.confirmed()
    assert not desk.commands
    assert len(asked.events) == 1


async def test_a_report_brings_the_message_and_is_taken_off(
    server: Telegram, tmp_path: Path, desk: FakeDesk, room: Room, direct: Room
) -> None:
    inbox, platform = FakeInbox(), make_platform(server, tmp_path)
    document = server.document("big.pdf", b"x" * (6 * 1024 * 1024))
    async with running(platform, inbox, desk):
        bad = await server.posts(room, SANA, caption="a threat", document=document)
        server.edit_second = bad["date"] + 9
        bad = await server.edits(room, bad, caption="a worse threat")
        report = await server.posts(room, ALI, "/report he means it", reply_to=bad)
        await server.confirmed()
    (command,) = desk.commands
    assert command.arguments == "he means it"
    told = command.message
    assert told is not None
    assert (told.ref, told.text, told.author) == (
        ref(SUPER, bad),
        "a worse threat",
        Person("502", "Sana"),
    )
    assert told.revision == server.edit_second * 1000
    assert told.attachments[0].missing == TOO_LARGE
    assert report["message_id"] not in room.messages
    assert await platform.is_removed(ref(SUPER, report))
    assert said(direct) == ["Noted."]


async def test_a_reported_part_of_an_album_is_the_album(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, room: Room, direct: Room
) -> None:
    posted = await server.album(room, SANA, [{"photo": server.photo(b"A")}, {"photo": server.photo(b"B")}])
    await server.posts(room, ALI, "/report", reply_to=posted[1])
    await server.confirmed()
    assert desk.commands[0].message is not None
    assert desk.commands[0].message.ref == ref(SUPER, posted[0])


async def test_a_report_that_may_not_be_taken_off_stays(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, room: Room, direct: Room
) -> None:
    room.may_delete = False
    await server.posts(room, ALI, "/report")
    await server.confirmed()
    assert desk.commands[0].message is None
    assert len(room.messages) == 1


async def test_without_words_nothing_is_shown(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room
) -> None:
    desk.reply = Reply("")
    await server.posts(direct, ALI, "/help")
    await server.confirmed()
    assert not from_bot(direct)


async def test_a_command_that_is_told_again_is_answered_once(
    server: Telegram, tmp_path: Path, desk: FakeDesk, direct: Room
) -> None:
    await server.posts(direct, ALI, "/help")
    told = list(server.queue)
    for _ in range(2):
        async with running(make_platform(server, tmp_path), FakeInbox(), desk):
            await server.confirmed()
        server.queue = list(told)
    assert len(desk.commands) == 1
    assert said(direct) == ["Noted."]


async def test_an_end_in_the_middle_of_a_reply_doubles_nothing(
    server: Telegram, tmp_path: Path, desk: FakeDesk, direct: Room
) -> None:
    server.slow["sendMessage"] = asyncio.Event()
    async with running(make_platform(server, tmp_path), FakeInbox(), desk) as run:
        await server.posts(direct, ALI, "/help")
        await server.until(lambda: from_bot(direct))
        run.cancel()
        asyncio.get_running_loop().call_later(0.2, server.slow["sendMessage"].set)
    async with running(make_platform(server, tmp_path), FakeInbox(), desk):
        await server.confirmed()
    assert said(direct) == ["Noted."]


async def test_a_desk_that_fails_ends_nothing(server: Telegram, tmp_path: Path, direct: Room) -> None:
    class BrokenDesk(FakeDesk):
        async def command(self, command: Command) -> Reply:
            raise RuntimeError("broken")

    async with running(make_platform(server, tmp_path), FakeInbox(), BrokenDesk()):
        await server.posts(direct, ALI, "/help")
        await server.posts(direct, ALI, "/help")
        await server.confirmed()
    assert said(direct) == ["[en] try-again"] * 2


async def test_a_reply_waits_as_long_as_telegram_asks(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room
) -> None:
    server.faults["sendMessage"].append(ApiError(429, "Too Many Requests: retry after 1", retry_after=1))
    await server.posts(direct, ALI, "/help")
    await server.confirmed()
    assert said(direct) == ["Noted."]


async def test_what_was_said_before_the_network_failed_is_not_said_again(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room
) -> None:
    notices = (notice(MessageRef("telegram", str(SUPER), "1")),)
    desk.reply = Reply("word " * 1000, notices=notices)
    await server.posts(direct, ALI, "/mycases")
    await server.until(lambda: len(said(direct)) == 1)
    server.faults["sendMessage"].append(ApiError(502, "Bad Gateway"))
    await server.confirmed()
    assert [text[:6] for text in said(direct)] == ["word w", "word w", "Please"]


async def test_a_person_is_spoken_to_in_the_language_of_the_last_reply(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room
) -> None:
    desk.reply = Reply("اب سے اردو میں", "ur")
    await server.posts(direct, ALI, "/language ur")
    await server.posts(direct, ALI, "/start")
    await server.confirmed()
    assert said(direct)[1] == "[ur] telegram-hello"


@pytest.mark.parametrize("text", ["/unknown", "/help@other_bot", "just words"])
async def test_what_is_no_command_is_not_answered(
    server: Telegram, asked: FakeInbox, desk: FakeDesk, direct: Room, text: str
) -> None:
    await server.posts(direct, ALI, text)
    await server.confirmed()
    assert not desk.commands
    assert not from_bot(direct)
