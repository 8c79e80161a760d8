import pytest

from bot.model import ChatRef, Choice, CommandName, Outcome, Person
from tests.bot.builders import AUTHOR, WORDS, message
from tests.bot.desk.commands import asked, moderated
from tests.bot.house import House


async def test_one_sees_one_s_own_cases_and_nobody_else_s(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    reply = await house.desk.command(asked(CommandName.MYCASES))
    [notice] = reply.notices
    assert notice.title == "Case 1, Office: open"
    assert len(notice.choices) == 3
    other = await house.desk.command(asked(CommandName.MYCASES, by=Person("zed")))
    assert (other.text, other.notices) == (WORDS.text("en", "mycases-none"), ())


async def test_a_case_that_is_closed_asks_nothing_more(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    house.cases.close(1, Outcome.LEAK, "mona")
    [notice] = (await house.desk.command(asked(CommandName.MYCASES))).notices
    assert (notice.title, notice.choices) == ("Case 1, Office: leak", ())


async def test_what_was_removed_is_not_offered_to_be_removed(house: House) -> None:
    await house.happens(message("SECRET"))
    [notice] = (await house.desk.command(asked(CommandName.MYCASES))).notices
    assert [choice for choice, _ in notice.choices] == [Choice.AUTHORISED, Choice.DISPUTE]


async def test_older_cases_are_a_button_away(house: House) -> None:
    for number in range(7):
        await house.happens(message("CONFIDENTIAL", id=str(number)))
    first = await house.desk.command(asked(CommandName.MYCASES))
    assert len(first.notices) == 5
    [older] = first.options
    second = await house.desk.command(asked(older.command, older.arguments))
    assert len(second.notices) == 2
    assert second.options == ()
    assert not {one.ref for one in first.notices} & {one.ref for one in second.notices}


async def test_the_same_id_on_another_platform_is_somebody_else(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    elsewhere = asked(CommandName.MYCASES, chat=ChatRef("other", "direct"))
    assert (await house.desk.command(elsewhere)).notices == ()


async def test_a_language_that_was_chosen_is_kept_and_used(house: House) -> None:
    reply = await house.desk.command(asked(CommandName.LANGUAGE, "ur"))
    assert (reply.language, reply.text) == ("ur", WORDS.text("ur", "language-set"))
    await house.happens(message("35202-1234567-1"))
    assert house.platform.warned[0].title == WORDS.text("ur", "warning-title")
    assert (await house.desk.command(asked(CommandName.HELP))).language == "ur"


@pytest.mark.parametrize(("wanted", "said"), [("", "I write to you in English"), ("xx", "en | ur")])
async def test_languages_are_told(house: House, wanted: str, said: str) -> None:
    assert said in (await house.desk.command(asked(CommandName.LANGUAGE, wanted))).text


async def test_privacy_says_who_set_the_bot_up(house: House) -> None:
    assert "IT Wing" in (await house.desk.command(asked(CommandName.PRIVACY))).text


async def test_moderators_are_helped_with_their_own_commands_too(house: House) -> None:
    assert "/status" not in (await house.desk.command(asked(CommandName.HELP, by=AUTHOR))).text
    assert "/status" in (await house.desk.command(moderated(CommandName.HELP))).text
