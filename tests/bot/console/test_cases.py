import re
from dataclasses import replace

import httpx
import pytest

from bot.mask import masked_findings
from bot.model import Evidence, MaskedFinding, Outcome, Status
from detectors.finding import Box, Line, Part, Span
from tests.bot.builders import REF, finding, message, recorded
from tests.bot.house import House


def form_token(page: str) -> str:
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


async def press(client: httpx.AsyncClient, what: str, number: int = 1) -> httpx.Response:
    page = await client.get(f"/cases/{number}")
    return await client.post(f"/cases/{number}/{what}", data={"form_token": form_token(page.text)})


async def test_an_empty_list_says_so(moderator: httpx.AsyncClient) -> None:
    assert "Nothing waits for you" in (await moderator.get("/")).text


async def test_cases_are_listed_newest_first_and_masked(moderator: httpx.AsyncClient, house: House) -> None:
    await house.happens(message("SECRET plans", id="1"))
    house.clock.pass_by(minutes=1)
    await house.happens(message("CONFIDENTIAL plans", id="2"))
    page = (await moderator.get("/")).text
    assert page.index("Case 2") < page.index("Case 1")
    assert "plans" not in page
    assert "•••••• •••••" in page


async def test_a_case_shows_evidence_findings_rule_and_provision_masked(
    moderator: httpx.AsyncClient, house: House
) -> None:
    await house.happens(message("SECRET plans"))
    page = (await moderator.get("/cases/1")).text
    assert "plans" not in page
    for word in (
        "CLASSIFICATION_LABEL",
        "a classification label",
        "<code>label</code>",
        "does not pass official documents",
        "0.90",
    ):
        assert word in page


async def test_a_page_is_drawn_with_the_place_marked_and_told_in_words(
    moderator: httpx.AsyncClient, house: House
) -> None:
    name, box = "attachment 1 / page 3", Box(0.25, 0.5, 0.75, 0.6)
    found = masked_findings([Part(name, "SECRET", lines=(Line(Span(0, 6), box),))], [finding(part=name)])
    house.store.cases.open(replace(recorded(), evidence=Evidence("", found)))
    page = (await moderator.get("/cases/1")).text
    assert (
        'role="img" aria-label="A page, with a place marked on it: attachment 1, page 3, in the middle"'
        in page
    )
    assert 'class="mark" x="25.0" y="70.5" width="50.0" height="14.1"' in page


async def test_text_without_a_page_is_drawn_nowhere(moderator: httpx.AsyncClient, house: House) -> None:
    await house.happens(message("SECRET plans"))
    assert "<svg" not in (await moderator.get("/cases/1")).text


async def test_a_case_links_to_those_with_the_same_file_and_with_a_picture_like_its_own(
    moderator: httpx.AsyncClient, house: House
) -> None:
    alike = MaskedFinding("KNOWN_PICTURE", "attachment 2", 0, 0, 0.9, "KnownPictures", "", (("case", 8),))
    seen = Evidence(findings=(alike,), known=(("attachment 1", 7),))
    number = house.store.cases.open(replace(recorded(), evidence=seen)).number
    page = (await moderator.get(f"/cases/{number}")).text
    assert 'attachment 1: the same file as in <a href="/cases/7">case 7</a>' in page
    assert '<b>case</b> <a href="/cases/8">8</a>' in page


@pytest.mark.parametrize(
    ("what", "status", "outcome"),
    [
        ("acknowledge", Status.ACKNOWLEDGED, None),
        ("leak", Status.CLOSED, Outcome.LEAK),
        ("false-alarm", Status.CLOSED, Outcome.FALSE_ALARM),
        ("authorised", Status.CLOSED, Outcome.AUTHORISED),
    ],
)
async def test_the_buttons(
    moderator: httpx.AsyncClient, house: House, what: str, status: Status, outcome: Outcome | None
) -> None:
    await house.happens(message("CONFIDENTIAL"))
    answer = await press(moderator, what)
    assert (answer.status_code, answer.headers["location"]) == (303, "/cases/1")
    case = house.store.cases.get(1)
    assert case
    assert (case.status, case.outcome, case.owner) == (status, outcome, "moderator")


async def test_the_remove_button_takes_the_message_off_the_chat(
    moderator: httpx.AsyncClient, house: House
) -> None:
    await house.happens(message("CONFIDENTIAL"))
    await press(moderator, "remove")
    assert "Being removed" in (await moderator.get("/cases/1")).text
    await house.delivery.settle()
    assert house.platform.removed == {REF}
    assert "Removed" in (await moderator.get("/cases/1")).text


async def test_a_button_pressed_from_another_page_is_refused(
    moderator: httpx.AsyncClient, house: House
) -> None:
    await house.happens(message("CONFIDENTIAL"))
    for data in ({}, {"form_token": "0" * 64}, {"form_token": "é"}):
        assert (await moderator.post("/cases/1/leak", data=data)).status_code == 403
    case = house.store.cases.get(1)
    assert case
    assert case.status == Status.OPEN


@pytest.mark.parametrize(
    "path", ["/cases/99", "/cases/x", "/cases/99999999999999999999", "/?view=strange", "/nowhere"]
)
async def test_what_is_not_there_is_said_in_words(moderator: httpx.AsyncClient, path: str) -> None:
    answer = await moderator.get(path)
    assert answer.status_code == 404
    assert "<h1>" in answer.text


async def test_an_unknown_button_is_refused(moderator: httpx.AsyncClient, house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    assert (await press(moderator, "explode")).status_code == 404


async def test_what_could_not_be_read_is_shown_on_every_page(
    moderator: httpx.AsyncClient, house: House
) -> None:
    house.store.inbox.add("strange", b"not a seal", house.clock.now())
    await house.pipeline.settle()
    assert "could not be read" in (await moderator.get("/")).text


async def test_names_from_a_platform_can_not_inject_anything(
    moderator: httpx.AsyncClient, house: House
) -> None:
    from dataclasses import replace

    from bot.model import Person

    posted = replace(message("CONFIDENTIAL"), author=Person("x", "<script>alert(1)</script>"))
    await house.happens(posted)
    for path in ("/", "/cases/1"):
        assert "<script>alert" not in (await moderator.get(path)).text
