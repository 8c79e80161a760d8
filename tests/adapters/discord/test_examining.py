"""`raazdar doctor` looks at everything that the bot needs on Discord, and leaves no trace."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from bot.model import Check, CheckState
from bot.ports import Examinable
from tests.adapters.discord.playing import Play
from tests.platforms.discord.world import (
    EMBED_LINKS,
    MANAGE_MESSAGES,
    MANAGE_WEBHOOKS,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    VIEW_CHANNEL,
)

GOOD, DOUBTFUL, BAD = CheckState.GOOD, CheckState.DOUBTFUL, CheckState.BAD


@pytest.fixture(autouse=True)
def moderators(play: Play) -> str:
    play.moderators = play.world.channel("moderators")
    play.world.shut(play.moderators)
    return play.moderators


async def examined(play: Play, **changed: Any) -> Mapping[str, Check]:
    platform = play.platform(**changed)
    assert isinstance(platform, Examinable)
    checks = {check.subject.removeprefix("discord: "): check for check in await platform.examine()}
    assert all(check.subject.startswith("discord: ") for check in await platform.examine())
    assert not any(play.world.token in str(check) for check in checks.values())
    return checks


async def test_a_good_house_is_good_throughout(play: Play) -> None:
    checks = await examined(play)
    assert set(checks) == {
        "token",
        "message content",
        "gateway",
        "A chat",
        "moderators of A chat",
        "moderators of A chat, who reads along",
        "clock",
    }
    assert {check.state for check in checks.values()} == {GOOD}, checks
    assert {method for method, _, _ in play.server.rest.requests} == {"GET"}
    assert play.server.gateway.identified == 0


async def test_a_wrong_token_is_bad_and_nothing_else_is_looked_at(play: Play) -> None:
    checks = await examined(play, token="an-old.token")
    assert set(checks) == {"token"}
    assert checks["token"].state is BAD
    assert "developer portal" in checks["token"].found


async def test_a_missing_intent_is_bad(play: Play) -> None:
    play.world.privileged = 0
    check = (await examined(play))["message content"]
    assert check.state is BAD
    assert "Message Content Intent" in check.todo


@pytest.mark.parametrize(("left", "state"), [(0, BAD), (10, DOUBTFUL), (900, GOOD)])
async def test_how_often_the_bot_may_still_connect_counts(play: Play, left: int, state: CheckState) -> None:
    play.server.rest.sessions_left = left
    assert (await examined(play))["gateway"].state is state


@pytest.mark.parametrize(
    ("permission", "state", "words"),
    [
        (VIEW_CHANNEL, BAD, "View Channel"),
        (READ_MESSAGE_HISTORY, BAD, "Read Message History"),
        (SEND_MESSAGES, BAD, "Send Messages"),
        (MANAGE_MESSAGES, BAD, "Manage Messages"),
        (MANAGE_WEBHOOKS, DOUBTFUL, "Manage Webhooks"),
    ],
)
async def test_what_the_bot_may_not_do_in_a_chat_is_said(
    play: Play, permission: int, state: CheckState, words: str
) -> None:
    play.world.forbid(play.world.general, permission)
    check = (await examined(play))["A chat"]
    assert check.state is state
    assert words in check.found + check.todo


@pytest.mark.parametrize("permission", [VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS])
async def test_what_the_bot_may_not_do_at_the_moderators_is_bad(
    play: Play, moderators: str, permission: int
) -> None:
    play.world.forbid(moderators, permission)
    assert (await examined(play))["moderators of A chat"].state is BAD


async def test_a_moderators_channel_that_all_can_see_is_doubtful(play: Play) -> None:
    play.moderators = play.world.channel("open")
    check = (await examined(play))["moderators of A chat, who reads along"]
    assert check.state is DOUBTFUL
    assert "@everyone" in check.todo


async def test_a_thread_has_the_permissions_of_its_channel(play: Play) -> None:
    thread = play.world.thread(play.world.general, "side talk", play.ali)
    play.chats = (thread,)
    assert (await examined(play))["A chat"].state is GOOD
    play.world.forbid(play.world.general, MANAGE_MESSAGES)
    assert (await examined(play))["A chat"].state is BAD


@pytest.mark.parametrize("id_", ["1", "0"])
async def test_a_channel_that_is_not_there_is_bad(play: Play, id_: str) -> None:
    play.chats = (id_,)
    assert (await examined(play))["A chat"].state is BAD


async def test_a_server_that_the_bot_is_not_in_is_bad(play: Play) -> None:
    play.world.is_in = False
    assert (await examined(play))["A chat"].state is BAD


async def test_a_clock_that_is_off_is_doubtful(play: Play) -> None:
    play.server.rest.date = format_datetime(datetime.now(UTC) - timedelta(minutes=2), usegmt=True)
    check = (await examined(play))["clock"]
    assert check.state is DOUBTFUL
    assert "NTP" in check.todo


async def test_nobody_there_is_bad(play: Play) -> None:
    platform = play.platform()
    await play.server.stop()
    (check,) = await platform.examine()
    assert check.state is BAD


async def test_what_can_t_be_looked_at_is_said(play: Play) -> None:
    play.server.rest.fail("GET", "/guilds/", 404, {"message": "404: Not Found", "code": 0}, times=9)
    checks = await examined(play)
    assert checks["A chat"].state is not GOOD
    assert checks["token"].state is GOOD
