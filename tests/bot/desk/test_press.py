from dataclasses import replace

import pytest

from bot.model import Action, CardChoice, ChatRef, Moderators, Outcome, Person, Press, Status
from bot.ports import Store
from tests.bot.builders import MODERATORS, REF, WORDS, chat, message
from tests.bot.desk.commands import MODERATOR
from tests.bot.house import House, build_house
from tests.fakes.clock import START

ABOVE = ChatRef("fake", "secretaries")


def press(
    choice: CardChoice, *, by: Person = MODERATOR, at: ChatRef = MODERATORS.chat, **more: bool
) -> Press:
    return Press(f"{choice} {by.id} {at.id}", 1, at, START, by, choice, **more)


async def pressed(house: House, what: Press) -> str:
    reply = await house.desk.press(what)
    await house.pipeline.settle()
    await house.delivery.settle()
    return reply.text


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [
        (CardChoice.LEAK, Outcome.LEAK),
        (CardChoice.FALSE_ALARM, Outcome.FALSE_ALARM),
        (CardChoice.AUTHORISED, Outcome.AUTHORISED),
    ],
)
async def test_a_press_closes_the_case_and_the_card_shows_it(
    house: House, choice: CardChoice, outcome: Outcome
) -> None:
    await house.happens(message("CONFIDENTIAL"))
    assert "Noted" in await pressed(house, press(choice))
    case = house.store.cases.get(1)
    assert case
    assert (case.status, case.outcome, case.owner) == (Status.CLOSED, outcome, "Mona Khan")
    card = house.platform.shown[1]
    assert card.choices == ()
    assert WORDS.text("en", f"outcome-{outcome}") in card.body


async def test_a_press_takes_the_case_and_another_removes_the_message(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    await pressed(house, press(CardChoice.ACKNOWLEDGE))
    assert "Taken by Mona Khan." in house.platform.shown[1].body
    await pressed(house, press(CardChoice.REMOVE))
    assert house.platform.removed == {REF}
    card = house.platform.shown[1]
    assert "The message is removed." in card.body
    assert CardChoice.REMOVE not in dict(card.choices)


@pytest.mark.parametrize(
    "refused",
    [
        press(CardChoice.LEAK, is_member=False),
        press(CardChoice.LEAK, at=REF.chat_ref),
        press(CardChoice.LEAK, at=ABOVE),
    ],
    ids=["no member", "in the chat itself", "in a chat that the case was not passed to"],
)
async def test_a_press_by_another_is_refused_and_put_on_record(house: House, refused: Press) -> None:
    await house.happens(message("CONFIDENTIAL"))
    assert await pressed(house, refused) == WORDS.text("en", "press-refused")
    case = house.store.cases.get(1)
    assert case
    assert case.status == Status.OPEN
    assert "press refused" in [entry.act for entry in house.store.audit.entries()]


async def test_where_people_are_named_only_they_may_press(store: Store) -> None:
    house = build_house(store, replace(chat(), moderators=Moderators(MODERATORS.chat, frozenset({"mona"}))))
    await house.happens(message("CONFIDENTIAL"))
    assert "Only the moderators" in await pressed(house, press(CardChoice.LEAK, by=Person("eve", "Eve")))
    assert "Noted" in await pressed(house, press(CardChoice.LEAK))


async def test_a_case_is_passed_up_and_shown_to_both(store: Store) -> None:
    house = build_house(store, replace(chat(), moderators=replace(MODERATORS, above=Moderators(ABOVE))))
    await house.happens(message("CONFIDENTIAL"))
    await pressed(house, press(CardChoice.ACKNOWLEDGE))
    await pressed(house, press(CardChoice.PASS_UP))
    case = house.store.cases.get(1)
    assert case
    assert (case.tier, case.status, case.owner) == (1, Status.OPEN, "")
    assert {card.moderators for card in house.platform.cards} == {MODERATORS.chat, ABOVE}
    told = [card.moderators for card in house.platform.cards if "passed this case up" in card.news]
    assert told == [ABOVE]
    assert "Noted" in await pressed(house, press(CardChoice.LEAK, by=Person("sec"), at=ABOVE))


async def test_without_anybody_above_nothing_can_be_passed_up(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    assert CardChoice.PASS_UP not in dict(house.platform.shown[1].choices)
    await pressed(house, press(CardChoice.PASS_UP))
    case = house.store.cases.get(1)
    assert case
    assert case.tier == 0


async def test_a_press_on_a_case_that_is_not_there_is_told(house: House) -> None:
    assert await pressed(house, press(CardChoice.LEAK)) == WORDS.text("en", "press-no-case")


async def test_the_same_press_twice_is_one(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    for _ in range(2):
        await pressed(house, press(CardChoice.REMOVE))
    removals = [one for one in house.store.outbox.of_message(REF) if one.planned.action == Action.REMOVE]
    assert len(removals) == 1
