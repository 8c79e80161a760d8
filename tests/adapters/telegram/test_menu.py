"""The commands that Telegram offers to people."""

from pathlib import Path

from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import ALI, MODERATORS, SUPER, make_platform, running
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import ApiError


async def test_the_commands_are_offered_once_in_both_languages(server: Telegram, tmp_path: Path) -> None:
    server.supergroup(MODERATORS)
    platform = make_platform(server, tmp_path)
    for _ in range(2):
        await platform.parts.menu.offer()
    assert len(server.asked("setMyCommands")) == 6
    names = {key: [one["command"] for one in menu] for key, menu in server.menus.items()}
    private = ["check", "report", "mycases", "privacy", "language", "help"]
    assert names["all_private_chats", ""] == names["all_private_chats", "ur"] == private
    assert names["all_group_chats", ""] == private[1:]
    assert names[f"chat {MODERATORS}", "ur"] == ["cases", "mode", "status", "help"]
    assert server.menus["all_group_chats", "ur"][0]["description"] == "[ur] telegram-command-report"


async def test_listening_goes_on_where_commands_can_not_be_offered(server: Telegram, tmp_path: Path) -> None:
    server.faults["getMyCommands"] = [ApiError(404, "Not Found")] * 6
    inbox = FakeInbox()
    async with running(make_platform(server, tmp_path), inbox):
        await server.posts(server.supergroup(SUPER), ALI, "hello")
        await inbox.has(1)
