"""What `raazdar doctor` is told of the local chat."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.local import PersonSetting
from bot.model import Audience, Chat, ChatRef, Check, CheckState, Mode, Moderators
from bot.ports import Examinable
from tests.adapters.local.serving import PEOPLE, make_platform

HERE = Moderators(ChatRef("local", "moderators"), frozenset({"sana"}))
CHAT = Chat(ChatRef("local", "budget"), "Budget wing", Mode.ENFORCE, Audience(), HERE)


async def examined(data: Path, *chats: Chat, people: tuple[PersonSetting, ...] = PEOPLE) -> Sequence[Check]:
    platform = make_platform(data, people, chats)
    assert isinstance(platform, Examinable)
    return await platform.examine()


async def test_all_is_well(tmp_path: Path) -> None:
    checks = await examined(tmp_path, CHAT)
    assert {check.state for check in checks} == {CheckState.GOOD}
    assert checks[0].found == "Budget wing, Moderators."
    assert checks[1].found == "Cases go to Moderators."


@pytest.mark.parametrize(
    ("moderators", "state"),
    [
        (None, CheckState.BAD),
        (replace(HERE, people=frozenset({"nobody"})), CheckState.BAD),
        (replace(HERE, above=replace(HERE, people=frozenset({"nobody"}))), CheckState.BAD),
        (replace(HERE, people=frozenset()), CheckState.GOOD),
        (Moderators(ChatRef("telegram", "-1"), frozenset({"17"})), CheckState.GOOD),
    ],
    ids=["no moderators", "a stranger", "a stranger above", "everybody", "elsewhere"],
)
async def test_moderators(tmp_path: Path, moderators: Moderators | None, state: CheckState) -> None:
    check = (await examined(tmp_path, replace(CHAT, moderators=moderators)))[1]
    assert (check.state, bool(check.todo)) == (state, state is CheckState.BAD)


async def test_where_anybody_may_enter_no_moderator_is_a_stranger(tmp_path: Path) -> None:
    checks = await examined(tmp_path, CHAT, people=())
    assert {check.state for check in checks} == {CheckState.GOOD}


async def test_a_chat_that_is_not_configured_is_doubtful(tmp_path: Path) -> None:
    assert (await examined(tmp_path))[0].state is CheckState.DOUBTFUL
