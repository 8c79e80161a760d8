from dataclasses import replace

import pytest

from bot.model import Action, Person, Severity
from bot.names import shown
from tests.bot.builders import REF, RULES, finding, message
from tests.bot.house import House
from tests.fakes.detectors import FakeDetectors, Word

SPEAKING = Person("eve", "Eve 35202-1234567-1")


async def test_what_a_name_gives_away_is_told_once_and_shown_to_nobody(house: House) -> None:
    for number in range(3):
        await house.happens(replace(message("hello", id=str(number)), author=SPEAKING))
    assert len(house.platform.warned) == 1
    assert house.platform.warned[0].author == Person("eve", "Eve •••••-•••••••-•")
    recorded = house.store.decisions.latest(replace(REF, id="0"))
    assert recorded
    assert recorded.author.name == "Eve •••••-•••••••-•"
    assert [one.part for one in recorded.evidence.findings] == ["display_name"]


async def test_a_card_shows_a_name_masked_though_it_was_told_of_before(house: House) -> None:
    await house.happens(replace(message("hello"), author=SPEAKING))
    await house.happens(replace(message("CONFIDENTIAL", id="m2"), author=SPEAKING))
    assert "35202" not in str(house.platform.cards)
    assert "35202" not in str(house.store.cases.list())


async def test_a_message_is_not_removed_for_its_author_s_name(house: House) -> None:
    await house.happens(replace(message("hello"), author=Person("eve", "SECRET")))
    recorded = house.store.decisions.latest(REF)
    assert recorded
    assert recorded.decision.severity == Severity.CRITICAL
    acts = {entry.planned.action for entry in house.store.outbox.of_message(REF)}
    assert acts == {Action.WARN, Action.ESCALATE}


@pytest.mark.parametrize("name", ["", "  ", "Amina Raza"])
async def test_an_ordinary_name_is_nothing(house: House, name: str) -> None:
    await house.happens(replace(message("hello"), author=Person("eve", name)))
    assert house.store.decisions.latest(REF) is None


def test_only_what_was_found_is_masked_in_a_name() -> None:
    assert shown(Person("1", "SECRET Amina"), (finding(),)).name == "•••••• Amina"


async def test_a_name_is_looked_at_again_by_new_detectors(house: House) -> None:
    await house.happens(replace(message("hello", id="m1"), author=Person("eve", "Nightjar")))
    nightjar = FakeDetectors({"Nightjar": Word("PK_CNIC")})
    house.in_force.replace(replace(RULES, detectors=nightjar))
    await house.happens(replace(message("hello", id="m2"), author=Person("eve", "Nightjar")))
    assert len(house.platform.warned) == 1
