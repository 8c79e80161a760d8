import httpx

from bot.errors import PlatformForbidden
from bot.in_force import Refusal
from bot.model import Gap
from bot.wiring import Bot
from tests.bot.builders import REF, message
from tests.bot.house import House
from tests.fakes.clock import START


async def test_without_gaps_the_page_says_so(moderator: httpx.AsyncClient) -> None:
    assert "Everything was seen" in (await moderator.get("/gaps")).text


async def test_what_was_not_seen_is_shown_and_counted_on_every_page(
    moderator: httpx.AsyncClient, house: House
) -> None:
    await house.happens(Gap(REF.chat_ref, START, "57", "the numbers jump", 3))
    page = (await moderator.get("/gaps")).text
    for words in ("Office", "at most 3", "before 57", "the numbers jump"):
        assert words in page
    assert "(1)" in (await moderator.get("/")).text


async def test_a_configuration_that_was_refused_is_told_on_every_page(
    moderator: httpx.AsyncClient, bot: Bot
) -> None:
    bot.in_force.refusal = Refusal(START, ("policy.yaml:3: rules[0]: <b>is missing",))
    page = (await moderator.get("/")).text
    assert "What was in force before stays in force." in page
    assert "policy.yaml:3: rules[0]: &lt;b&gt;is missing" in page
    bot.in_force.refusal = None
    assert "stays in force" not in (await moderator.get("/")).text


async def test_nobody_sees_the_page_before_signing_in(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/gaps")).status_code == 303


async def test_a_case_about_a_missing_right_offers_nothing_that_is_for_messages(
    moderator: httpx.AsyncClient, house: House
) -> None:
    house.platform.failures = [PlatformForbidden("Give it the right to write.")]
    await house.happens(message("35202-1234567-1"))
    page = (await moderator.get("/cases/1")).text
    assert "Give it the right to write." in page
    assert "Remove the message" not in page
    assert "Acknowledge" in page
