"""The page itself, in a real browser: what the script adds to the plain forms."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from playwright.async_api import Browser, Page, Route, async_playwright, expect

from adapters.local import translate
from adapters.local.platform import LocalPlatform
from bot.model import (
    Answer,
    Card,
    CardChoice,
    ChatRef,
    Choice,
    CommandName,
    Message,
    Notice,
    Option,
    Person,
    Reply,
    Severity,
)
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.local.serving import outer, running, served
from tests.chromium import FLAGS
from tests.chromium import path as chromium_path
from tests.fakes.desk import FakeDesk


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        await browser.close()


async def opened(browser: Browser, address: str, person: str, troubles: list[str]) -> Page:
    page = await (await browser.new_context()).new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    await page.goto(f"{address}/chat/as/{person}/rooms/budget")
    return page


async def test_two_people_talk_and_only_the_author_is_warned(
    browser: Browser, platform: LocalPlatform
) -> None:
    inbox, troubles = FakeInbox(), list[str]()
    async with served(outer(platform)) as address, running(platform, inbox):
        ayesha = await opened(browser, address, "ayesha", troubles)
        bilal = await opened(browser, address, "bilal", troubles)

        await ayesha.get_by_label("Your message").fill("first line")
        await ayesha.keyboard.press("Shift+Enter")
        await ayesha.keyboard.type("<b>second</b>")
        await ayesha.keyboard.press("Enter")
        await expect(bilal.locator(".text")).to_have_text("first line\n<b>second</b>")
        await expect(ayesha.locator(".text")).to_have_text("first line\n<b>second</b>")
        await expect(ayesha.get_by_label("Your message")).to_have_value("")

        (posted,) = await inbox.has(1)
        assert isinstance(posted, Message)
        choices = ((Choice.REMOVE, "Remove it"), (Choice.AUTHORISED, "I am authorised"))
        await platform.warn(Notice("k", posted.ref, posted.author, "Please look", "Why", "P", choices))
        notice = ayesha.locator(".notice")
        await expect(notice).to_contain_text("Please look")
        await notice.get_by_text("I am authorised").click()
        await notice.get_by_label("Number of the letter").fill("F.1-2/2026")
        await ayesha.keyboard.press("Enter")
        await expect(notice).to_contain_text("A moderator will check the letter.")
        answer = (await inbox.has(2))[1]
        assert isinstance(answer, Answer)
        assert (answer.choice, answer.letter) == (Choice.AUTHORISED, "F.1-2/2026")

        await ayesha.get_by_text("Edit", exact=True).click()
        await ayesha.get_by_label("The new text").fill("better")
        await ayesha.keyboard.press("Enter")
        await expect(bilal.locator(".text")).to_have_text("better")
        await expect(bilal.get_by_text("edited")).to_be_visible()

        await platform.remove(posted.ref)
        await expect(bilal.get_by_text("Removed by Raazdar")).to_be_visible()
        await expect(notice).to_contain_text("The message was removed.")
        await expect(bilal.locator(".notice")).to_have_count(0)
    assert troubles == []


async def test_suggestions_fill_the_composer(browser: Browser, platform: LocalPlatform) -> None:
    async with served(outer(platform)) as address:
        page = await opened(browser, address, "ayesha", [])
        await page.get_by_text("My CNIC is").click()
        await expect(page.get_by_label("Your message")).to_have_value("My CNIC is 00000-0000000-0")
        await expect(page.get_by_label("Your message")).to_be_focused()


async def test_a_refusal_is_said_beside_the_composer(browser: Browser, platform: LocalPlatform) -> None:
    async with served(outer(platform)) as address:
        page = await opened(browser, address, "ayesha", [])
        await page.get_by_role("button", name="Send").click()
        await expect(page.get_by_role("alert")).to_have_text("Write something, or attach a file.")


async def test_typing_on_while_a_message_is_under_way_loses_nothing(
    browser: Browser, platform: LocalPlatform
) -> None:
    troubles = list[str]()
    may_pass = asyncio.Event()

    async def hold(route: Route) -> None:
        if route.request.method == "POST":
            await may_pass.wait()
        await route.continue_()

    async with served(outer(platform)) as address, running(platform, FakeInbox()):
        page = await opened(browser, address, "ayesha", troubles)
        await page.route("**/*", hold)
        composer = page.get_by_label("Your message")
        await composer.fill("one")
        await composer.press("Enter")
        await expect(composer).to_have_value("")
        await composer.fill("two")
        await composer.press("Enter")
        await composer.fill("three, not sent yet")
        may_pass.set()
        await expect(page.locator(".text")).to_have_text(["one", "two"])
        await expect(composer).to_have_value("three, not sent yet")
    assert not troubles


async def test_what_could_not_be_sent_comes_back_into_the_composer(
    browser: Browser, platform: LocalPlatform
) -> None:
    async with served(outer(platform)) as address, running(platform, FakeInbox()):
        page = await opened(browser, address, "ayesha", [])
        await page.route("**/*", lambda route: route.abort())
        composer = page.get_by_label("Your message")
        await composer.fill("one")
        await composer.press("Enter")
        await expect(page.get_by_text("can't be reached")).to_be_visible()
        await expect(composer).to_have_value("one")


async def test_hostile_text_and_file_names_stay_text(browser: Browser, platform: LocalPlatform) -> None:
    troubles = list[str]()
    hostile = "</p><script>document.title='owned'</script>\u202e\0"
    async with served(outer(platform)) as address, running(platform, FakeInbox()):
        page = await opened(browser, address, "ayesha", troubles)
        await page.evaluate(
            "text => fetch(location.href, {method: 'POST', body: JSON.stringify({text}),"
            " headers: {'Content-Type': 'application/json', Accept: 'application/json'}})",
            hostile + "\ud83d",
        )
        shown = hostile.replace("\0", "\ufffd") + "\ufffd"
        await expect(page.locator(".text")).to_have_text(shown)
        await page.reload()
        await expect(page.locator(".text")).to_have_text(shown)
        assert "owned" not in await page.title()
    assert troubles == []


async def test_without_javascript_the_forms_do_it_all(browser: Browser, platform: LocalPlatform) -> None:
    inbox = FakeInbox()
    async with served(outer(platform)) as address, running(platform, inbox):
        page = await (await browser.new_context(java_script_enabled=False)).new_page()
        await page.goto(f"{address}/chat/")
        await page.get_by_text("Bilal Ahmed").click()
        await page.get_by_text("Is the meeting").click()
        await page.get_by_role("button", name="Send").click()
        await expect(page.locator(".text")).to_have_text("Is the meeting still at eleven?")
        (posted,) = await inbox.has(1)
        assert isinstance(posted, Message)
        assert posted.author == Person("bilal", "Bilal Ahmed")
        await page.get_by_text("Delete", exact=True).click()
        await page.get_by_role("button", name="Delete for everyone").click()
        await expect(page.get_by_text("Deleted by its author")).to_be_visible()


async def test_a_command_is_answered_to_one_person_in_place(
    browser: Browser, platform: LocalPlatform
) -> None:
    inbox, desk, troubles = FakeInbox(), FakeDesk(), list[str]()
    desk.reply = Reply("Which?", options=(Option("The first", CommandName.REPORT, "1"),))
    async with served(outer(platform)) as address, running(platform, inbox, desk):
        ayesha = await opened(browser, address, "ayesha", troubles)
        bilal = await opened(browser, address, "bilal", troubles)
        composer = ayesha.get_by_label("Your message")
        await composer.fill("/")
        await expect(ayesha.get_by_role("group", name="Commands").get_by_role("button")).to_have_count(6)
        await composer.press_sequentially("pri")
        await composer.press("ArrowDown")
        await ayesha.keyboard.press("Enter")
        await expect(composer).to_have_value("/privacy ")
        await expect(composer).to_be_focused()
        await composer.press("Enter")
        note = ayesha.locator("#messages > .note")
        await expect(note).to_contain_text("Which?")
        desk.reply = Reply("Thank you.")
        await note.get_by_role("button", name="The first").click()
        await expect(note).to_contain_text("Thank you.")
        await expect(note).to_have_count(1)
        await note.get_by_text("Close").click()
        await expect(note).to_have_count(0)
        await expect(bilal.locator("#messages > li")).to_have_count(0)
    assert [(command.name, command.arguments) for command in desk.commands] == [
        (CommandName.PRIVACY, ""),
        (CommandName.REPORT, "1"),
    ]
    assert inbox.events == []
    assert troubles == []


async def test_a_card_changes_in_place_and_keeps_its_readers_focus(
    browser: Browser, platform: LocalPlatform
) -> None:
    troubles, desk = list[str](), FakeDesk()
    choices = ((CardChoice.ACKNOWLEDGE, "I take it"), (CardChoice.LEAK, "Leak"))
    where = ChatRef("local", "moderators")
    card = Card("k1", where, 7, None, 1, Severity.HIGH, "Case 7", "Body", "/cases/7", "", choices)
    async with served(outer(platform)) as address, running(platform, FakeInbox(), desk):
        page = await opened(browser, address, "sana", troubles)
        await page.goto(f"{address}/chat/as/sana/rooms/moderators")
        await platform.escalate(card)
        shown = page.locator(".card")
        await shown.get_by_role("button", name="I take it").click()
        await expect(page.locator(".card + .note")).to_contain_text("Noted.")
        later = replace(card, key="k2", revision=2, body="Taken by Sana", choices=choices[1:], news="News")
        await platform.escalate(later)
        await expect(shown).to_have_count(1)
        await expect(shown).to_contain_text("Taken by Sana")
        await expect(shown.locator(".news")).to_contain_text("News")
        await expect(shown.get_by_role("button", name="I take it")).to_have_count(0)
        await expect(shown).to_be_focused()
        await platform.escalate(replace(later, key="k3", revision=3, choices=()))
        await expect(shown.get_by_role("button")).to_have_count(0)
    assert [press.choice for press in desk.presses] == [CardChoice.ACKNOWLEDGE]
    assert troubles == []


async def test_a_notice_in_a_reply_thanks_in_its_place(browser: Browser, platform: LocalPlatform) -> None:
    inbox, desk, troubles = FakeInbox(), FakeDesk(), list[str]()
    async with served(outer(platform)) as address, running(platform, inbox, desk):
        page = await opened(browser, address, "ayesha", troubles)
        await page.get_by_label("Your message").fill("hello")
        await page.keyboard.press("Enter")
        (posted,) = await inbox.has(1)
        assert isinstance(posted, Message)
        choices = ((Choice.DISPUTE, "This is wrong"), (Choice.AUTHORISED, "I am authorised"))
        one = Notice("n", posted.ref, posted.author, "Case 1", "Found: a label", "P", choices)
        desk.reply = Reply("Yours", notices=(one, replace(one, key="m", title="Case 2")))
        await page.get_by_label("Your message").fill("/mycases")
        await page.keyboard.press("Enter")
        first, second = page.locator(".note .notice").first, page.locator(".note .notice").last
        await first.get_by_role("button", name="This is wrong").click()
        await expect(first).to_contain_text("A moderator will look at it")
        await expect(first.get_by_role("button")).to_have_count(0)
        await expect(first).to_contain_text("Case 1")
        await expect(second.get_by_role("button", name="This is wrong")).to_be_visible()
        answer = (await inbox.has(2))[1]
        assert isinstance(answer, Answer)
        assert (answer.ref, answer.choice) == (posted.ref, Choice.DISPUTE)
    assert troubles == []


async def test_a_message_is_answered_and_reported_from_its_own_buttons(
    browser: Browser, platform: LocalPlatform
) -> None:
    inbox, desk, troubles = FakeInbox(), FakeDesk(), list[str]()
    async with served(outer(platform)) as address, running(platform, inbox, desk):
        page = await opened(browser, address, "ayesha", troubles)
        first = Message(translate.ref("budget", "m1"), Person("bilal", "Bilal Ahmed"), "shall we?")
        await platform.play(first)
        entry = page.locator(".entry").first
        await entry.get_by_role("button", name="Reply").click()
        await expect(page.get_by_text("Bilal Ahmed: shall we?")).to_be_visible()
        await page.keyboard.type("yes")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("link", name="Bilal Ahmed: shall we?")).to_be_visible()
        await expect(page.get_by_text("In reply to")).to_be_hidden()
        await entry.get_by_role("button", name="Report").click()
        await expect(page.locator(".entry + .note")).to_contain_text("Noted.")
        (report,) = desk.commands
        assert report.message
        assert report.message.ref == first.ref
        reply = (await inbox.has(2))[1]
        assert isinstance(reply, Message)
        assert reply.reply_to == "m1"
    assert troubles == []
