"""The whole way of a message, as the three kinds of people who use Raazdar see it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Demo, Screens

pytestmark = pytest.mark.timeout(120)

CNIC = "Please add me to the roster, my CNIC is 35202-1234567-1"
LEAK = "TOP SECRET\n\nSummary of the meeting on troop movements"
NOTICE = "Please look at this message again"


def say(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def messages(page: Page) -> Locator:
    return page.get_by_role("list", name="Messages")


def sign_in(page: Page, password: str) -> None:
    page.get_by_label("Name").fill("moderator")
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Cases")).to_be_visible()


def test_from_the_leak_to_the_resolved_case(demo: Demo, screens: Screens) -> None:
    amina = screens.open(f"{demo.url}/chat/as/amina/rooms/budget-wing")
    bilal = screens.open(f"{demo.url}/chat/as/bilal/rooms/budget-wing")
    moderator = screens.open(demo.url)
    sign_in(moderator, demo.password)
    expect(moderator.get_by_text("Nothing waits for you")).to_be_visible()

    say(amina, "Good morning")
    expect(messages(bilal).get_by_text("Good morning")).to_be_visible()

    say(amina, LEAK)
    expect(amina.get_by_role("heading", name=NOTICE)).to_be_visible()
    expect(messages(bilal).get_by_text("Removed by Raazdar")).to_be_visible()
    expect(messages(bilal).get_by_text("troop movements")).not_to_be_attached()
    assert NOTICE not in bilal.content()

    case = moderator.get_by_role("link", name="Case 1")
    expect(case).to_be_visible()
    assert "troop" not in moderator.content()
    case.click()
    expect(moderator.get_by_text("it carries the marking TOP SECRET").first).to_be_visible()
    moderator.get_by_role("button", name="Acknowledge").click()
    expect(moderator.get_by_role("button", name="Acknowledge")).to_be_disabled()
    moderator.get_by_role("button", name="Leak").click()
    expect(moderator.get_by_text("closed the case as leak")).to_be_visible()
    moderator.get_by_role("link", name="All open cases").click()
    expect(moderator.get_by_text("Nothing waits for you")).to_be_visible()


def test_an_author_disputes_and_the_moderator_sees_it(demo: Demo, screens: Screens) -> None:
    amina = screens.open(f"{demo.url}/chat/as/amina/rooms/budget-wing")
    say(amina, CNIC)
    amina.get_by_role("button", name="This is wrong").click()
    moderator = screens.open(demo.url)
    sign_in(moderator, demo.password)
    moderator.get_by_role("link", name="Case 1").click()
    expect(moderator.get_by_text("disputes the warning", exact=True)).to_be_visible()
    moderator.get_by_role("button", name="False alarm").click()
    expect(amina.get_by_role("heading", name="A moderator looked at this message")).to_be_visible()
    expect(amina.get_by_role("button", name="This is wrong")).to_be_hidden()


def test_an_author_mends_his_message_and_is_thanked(demo: Demo, screens: Screens) -> None:
    amina = screens.open(f"{demo.url}/chat/as/amina/rooms/budget-wing")
    say(amina, CNIC)
    expect(amina.get_by_role("heading", name=NOTICE)).to_be_visible()
    mine = amina.locator(".mine")
    mine.get_by_text("Edit", exact=True).click()
    mine.get_by_label("The new text").fill("Please add me to the roster")
    mine.get_by_role("button", name="Save").click()
    expect(amina.get_by_role("heading", name="Thank you, this is in order now")).to_be_visible()
    expect(amina.get_by_role("heading", name=NOTICE)).to_be_hidden()


def test_an_author_removes_his_message_himself(demo: Demo, screens: Screens) -> None:
    amina = screens.open(f"{demo.url}/chat/as/amina/rooms/budget-wing")
    bilal = screens.open(f"{demo.url}/chat/as/bilal/rooms/budget-wing")
    say(amina, CNIC)
    expect(messages(bilal).get_by_text("35202-1234567-1")).to_be_visible()
    amina.get_by_role("button", name="Remove the message").click()
    expect(messages(bilal).get_by_text("35202-1234567-1")).not_to_be_attached()


def test_the_console_works_without_a_mouse_and_without_scripts(demo: Demo, screens: Screens) -> None:
    amina = screens.open(f"{demo.url}/chat/as/amina/rooms/budget-wing")
    say(amina, LEAK)
    expect(amina.get_by_role("heading", name=NOTICE)).to_be_visible()
    page = screens.browser.new_context(java_script_enabled=False).new_page()
    page.goto(demo.url)
    page.get_by_label("Password").focus()
    page.keyboard.type(demo.password)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Case 1").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="False alarm").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("closed the case as false alarm")).to_be_visible()


def test_a_wrong_password_is_told_in_words(demo: Demo, screens: Screens) -> None:
    page = screens.browser.new_context().new_page()
    page.goto(demo.url)
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not go together")


def test_a_text_is_checked_before_it_is_posted(demo: Demo, screens: Screens) -> None:
    amina = screens.open(f"{demo.url}/chat/as/amina/rooms/budget-wing")
    bilal = screens.open(f"{demo.url}/chat/as/bilal/rooms/budget-wing")
    say(amina, f"/check {LEAK}")
    note = amina.locator(".note")
    expect(note).to_contain_text("Better not post this in Budget wing")
    say(amina, "Good morning")
    expect(messages(bilal).get_by_text("Good morning")).to_be_visible()
    assert "troop" not in messages(bilal).inner_text()
    amina.reload()
    expect(amina.locator(".mine .text")).to_have_text("Good morning")
    expect(note).to_have_count(0)
    expect(messages(amina).get_by_text("Removed by Raazdar")).to_have_count(0)


def test_only_a_moderator_presses_the_buttons_of_a_card(demo: Demo, screens: Screens) -> None:
    amina = screens.open(f"{demo.url}/chat/as/amina/rooms/budget-wing")
    daud = screens.open(f"{demo.url}/chat/as/daud/rooms/moderators")
    nadia = screens.open(f"{demo.url}/chat/as/nadia/rooms/moderators")
    say(amina, LEAK)
    card = nadia.get_by_role("listitem").filter(has=nadia.get_by_role("heading", name="Case 1"))
    expect(card).to_contain_text("critical")
    expect(card).to_contain_text("Nobody has taken it yet.")

    daud.get_by_role("button", name="I take it").click()
    expect(daud.locator(".note")).to_contain_text("Only the moderators of this chat can do that.")
    expect(card).to_contain_text("Nobody has taken it yet.")

    card.get_by_role("button", name="I take it").click()
    expect(nadia.locator(".note")).to_contain_text("Noted: I take it, case 1.")
    expect(card).to_contain_text("Taken by Nadia Khan.")
    expect(card.get_by_role("button", name="I take it")).to_be_hidden()
    card.get_by_role("button", name="False alarm").click()
    expect(card).to_contain_text("Closed as false alarm by Nadia Khan.")
    expect(daud.locator(".card")).to_contain_text("Closed as false alarm by Nadia Khan.")
    expect(nadia.locator(".card")).to_have_count(1)
    expect(amina.get_by_role("heading", name="A moderator looked at this message")).to_be_visible()
