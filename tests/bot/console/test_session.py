import asyncio

import httpx
import pytest

from bot.console.accounts import FIRST_ACCOUNT, SESSION_LASTS, first_password, new_password
from bot.errors import InputError
from bot.wiring import Bot
from tests.bot.house import House


@pytest.mark.parametrize("path", ["/", "/cases/1", "/?view=all"])
async def test_nobody_sees_a_page_before_signing_in(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


async def test_nobody_listens_or_acts_before_signing_in(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/events")).status_code == 403
    assert (await browser.post("/cases/1/leak")).headers["location"] == "/login"


async def test_the_right_password_opens_the_list(moderator: httpx.AsyncClient) -> None:
    answer = await moderator.get("/")
    assert answer.status_code == 200
    assert FIRST_ACCOUNT in answer.text


async def test_the_session_s_cookie_is_out_of_reach_of_scripts_and_other_sites(
    browser: httpx.AsyncClient, password: str
) -> None:
    answer = await browser.post("/login", data={"name": FIRST_ACCOUNT, "password": password})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize(("name", "word"), [(FIRST_ACCOUNT, "wrong"), ("nobody", "wrong"), ("", "")])
async def test_a_wrong_name_or_password_is_refused_alike(
    browser: httpx.AsyncClient, password: str, name: str, word: str
) -> None:
    assert password
    answer = await browser.post("/login", data={"name": name, "password": word})
    assert answer.status_code == 403
    assert "do not go together" in answer.text


async def test_guessing_is_slowed_down(browser: httpx.AsyncClient, house: House, password: str) -> None:
    for _ in range(5):
        await browser.post("/login", data={"name": FIRST_ACCOUNT, "password": "wrong"})
    right = {"name": FIRST_ACCOUNT, "password": password}
    assert (await browser.post("/login", data=right)).status_code == 429
    house.clock.pass_by(seconds=61)
    assert (await browser.post("/login", data=right)).status_code == 303


async def test_guessing_many_at_once_is_slowed_down_too(browser: httpx.AsyncClient, password: str) -> None:
    assert password
    wrong = {"name": FIRST_ACCOUNT, "password": "wrong"}
    answers = await asyncio.gather(*(browser.post("/login", data=wrong) for _ in range(12)))
    assert [answer.status_code for answer in answers].count(403) == 5
    assert [answer.status_code for answer in answers].count(429) == 7


async def test_a_new_password_signs_everybody_out(moderator: httpx.AsyncClient, bot: Bot) -> None:
    new_password(bot.store, bot.clock, FIRST_ACCOUNT)
    assert (await moderator.get("/")).status_code == 303
    assert ("terminal", "set a password") in [(one.actor, one.act) for one in bot.store.audit.entries()]


async def test_a_form_that_is_too_long_is_not_read(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/login", data={"name": "x" * 100_000, "password": "y"})
    assert answer.status_code == 413


@pytest.mark.parametrize("name", ["", "a b", "<script>", "x" * 41])
def test_a_name_that_nobody_could_sign_in_with_is_refused(bot: Bot, name: str) -> None:
    with pytest.raises(InputError):
        new_password(bot.store, bot.clock, name)


async def test_signing_out_ends_the_session(moderator: httpx.AsyncClient) -> None:
    token = moderator.cookies["raazdar_session"]
    await moderator.post("/logout")
    moderator.cookies.set("raazdar_session", token)
    assert (await moderator.get("/")).status_code == 303


async def test_a_session_ends_by_itself(moderator: httpx.AsyncClient, house: House) -> None:
    house.clock.pass_by(seconds=SESSION_LASTS.total_seconds())
    assert (await moderator.get("/")).status_code == 303


def test_the_first_password_is_made_once_and_kept_nowhere(bot: Bot) -> None:
    password = first_password(bot.store, bot.clock)
    assert password
    assert first_password(bot.store, bot.clock) is None
    account = bot.store.accounts.get(FIRST_ACCOUNT)
    assert account
    assert password not in account.password_hash


def test_a_new_password_takes_the_place_of_the_old_one(bot: Bot) -> None:
    assert new_password(bot.store, bot.clock, "mona") != new_password(bot.store, bot.clock, "mona")
