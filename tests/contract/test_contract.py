"""What every platform has to do, played on each through its real client library against a server on loopback."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.bot.builders import WORDS
from tests.contract.playground import AMINA, BILAL, MODERATORS, NADIA, OFFICIAL, Playground, RemotePlayground
from tests.detectors.extract.samples import pdf, zipped

SECRET = "SECRET: the plans"  # critical here: warned of, taken to moderators and removed
CONFIDENTIAL = "CONFIDENTIAL: the plans"  # high: warned of and taken to moderators
ENCRYPTED = zipped(
    {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": "<encryption-data/>",
    }
)
CARD_NUMBER = "my number is 35202-1234567-1"  # medium: warned of


def says(key: str, **values: str) -> str:
    return WORDS.text("en", key, **values)


def begins(key: str) -> str:
    """The words before the first one that is filled in."""
    return WORDS.languages["en"][key].partition("{")[0]


TOLD_OF_DELETIONS = pytest.mark.parametrize("ground", ["local", "discord"], indirect=True)
"""Telegram tells a bot of no deletion."""

REMOTE = pytest.mark.parametrize("ground", ["discord", "telegram"], indirect=True)
"""The local chat runs in the same process: it has no rate limits, no rights and no outages."""


@pytest.fixture(params=["local", "discord", "telegram"])
async def ground(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Playground]:
    async with _made(request.param, tmp_path) as made:
        await made.start()
        yield made
        await made.stop()


@asynccontextmanager
async def _made(platform: str, folder: Path) -> AsyncIterator[Playground]:
    match platform:
        case "local":
            from tests.contract.local import playground
        case "discord":
            from tests.contract.discord import playground
        case _:
            from tests.contract.telegram import playground
    async with playground(folder) as made:
        yield made


async def until(holds: Callable[[], object]) -> None:
    """Waits until something is so; a scenario that never comes to it fails."""
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - what people see has no event to wait for
            await asyncio.sleep(0.02)


def about(ground: Playground, person: str, key: str) -> int:
    """How many of the private messages to a person have those words."""
    return sum(says(key) in text for text in ground.told(person))


async def test_what_is_clean_is_left_alone(ground: Playground) -> None:
    clean = await ground.post("lunch at one?")
    await ground.post(CARD_NUMBER)
    await until(lambda: about(ground, AMINA, "warning-title"))
    assert ground.stands(clean)
    assert about(ground, AMINA, "warning-title") == 1
    assert not ground.said(MODERATORS)


async def test_a_leak_is_warned_of_in_private_removed_and_shown_to_moderators(ground: Playground) -> None:
    leak = await ground.post(SECRET)
    await until(lambda: not ground.stands(leak) and ground.told(AMINA) and ground.said(MODERATORS))
    assert "plans" not in " ".join([*ground.told(AMINA), *ground.said(MODERATORS), *ground.said(OFFICIAL)])
    assert not ground.told(BILAL)
    card = " ".join(ground.said(MODERATORS)).lower()
    assert OFFICIAL.lower() in card
    assert says("severity-critical") in card


async def test_an_edit_into_a_leak_is_found_and_one_that_mends_it_closes_the_case(ground: Playground) -> None:
    message = await ground.post("hello")
    await ground.edit(message, CONFIDENTIAL)
    await until(lambda: about(ground, AMINA, "warning-title") and ground.said(MODERATORS))
    await ground.edit(message, "hello again")
    await until(lambda: about(ground, AMINA, "ending-corrected-title"))
    await until(lambda: says("outcome-corrected") in " ".join(ground.said(MODERATORS)))
    assert ground.stands(message)


@TOLD_OF_DELETIONS
async def test_an_author_who_deletes_his_message_is_done(ground: Playground) -> None:
    message = await ground.post(CONFIDENTIAL)
    await until(lambda: about(ground, AMINA, "warning-title"))
    await ground.delete(message)
    await until(lambda: about(ground, AMINA, "ending-corrected-title"))


async def test_files_and_albums_are_read(ground: Playground) -> None:
    await ground.post("minutes", [("minutes.txt", b"CONFIDENTIAL\nthe plans")])
    await until(lambda: about(ground, AMINA, "warning-title") == 1)
    await ground.post("two files", [("a.txt", b"nothing"), ("b.txt", b"CONFIDENTIAL\nmore")])
    await until(lambda: about(ground, AMINA, "warning-title") == 2)


async def test_the_buttons_of_a_warning_do_what_they_say(ground: Playground) -> None:
    message = await ground.post(CARD_NUMBER)
    await until(lambda: ground.told(AMINA))
    await ground.answer(AMINA, says("choice-remove"))
    await until(lambda: not ground.stands(message))


async def test_a_claim_of_permission_comes_to_the_moderators_with_its_letter(ground: Playground) -> None:
    await ground.post(CONFIDENTIAL)
    await until(lambda: ground.told(AMINA) and ground.said(MODERATORS))
    await ground.answer(AMINA, says("choice-authorised"), "F. 1(2)/2026")
    await until(lambda: "F. 1(2)/2026" in " ".join(ground.said(MODERATORS)))


async def test_a_card_is_brought_up_to_date_by_the_moderators_presses(ground: Playground) -> None:
    message = await ground.post(CONFIDENTIAL)
    await until(lambda: ground.told(AMINA) and ground.said(MODERATORS))
    told = await ground.press(NADIA, says("press-acknowledge"), 1)
    assert told == says("press-noted", choice=says("press-acknowledge"), case="1")
    await until(lambda: says("card-acknowledged", owner=NADIA) in " ".join(ground.said(MODERATORS)))
    await until(lambda: says("press-acknowledge") not in ground.buttons(1))
    await ground.press(NADIA, says("press-remove"), 1)
    await until(lambda: not ground.stands(message))
    await until(lambda: says("card-removed") in " ".join(ground.said(MODERATORS)))
    await ground.press(NADIA, says("press-leak"), 1)
    await until(lambda: not ground.buttons(1))
    await until(lambda: about(ground, AMINA, "ending-leak-body"))


async def test_only_moderators_may_press(ground: Playground) -> None:
    await ground.post(CONFIDENTIAL)
    await until(lambda: ground.told(AMINA) and ground.said(MODERATORS))
    assert await ground.press(BILAL, says("press-false_alarm"), 1) == says("press-refused")
    assert says("press-false_alarm") in ground.buttons(1)


async def test_commands_are_answered_to_the_one_who_gave_them(ground: Playground) -> None:
    assert begins("check-found") in await ground.command(AMINA, "check", CONFIDENTIAL)
    assert begins("check-clean") in await ground.command(AMINA, "check", "lunch at one?")
    assert "IT Wing" in await ground.command(AMINA, "privacy")
    assert "/check" in await ground.command(AMINA, "help")
    assert await ground.command(AMINA, "mycases") == says("mycases-none")
    assert await ground.command(BILAL, "cases") == says("moderators-only")
    assert await ground.command(NADIA, "cases", where=MODERATORS) == says("cases-none")
    assert OFFICIAL in await ground.command(NADIA, "status", where=MODERATORS)
    assert not [text for text in ground.said(OFFICIAL) if "CONFIDENTIAL" in text]


async def test_a_file_is_checked_before_it_is_posted(ground: Playground) -> None:
    files = [("minutes.txt", b"CONFIDENTIAL\nthe plans")]
    assert begins("check-found") in await ground.command(AMINA, "check", files=files)


async def test_a_check_tells_the_page_and_what_it_could_not_read(ground: Playground) -> None:
    minutes = pdf("Lunch is at one.", "CONFIDENTIAL\nthe plans")
    told = await ground.command(AMINA, "check", files=[("minutes.pdf", minutes)])
    assert "page 2" in told
    assert "page 1" not in told
    told = await ground.command(AMINA, "check", files=[("plan.odt", ENCRYPTED)])
    assert "encrypted" in told
    assert begins("check-clean") not in told


async def test_a_member_reports_a_message_and_moderators_see_it(ground: Playground) -> None:
    message = await ground.post("an opinion", by=BILAL)
    await ground.command(AMINA, "report", where=OFFICIAL, about=message)
    await until(lambda: says("card-title", case="1", chat=OFFICIAL) in " ".join(ground.said(MODERATORS)))
    assert "reported" in " ".join(ground.said(MODERATORS))
    assert "opinion" not in " ".join(ground.said(MODERATORS))
    assert ground.stands(message)


async def test_one_sees_and_disputes_one_s_own_cases(ground: Playground) -> None:
    await ground.post(CONFIDENTIAL)
    await until(lambda: ground.told(AMINA) and ground.said(MODERATORS))
    assert await ground.command(AMINA, "mycases") == says("mycases-some", count="1")
    await ground.answer(AMINA, says("choice-dispute"))
    await until(lambda: says("card-claim-dispute") in " ".join(ground.said(MODERATORS)))
    assert await ground.command(BILAL, "mycases") == says("mycases-none")


async def test_a_moderator_sets_the_mode_of_a_chat(ground: Playground) -> None:
    told = await ground.command(NADIA, "mode", "observe", where=MODERATORS)
    assert told == says("mode-set", chat=OFFICIAL, mode=says("mode-observe"))
    changed = says("mode-changed", who=NADIA, chat=OFFICIAL, mode=says("mode-observe"))
    await until(lambda: changed in " ".join(ground.said(MODERATORS)))
    leak = await ground.post(SECRET)
    await ground.command(NADIA, "mode", "enforce", where=MODERATORS)
    await until(lambda: " ".join(ground.said(MODERATORS)).count(OFFICIAL) >= 2)
    caught = await ground.post(SECRET + " again")
    await until(lambda: not ground.stands(caught))
    assert ground.stands(leak)


async def test_a_person_is_told_in_his_own_language(ground: Playground) -> None:
    assert await ground.command(AMINA, "language", "ur") == WORDS.text("ur", "language-set")
    await ground.post(CARD_NUMBER)
    await until(lambda: WORDS.text("ur", "warning-title") in " ".join(ground.told(AMINA)))


@REMOTE
async def test_a_rate_limit_is_obeyed_and_nothing_is_lost(ground: RemotePlayground) -> None:
    ground.limit_rate(1)
    leak = await ground.post(SECRET)
    await until(lambda: not ground.stands(leak) and ground.told(AMINA) and ground.said(MODERATORS))
    assert about(ground, AMINA, "warning-title") == 1


@REMOTE
async def test_a_right_that_is_missing_becomes_a_case_of_its_own(ground: RemotePlayground) -> None:
    ground.forbid_removing()
    leak = await ground.post(SECRET)
    await until(lambda: says("card-title", case="2", chat=OFFICIAL) in " ".join(ground.said(MODERATORS)))
    assert ground.stands(leak)
    ground.allow_removing()
    await ground.press(NADIA, says("press-remove"), 1)
    await until(lambda: not ground.stands(leak))


@REMOTE
async def test_what_was_posted_during_an_outage_is_caught_up_with(ground: RemotePlayground) -> None:
    await ground.post("before")
    ground.cut_off()
    leak = await ground.post(SECRET)
    await asyncio.sleep(0.2)
    assert ground.stands(leak)
    ground.reconnect()
    await until(lambda: not ground.stands(leak) and ground.told(AMINA))
    assert about(ground, AMINA, "warning-title") == 1


async def test_what_was_posted_while_nobody_ran_is_caught_up_with(ground: Playground) -> None:
    await ground.post("before")
    await ground.post(CARD_NUMBER)
    await until(lambda: about(ground, AMINA, "warning-title"))
    await ground.stop()
    leak = await ground.post(SECRET)
    await ground.start()
    await until(lambda: not ground.stands(leak) and about(ground, AMINA, "warning-title") == 2)


async def test_a_restart_doubles_no_warning_and_no_card_and_buttons_go_on_working(ground: Playground) -> None:
    await ground.post(CONFIDENTIAL)
    await until(lambda: ground.told(AMINA) and ground.said(MODERATORS))
    await ground.stop()
    await ground.start()
    await ground.press(NADIA, says("press-acknowledge"), 1)
    await until(lambda: says("card-acknowledged", owner=NADIA) in " ".join(ground.said(MODERATORS)))
    await ground.answer(AMINA, says("choice-dispute"))
    await until(lambda: says("card-claim-dispute") in " ".join(ground.said(MODERATORS)))
    assert about(ground, AMINA, "warning-title") == 1
    titles = " ".join(ground.said(MODERATORS)).count(says("card-title", case="1", chat=OFFICIAL))
    assert titles == 1


async def test_on_joining_a_chat_the_bot_says_what_it_is(ground: Playground) -> None:
    await ground.add_bot()
    await until(lambda: "IT Wing" in " ".join(ground.said(OFFICIAL)))
    assert says("greeting-enforce") in " ".join(ground.said(OFFICIAL))


async def _a_post(ground: Playground) -> None:
    await ground.post(SECRET)


async def _an_edit(ground: Playground) -> None:
    await ground.edit(await ground.post("hello"), CONFIDENTIAL)


async def _an_album(ground: Playground) -> None:
    await ground.post("two files", [("a.txt", b"nothing"), ("b.txt", b"CONFIDENTIAL\nmore")])


@pytest.mark.parametrize("moment", [0.0, 0.03, 0.08, 0.2])
@pytest.mark.parametrize("happens", [_a_post, _an_edit, _an_album])
async def test_a_restart_in_the_middle_loses_and_doubles_nothing(
    ground: Playground, happens: Callable[[Playground], Awaitable[None]], moment: float
) -> None:
    await ground.post("before")
    await happens(ground)
    await asyncio.sleep(moment)
    await ground.stop()
    await ground.start()
    # What comes after is dealt with after: once it is, nothing of before is under way any more.
    await ground.post(CONFIDENTIAL, by=BILAL)
    last = says("card-title", case="2", chat=OFFICIAL)
    await until(lambda: last in " ".join(ground.said(MODERATORS)) and ground.told(BILAL))
    assert about(ground, AMINA, "warning-title") == 1
    assert about(ground, BILAL, "warning-title") == 1
    first = says("card-title", case="1", chat=OFFICIAL)
    assert " ".join(ground.said(MODERATORS)).count(first) == 1
