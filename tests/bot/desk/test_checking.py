import asyncio
from collections.abc import Sequence
from dataclasses import replace
from threading import Event

import pytest

from bot.model import Attachment, CommandName, Person
from detectors.finding import Part, Scan
from tests.bot.builders import RULES, WORDS, message
from tests.bot.desk.commands import asked, in_the_office
from tests.bot.house import House
from tests.fakes.detectors import FakeDetectors, Word


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("lunch at one?", "found nothing", id="nothing in it"),
        pytest.param("CONFIDENTIAL plans", "Better not post this where anybody may read it", id="a label"),
        pytest.param("0300-1234567", "only make a note of it", id="a mere detail"),
        pytest.param("UNREADABLE", "Not everything could be read (text: timed out)", id="not read"),
        pytest.param("", "Send the text or the file", id="nothing was given"),
    ],
)
async def test_a_text_is_judged_before_it_is_posted(house: House, text: str, said: str) -> None:
    reply = await house.desk.command(asked(CommandName.CHECK, text))
    assert said in reply.text
    assert "plans" not in reply.text


async def test_a_check_leaves_no_trace(house: House) -> None:
    await house.desk.command(in_the_office(CommandName.CHECK, "SECRET plans"))
    assert house.store.inbox.counts() == {"waiting": 0, "finished": 0, "aside": 0}
    assert house.store.cases.list() == []
    assert house.store.audit.entries() == []
    assert house.store.runs.kept() == []


async def test_a_check_is_for_the_chat_in_which_it_is_asked(house: House) -> None:
    reply = await house.desk.command(in_the_office(CommandName.CHECK, "SECRET"))
    assert "in Office" in reply.text


async def test_a_file_is_checked(house: House) -> None:
    file = Attachment("minutes.txt", "text/plain", b"CONFIDENTIAL\nplans")
    reply = await house.desk.command(asked(CommandName.CHECK, files=(file,)))
    assert "Better not post this" in reply.text


async def test_a_file_that_was_not_downloaded_is_never_called_clean(house: House) -> None:
    file = Attachment("big.zip", missing="larger than 20 MB")
    reply = await house.desk.command(asked(CommandName.CHECK, files=(file,)))
    assert "larger than 20 MB" in reply.text
    assert "found nothing" not in reply.text


async def test_what_was_found_in_a_file_is_told_with_its_place(house: House) -> None:
    files = (
        Attachment("minutes.txt", "text/plain", b"CONFIDENTIAL"),
        Attachment("b.zip", missing="too large"),
    )
    reply = await house.desk.command(asked(CommandName.CHECK, files=files))
    assert "Seen in it: a label (attachment 1)." in reply.text
    assert "Not everything could be read (attachment 2: too large)" in reply.text


async def test_files_on_trial_are_read_one_after_the_other(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once, most, gate = 0, 0, Event()

    def scan(parts: Sequence[Part]) -> Scan:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        gate.wait(10)
        at_once -= 1
        return Scan()

    monkeypatch.setattr(house.detectors, "scan", scan)
    file = (Attachment("a.txt", content=b"lunch at one?"),)
    people = [Person(name) for name in ("amina", "bilal")]
    checks = [
        asyncio.ensure_future(house.desk.command(asked(CommandName.CHECK, files=file, by=one)))
        for one in people
    ]
    await asyncio.sleep(0)
    again = await house.desk.command(asked(CommandName.CHECK, files=file, by=people[0]))
    assert again.text == WORDS.text("en", "check-busy")
    gate.set()
    assert all("found nothing" in reply.text for reply in await asyncio.gather(*checks))
    assert most == 1
    after = await house.desk.command(asked(CommandName.CHECK, files=file, by=people[0]))
    assert "found nothing" in after.text


async def test_the_message_that_a_check_answers_is_what_is_checked(house: House) -> None:
    reply = await house.desk.command(asked(CommandName.CHECK, message=message("CONFIDENTIAL")))
    assert "Better not post this" in reply.text


async def test_a_detector_that_breaks_is_told(house: House) -> None:
    house.detectors.breaks = True
    reply = await house.desk.command(asked(CommandName.CHECK, "SECRET"))
    assert reply.text == WORDS.text("en", "check-failed")


async def test_a_check_asks_the_detectors_that_are_in_force(house: House) -> None:
    house.in_force.replace(replace(RULES, detectors=FakeDetectors({"nightjar": Word("PK_CNIC")})))
    assert "Better not post this" in (await house.desk.command(asked(CommandName.CHECK, "nightjar"))).text
