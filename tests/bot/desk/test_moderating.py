from dataclasses import replace

import pytest

from bot.model import CommandName, Gap, Mode, Moderators
from tests.bot.builders import MODERATORS, REF, WORDS, chat, message
from tests.bot.desk.commands import MODERATOR, asked, in_the_office, moderated
from tests.bot.house import House, build_house
from tests.fakes.clock import START
from tests.fakes.store import FakeStore

FOR_MODERATORS = [name for name in CommandName if name.is_for_moderators]


@pytest.mark.parametrize("name", FOR_MODERATORS)
async def test_moderators_commands_are_for_moderators_where_they_meet(
    house: House, name: CommandName
) -> None:
    for refused in (asked(name), in_the_office(name), moderated(name, is_member=False)):
        reply = await house.desk.command(refused)
        assert reply.text == WORDS.text("en", "moderators-only")
    assert [entry.act for entry in house.store.audit.entries()] == ["command refused"] * 3
    assert (await house.desk.command(moderated(name))).text != WORDS.text("en", "moderators-only")


@pytest.mark.parametrize("name", FOR_MODERATORS)
async def test_where_people_are_named_nobody_else_is_a_moderator(name: CommandName) -> None:
    named = replace(chat(), moderators=Moderators(MODERATORS.chat, frozenset({"other"})))
    house = build_house(FakeStore(), named)
    assert (await house.desk.command(moderated(name))).text == WORDS.text("en", "moderators-only")


async def test_open_cases_are_listed_masked_with_their_links(house: House) -> None:
    for number in range(12):
        await house.happens(message("CONFIDENTIAL plans", id=str(number)))
    reply = await house.desk.command(moderated(CommandName.CASES))
    assert "http://console/cases/12" in reply.text
    assert "And 2 more" in reply.text
    assert "plans" not in reply.text
    assert not reply.is_private


async def test_the_mode_is_shown_and_set_and_told_and_kept(house: House) -> None:
    shown = await house.desk.command(moderated(CommandName.MODE))
    assert "Office: enforce" in shown.text
    reply = await house.desk.command(moderated(CommandName.MODE, "observe"))
    assert reply.text == "Office is at observe (record only) from now on."
    await house.pipeline.settle()
    await house.delivery.settle()
    assert house.store.modes.get(REF.chat_ref) == Mode.OBSERVE
    assert ["Mona Khan" in said.text for said in house.platform.announced] == [True]
    assert ("fake mona", "set the mode to observe") in [
        (entry.actor, entry.act) for entry in house.store.audit.entries()
    ]
    await house.happens(message("SECRET"))
    assert house.platform.removed == set()


@pytest.mark.parametrize(
    ("arguments", "mode"),
    [("coach Office", Mode.COACH), ("COACH office", Mode.COACH), ("coach Elsewhere", None), ("sleep", None)],
)
async def test_a_mode_is_set_by_the_chat_s_name(house: House, arguments: str, mode: Mode | None) -> None:
    await house.desk.command(moderated(CommandName.MODE, arguments))
    await house.pipeline.settle()
    assert house.store.modes.get(REF.chat_ref) == mode


async def test_the_status_tells_what_is_open_waiting_and_not_seen(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"), Gap(REF.chat_ref, START, "57", "the numbers jump", 3))
    reply = await house.desk.command(moderated(CommandName.STATUS))
    assert "Open cases: 1." in reply.text
    assert "Not seen in Office (at most 3)" in reply.text
    house.clock.pass_by(days=8)
    assert "Not seen" not in (await house.desk.command(moderated(CommandName.STATUS))).text


async def test_nobody_is_a_moderator_of_chats_that_name_none() -> None:
    house = build_house(FakeStore(), replace(chat(Mode.COACH), moderators=None))
    reply = await house.desk.command(asked(CommandName.CASES, by=MODERATOR, chat=MODERATORS.chat))
    assert reply.text == WORDS.text("en", "moderators-only")
