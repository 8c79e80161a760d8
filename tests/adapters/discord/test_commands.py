"""What people ask for by name, in a server and in the direct chat with the bot, and what they are shown."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from adapters.discord import command_list, replying
from bot.model import Attachment, Command, CommandName, MessageRef, Notice, Option, Person, Reply
from tests.adapters.discord.playing import CHOICES, Play, button, has, ref, response, until
from tests.adapters.fake_inbox import FakeInbox
from tests.bot.builders import WORDS
from tests.fakes.desk import FakeDesk
from tests.fakes.words import FakeWords
from tests.platforms.discord.forms import check_command
from tests.platforms.discord.world import Payload

REGISTERED = {*CommandName, "[en] discord-report-message"}


async def registered(play: Play) -> None:
    await until(lambda: play.world.commands)


async def given(play: Play, name: str, where: str = "", **options: Any) -> tuple[Command, Payload]:
    """Ali gives a command; what the desk heard, and what he was shown."""
    async with play.running():
        await registered(play)
        asked = play.world.give(play.ali, where or play.world.general, name, **options)
        await response(asked)
    return play.desk.commands[-1], asked


async def test_commands_are_registered_once(play: Play) -> None:
    for _ in range(2):
        async with play.running():
            await registered(play)
    assert {one["name"] for one in play.world.commands} == REGISTERED
    assert len(play.server.rest.asked("PUT", "/commands$")) == 1
    assert len(play.server.rest.asked("GET", "/commands$")) == 2
    for one in play.world.commands:
        assert one["contexts"] == [0, 1]


async def test_commands_that_differ_are_registered_anew(play: Play) -> None:
    async with play.running():
        await registered(play)
    play.world.commands.pop()
    async with play.running():
        await until(lambda: {one["name"] for one in play.world.commands} == REGISTERED)


async def test_how_discord_words_what_it_was_given_does_not_matter(play: Play) -> None:
    async with play.running():
        await registered(play)
    for one in play.world.commands:
        one["description"] += "!"
    async with play.running() as platform:
        await until(lambda: len(play.server.rest.asked("GET", "/commands$")) == 2)
        await platform.is_removed(MessageRef("discord", play.world.general, "1"))
    assert len(play.server.rest.asked("PUT", "/commands$")) == 1


async def test_what_can_t_be_registered_stops_nothing(play: Play, inbox: FakeInbox) -> None:
    play.server.rest.fail("PUT", "/commands$", 403, {"message": "Missing Access", "code": 50001}, times=9)
    async with play.running(inbox):
        play.world.post(play.ali, play.world.general, "hello")
        await has(inbox, 1)
        await until(lambda: play.server.rest.asked("PUT", "/commands$"))


@pytest.mark.parametrize("language", ["en", "ur"])
def test_discord_takes_the_commands_in_each_language(language: str) -> None:
    listed = command_list.commands(WORDS, language)
    for number, command in enumerate(listed):
        check_command(number, command)
    assert [command["name"] for command in listed[:-1]] == list(CommandName)
    assert WORDS.find("ur", "discord-help") is not None


def test_a_list_is_compared_by_what_people_notice() -> None:
    wanted = command_list.commands(FakeWords(), "en")
    there = [{key: value for key, value in one.items() if key != "nsfw"} for one in wanted]
    assert command_list.are_same(wanted, list(reversed(there)))
    there[0] |= {"description": "Otherwise"}
    assert not command_list.are_same(wanted, there)
    assert command_list.have_same_names(wanted, there)
    assert command_list.mark(wanted) != command_list.mark(there)


async def test_a_text_is_checked_in_private(play: Play) -> None:
    play.desk.reply = Reply("I found nothing in it.")
    command, asked = await given(play, "check", text="the text to check")
    assert (command.name, command.arguments) == (CommandName.CHECK, "the text to check")
    assert command.chat.id == play.world.general
    assert command.by == Person(play.ali.id, "Ali (Budget)")
    assert (command.is_private, command.is_member) == (False, True)
    assert command.id in play.world.interactions
    assert asked["response"]["data"]["content"] == "I found nothing in it."
    assert asked["response"]["data"]["flags"] & 64


async def test_a_file_is_brought_along(play: Play) -> None:
    command, _ = await given(play, "check", files=[("memo.txt", "text/plain", b"SECRET")])
    assert command.attachments == (Attachment("memo.txt", "text/plain", b"SECRET"),)
    assert command.arguments == ""


async def test_a_file_over_the_limit_is_missing(play: Play) -> None:
    command, _ = await given(play, "check", files=[("big.bin", "a/b", bytes(1024 * 1024 + 1))])
    assert command.attachments == (Attachment("big.bin", "a/b", None, "too large"),)


async def test_a_command_in_the_direct_chat_is_private(play: Play) -> None:
    direct = play.world.dm(play.ali)
    command, _ = await given(play, "privacy", direct)
    assert (command.name, command.chat.id) == (CommandName.PRIVACY, direct)
    assert (command.is_private, command.is_member) == (True, True)


async def test_options_come_as_the_words_that_the_desk_reads(play: Play) -> None:
    command, _ = await given(play, "mode", chat="Budget wing", mode="enforce")
    assert command.arguments == "enforce Budget wing"
    command, _ = await given(play, "language", language="ur")
    assert command.arguments == "ur"


async def test_who_does_not_see_the_channel_is_no_member(play: Play) -> None:
    play.world.shut(play.world.general)
    command, _ = await given(play, "cases")
    assert not command.is_member


@pytest.mark.parametrize("is_link", [True, False])
async def test_a_message_is_reported_by_its_link_or_number(play: Play, is_link: bool) -> None:
    nadia = play.world.person("nadia", "Nadia Khan")
    message = play.world.post(nadia, play.world.general, "the reported text")
    link = f"https://discord.com/channels/{play.world.guild}/{message['channel_id']}/{message['id']}"
    command, _ = await given(play, "report", message=f"{link if is_link else message['id']} because")
    assert command.message is not None
    assert (command.message.ref, command.message.text) == (ref(message), "the reported text")
    assert command.message.author.id == nadia.id
    assert command.arguments == "because"


async def test_a_message_of_a_channel_that_he_does_not_see_can_t_be_reported(play: Play) -> None:
    hidden = play.world.channel("hidden")
    message = play.world.post(play.world.person("nadia", "Nadia"), hidden, "the reported text")
    link = f"https://discord.com/channels/{play.world.guild}/{hidden}/{message['id']}"
    command, _ = await given(play, "report", message=link)
    assert command.message is not None, "he sees it"
    play.world.shut(hidden)
    for where in (play.world.general, play.world.dm(play.ali)):
        command, _ = await given(play, "report", where, message=link)
        assert command.message is None


async def test_who_reports_nothing_is_told_how_it_is_done_here(play: Play) -> None:
    play.desk.reply = Reply("[ur] report-how", "ur")
    _, asked = await given(play, "report")
    assert asked["response"]["data"]["content"] == "[ur] discord-report-how"
    play.desk.reply = Reply("[ur] report-own", "ur")
    _, asked = await given(play, "report")
    assert asked["response"]["data"]["content"] == "[ur] report-own"


@pytest.mark.parametrize("language", ["en", "ur"])
def test_how_to_report_names_the_menu_as_discord_shows_it(language: str) -> None:
    how = WORDS.text(language, "discord-report-how")
    assert WORDS.text(language, "discord-report-message") in how
    assert "/report message:" in how


async def test_a_message_is_reported_from_its_menu(play: Play, inbox: FakeInbox) -> None:
    nadia = play.world.person("nadia", "Nadia Khan")
    file = ("memo.txt", "text/plain", b"memo")
    play.desk.reply = Reply(
        "Under which provision?",
        options=(Option("Official information", CommandName.REPORT, "1 a:b"), *3 * (_option(),)),
    )
    async with play.running(inbox):
        await registered(play)
        message = play.world.post(nadia, play.world.general, "the reported text", files=[file])
        asked = play.world.choose(play.ali, message, "[en] discord-report-message")
        said = await response(asked)
        await until(lambda: asked["shown"])
        option = asked["shown"]
        chosen = play.world.press(play.ali, option, button(option))
        await response(chosen)
    first, second = play.desk.commands
    assert first.message is not None
    assert (first.message.ref, first.message.text) == (ref(message), "the reported text")
    assert first.message.attachments == (Attachment(*file),)
    assert len(said["data"]["components"][0]["components"]) == 2, "the same button only once"
    assert (second.name, second.arguments) == (CommandName.REPORT, "1 a:b")
    assert second.by == first.by
    assert second.message is None


def _option() -> Option:
    return Option("Another", CommandName.REPORT, "2 a:b")


def notice(number: int, play: Play) -> Notice:
    about = MessageRef("discord", play.world.general, str(number))
    return Notice(f"n{number}", about, Person(play.ali.id), f"Case {number}", "A label.", "", CHOICES)


async def test_notices_follow_with_their_buttons(play: Play, inbox: FakeInbox) -> None:
    play.desk.reply = Reply("Your cases.", notices=(notice(1, play), notice(2, play)))
    async with play.running(inbox):
        await registered(play)
        asked = play.world.give(play.ali, play.world.dm(play.ali), "mycases")
        await until(lambda: len(asked["followups"]) == 2)
        second = asked["followups"][1]
        assert second["flags"] & 64
        play.world.press(play.ali, second, button(second, 2))
        (answer,) = await has(inbox, 1)
    assert asked["response"]["data"]["content"] == "Your cases."
    assert second["embeds"][0]["title"] == "Case 2"
    assert answer.ref.id == "2"  # type: ignore[union-attr]


async def test_a_long_reply_comes_in_pieces(play: Play) -> None:
    play.desk.reply = Reply("line of it\n" * 400)
    async with play.running():
        await registered(play)
        asked = play.world.give(play.ali, play.world.general, "help")
        await until(lambda: len(asked["followups"]) == 2)
    whole = "\n".join([asked["response"]["data"]["content"], *(one["content"] for one in asked["followups"])])
    assert whole.split("\n") == ["line of it"] * 400


async def test_what_may_stand_in_the_chat_stands_there(play: Play) -> None:
    play.desk.reply = Reply("The mode is set.", is_private=False)
    await given(play, "mode", mode="coach")
    assert [one["content"] for one in play.world.sent_to(play.world.general)] == ["The mode is set."]


async def test_names_in_a_reply_are_no_markup_and_links_stay_links(play: Play) -> None:
    play.desk.reply = Reply("7 · [x](https://evil.example) · open\nhttp://127.0.0.1:8710/cases/7")
    _, asked = await given(play, "cases")
    shown = asked["response"]["data"]["content"]
    assert "[x](https://" not in shown
    assert shown.endswith("\nhttp://127.0.0.1:8710/cases/7")


class SlowDesk(FakeDesk):
    def __init__(self) -> None:
        super().__init__()
        self.open = asyncio.Event()

    async def command(self, command: Command) -> Reply:
        await self.open.wait()
        return await super().command(command)


async def test_a_slow_answer_takes_the_place_of_a_sign_that_it_comes(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replying, "_PATIENCE", 0.05)
    desk = SlowDesk()
    desk.reply = Reply("At last.", notices=(notice(1, play),))
    play.desk = desk
    async with play.running():
        await registered(play)
        asked = play.world.give(play.ali, play.world.general, "check", text="x")
        assert (await response(asked))["type"] == 5
        assert asked["response"]["data"]["flags"] & 64
        desk.open.set()
        await until(lambda: asked["followups"])
    assert asked["shown"]["content"] == "At last."


@pytest.mark.parametrize("patience", [1.0, 0.0])
async def test_where_there_is_nothing_to_say_nothing_is_shown(
    play: Play, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    monkeypatch.setattr(replying, "_PATIENCE", patience)
    play.desk.reply = Reply("")
    async with play.running():
        await registered(play)
        asked = play.world.give(play.ali, play.world.general, "check", text="x")
        await until(lambda: play.server.rest.asked("DELETE", "@original"))
    assert asked["response"]["type"] == 5
    assert asked["shown"] is None


class BrokenDesk(FakeDesk):
    async def command(self, command: Command) -> Reply:
        raise OSError("the disk is full")


async def test_a_desk_that_breaks_is_told_and_stops_nothing(play: Play, inbox: FakeInbox) -> None:
    play.desk = BrokenDesk()
    async with play.running(inbox):
        await registered(play)
        asked = play.world.give(play.ali, play.world.general, "mycases")
        said = await response(asked)
        play.world.post(play.ali, play.world.general, "hello")
        await has(inbox, 1)
    assert said["data"]["content"] == "[en] try-again"


async def test_a_command_that_can_t_be_replied_to_is_done_all_the_same(
    play: Play, monkeypatch: pytest.MonkeyPatch, inbox: FakeInbox
) -> None:
    monkeypatch.setattr(replying, "_PATIENCE", 0.05)
    desk = SlowDesk()
    play.desk = desk
    play.server.rest.fail("POST", "/callback", 404, {"message": "Unknown interaction", "code": 10062})
    async with play.running(inbox):
        await registered(play)
        play.world.give(play.ali, play.world.general, "mycases")
        await until(lambda: play.server.rest.asked("POST", "/callback"))
        desk.open.set()
        await until(lambda: desk.commands)
    assert replace(desk.commands[0], id="").name is CommandName.MYCASES


async def test_commands_work_after_a_restart_with_a_new_memory(play: Play) -> None:
    async with play.running():
        await registered(play)
    (play.data / "discord.db").unlink()
    async with play.running():
        asked = play.world.give(play.ali, play.world.general, "help")
        await response(asked)
    assert [command.name for command in play.desk.commands] == [CommandName.HELP]


@pytest.mark.parametrize("is_direct", [True, False])
async def test_what_discord_leaves_out_is_not_missed(play: Play, is_direct: bool) -> None:
    def sparing(event: str, data: Payload, intent: int) -> None:
        for key in (
            "channel",
            "attachment_size_limit",
            "entitlements",
            "locale",
            "context",
            "app_permissions",
        ):
            data.pop(key, None)
        play.server.gateway.tell(event, data, intent)

    where = play.world.dm(play.ali) if is_direct else play.world.general
    async with play.running():
        await registered(play)
        play.world.listeners[:] = [sparing]
        await response(play.world.give(play.ali, where, "help"))
    (command,) = play.desk.commands
    assert (command.chat.id, command.is_private, command.is_member) == (where, is_direct, True)


async def test_a_command_in_a_thread_belongs_to_its_channel(play: Play) -> None:
    async with play.running() as platform:
        await registered(play)
        thread = play.world.thread(play.world.general, "side talk", play.ali)
        await response(play.world.give(play.ali, thread, "help"))
        around = platform.parent(play.desk.commands[0].chat)
    assert around is not None
    assert around.id == play.world.general
