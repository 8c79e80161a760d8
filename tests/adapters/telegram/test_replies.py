"""Buttons and notices below the reply to a command."""

from pathlib import Path

from bot.model import (
    Choice,
    CommandName,
    MessageRef,
    Option,
    Reply,
)
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import (
    ALI,
    MODERATORS,
    SANA,
    SUPER,
    from_bot,
    make_platform,
    notice,
    running,
    said,
)
from tests.fakes.desk import FakeDesk
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import Room


async def test_options_are_buttons_that_stand_for_commands(
    server: Telegram, tmp_path: Path, direct: Room
) -> None:
    desk = FakeDesk()
    desk.reply = Reply("Which?", options=(Option("Threat", CommandName.REPORT, "-1/2 threats"),))
    async with running(make_platform(server, tmp_path), FakeInbox(), desk):
        await server.posts(direct, ALI, "/report")
        await server.confirmed()
    desk.reply = Reply("Thank you.")
    async with running(make_platform(server, tmp_path), FakeInbox(), desk):
        press = await server.presses(ALI, from_bot(direct)[0], "Threat")
        await server.confirmed()
    command = desk.commands[1]
    assert (command.id, command.name, command.arguments) == (press, CommandName.REPORT, "-1/2 threats")
    assert command.is_private
    assert said(direct) == ["Which?", "Thank you."]
    assert not server.presses_open


async def test_an_option_in_a_chat_of_many_is_answered_to_one(
    server: Telegram, asked: FakeInbox, desk: FakeDesk
) -> None:
    moderators = server.supergroup(MODERATORS)
    desk.reply = Reply("Modes", is_private=False, options=(Option("Coach", CommandName.MODE, "coach"),))
    await server.posts(moderators, SANA, "/mode")
    await server.until(lambda: from_bot(moderators))
    desk.reply = Reply("That is for moderators.")
    await server.presses(ALI, from_bot(moderators)[0], "Coach")
    await server.confirmed()
    assert [command.is_member for command in desk.commands] == [True, False]
    (answer,) = server.shown_answers
    assert (answer["text"], answer["show_alert"]) == ("That is for moderators.", "true")
    assert said(moderators) == ["Modes"]


async def test_notices_below_a_reply_have_their_buttons(
    server: Telegram, tmp_path: Path, desk: FakeDesk, room: Room, direct: Room
) -> None:
    inbox, platform = FakeInbox(), make_platform(server, tmp_path)
    target = MessageRef("telegram", str(SUPER), "1")
    desk.reply = Reply("Your cases.", notices=(notice(target),))
    async with running(platform, inbox, desk):
        await platform.warn(notice(target))
        await server.posts(direct, ALI, "/mycases")
        await server.confirmed()
        assert [text.split("\n")[0] for text in said(direct)] == ["Your cases.", "Please look <again>"]
        await server.presses(ALI, from_bot(direct)[1], "This is wrong")
        (answer,) = await inbox.has(1)
    assert answer.ref == target
    assert answer.choice is Choice.DISPUTE
