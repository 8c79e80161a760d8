"""What the doctor is told: each thing that is not as the bot needs it, and what to do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.telegram import adapter
from adapters.telegram.platform import TelegramPlatform
from bot.model import Check, CheckState
from bot.ports import Examinable, Surroundings
from tests.adapters.telegram.rig import CHANNEL, GROUP, MODERATORS, SUPER, WallClock, chats, make_platform
from tests.fakes.words import FakeWords
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import ApiError, Room


@pytest.fixture
def rooms(server: Telegram) -> dict[int, Room]:
    return {
        GROUP: server.group(GROUP),
        SUPER: server.supergroup(SUPER),
        CHANNEL: server.channel(CHANNEL),
        MODERATORS: server.supergroup(MODERATORS),
    }


async def examined(platform: TelegramPlatform) -> dict[str, Check]:
    as_examinable: Examinable = platform
    checks = await as_examinable.examine()
    assert all(check.subject.startswith("telegram: ") for check in checks)
    return {check.subject.removeprefix("telegram: "): check for check in checks}


def states(checks: dict[str, Check]) -> dict[str, CheckState]:
    return {subject: check.state for subject, check in checks.items() if check.state is not CheckState.GOOD}


async def test_where_all_is_well_all_is_good_and_no_trace_is_left(
    server: Telegram, platform: TelegramPlatform, rooms: dict[int, Room]
) -> None:
    checks = await examined(platform)
    assert states(checks) == {}
    assert {"token", "clock", "updates", "privacy mode", str(SUPER)} <= set(checks)
    assert {name for name, _ in server.calls} <= {"getMe", "getWebhookInfo", "getChat", "getChatMember"}
    await examined(platform)


async def test_a_wrong_token(server: Telegram, tmp_path: Path) -> None:
    checks = await examined(make_platform(server, tmp_path, token="1:wrong"))
    assert states(checks) == {"token": CheckState.BAD}
    assert "1:wrong" not in str(checks)


async def test_no_network(server: Telegram, tmp_path: Path) -> None:
    checks = await examined(make_platform(server, tmp_path, base_url="http://127.0.0.1:1/bot"))
    assert "network" in checks["token"].todo


async def test_privacy_mode_matters_where_the_bot_is_no_administrator(
    server: Telegram, platform: TelegramPlatform, rooms: dict[int, Room]
) -> None:
    server.me["can_read_all_group_messages"] = False
    assert states(await examined(platform)) == {}
    rooms[GROUP].may_delete = False
    checks = await examined(platform)
    assert checks["privacy mode"].state is CheckState.BAD
    assert "/setprivacy" in checks["privacy mode"].todo


async def test_where_no_chat_is_configured_privacy_mode_matters_too(server: Telegram, tmp_path: Path) -> None:
    server.me["can_read_all_group_messages"] = False
    settings = make_platform(server, tmp_path).settings
    platform = adapter.build(settings, Surroundings(WallClock(), (), FakeWords(), "en", tmp_path))
    assert isinstance(platform, TelegramPlatform)
    assert states(await examined(platform)) == {"privacy mode": CheckState.BAD}


async def test_rights_that_are_missing(
    server: Telegram, platform: TelegramPlatform, rooms: dict[int, Room]
) -> None:
    rooms[SUPER].may_delete = False
    rooms[GROUP].is_member = False
    rooms[CHANNEL].may_write = False
    rooms[MODERATORS].may_write = rooms[MODERATORS].may_delete = False
    checks = await examined(platform)
    assert states(checks) == dict.fromkeys(
        (str(GROUP), str(SUPER), str(CHANNEL), f"moderators' chat {MODERATORS}"),
        CheckState.BAD,
    )
    assert "delete messages" in checks[str(SUPER)].found


async def test_a_group_that_moved_and_a_public_chat_of_moderators(
    server: Telegram, platform: TelegramPlatform, rooms: dict[int, Room]
) -> None:
    rooms[GROUP].migrated_to = -1009999999999
    rooms[MODERATORS].chat["username"] = "open_to_all"
    checks = await examined(platform)
    assert states(checks) == dict.fromkeys(
        (str(GROUP), f"moderators' chat {MODERATORS}"), CheckState.DOUBTFUL
    )
    assert "-1009999999999" in checks[str(GROUP)].found


async def test_a_webhook_that_takes_the_updates_away(
    server: Telegram, platform: TelegramPlatform, rooms: dict[int, Room]
) -> None:
    server.webhook = {"url": "https://elsewhere.example/"}
    checks = await examined(platform)
    assert states(checks) == {"updates": CheckState.DOUBTFUL}
    assert server.webhook


async def test_what_can_not_be_asked_is_a_check_too(
    server: Telegram, platform: TelegramPlatform, rooms: dict[int, Room]
) -> None:
    server.faults["getWebhookInfo"].append(ApiError(500, "Internal"))
    server.faults["getChat"].append("drop")
    checks = await examined(platform)
    assert set(states(checks)) == {"updates", str(GROUP)}


async def test_a_clock_that_is_wrong(server: Telegram, tmp_path: Path, rooms: dict[int, Room]) -> None:
    class SlowClock:
        def now(self) -> datetime:
            return datetime.now(UTC) - timedelta(minutes=9)

    settings = make_platform(server, tmp_path).settings
    platform = adapter.build(settings, Surroundings(SlowClock(), chats(), FakeWords(), "en", tmp_path))
    assert isinstance(platform, TelegramPlatform)
    assert states(await examined(platform)) == {"clock": CheckState.DOUBTFUL}
