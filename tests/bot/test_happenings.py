from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import ChatRef, Gap, Joined, Mode, ModeChange, Person
from bot.ports import Store
from tests.bot.builders import MODERATORS, REF, WORDS, chat
from tests.bot.house import House, build_house
from tests.fakes.clock import START

OFFICE = REF.chat_ref


async def test_on_joining_the_bot_says_what_it_is_what_it_keeps_and_who_set_it_up(house: House) -> None:
    await house.happens(Joined(OFFICE, "Office", START))
    [said] = house.platform.announced
    assert said.chat == OFFICE
    for words in ("I am Raazdar", "sealed", "IT Wing", WORDS.text("en", "greeting-enforce")):
        assert words in said.text


async def test_a_chat_that_nobody_told_of_is_told_so(house: House) -> None:
    await house.happens(Joined(ChatRef("fake", "elsewhere"), "Elsewhere", START))
    [said] = house.platform.announced
    assert WORDS.text("en", "greeting-unknown") in said.text
    assert WORDS.text("en", "greeting-observe") in said.text


async def test_the_greeting_is_in_the_chat_s_language(store: Store) -> None:
    house = build_house(store, replace(chat(), language="ur"))
    await house.happens(Joined(OFFICE, "Office", START))
    assert WORDS.text("ur", "greeting-enforce") in house.platform.announced[0].text


async def test_what_was_not_seen_is_kept_and_told_to_moderators(house: House) -> None:
    gap = Gap(OFFICE, START, "57", "the numbers jump", 3)
    await house.happens(gap, gap)
    assert list(house.store.gaps.list(9)) == [gap]
    [said] = house.platform.announced
    assert said.chat == MODERATORS.chat
    assert "at most 3" in said.text


@pytest.mark.parametrize(
    ("minutes", "missing", "told"),
    [
        pytest.param((0, 59), (3, 3), 1, id="no larger, and soon after"),
        pytest.param((0, 61), (3, 3), 2, id="later"),
        pytest.param((0, 5), (1, 40), 2, id="a small one hides no large one"),
        pytest.param((0, 5), (40, None), 2, id="nor one of which nobody knows how large it is"),
        pytest.param((0, 50, 100), (1, 1, 1), 2, id="what was not told makes nothing quiet"),
    ],
)
async def test_moderators_hear_of_a_chat_s_smaller_gaps_once_an_hour(
    house: House, minutes: tuple[int, ...], missing: tuple[int | None, ...], told: int
) -> None:
    for number, (after, size) in enumerate(zip(minutes, missing, strict=True)):
        at = START + timedelta(minutes=after)
        await house.happens(Gap(OFFICE, at, str(number), "the numbers jump.", size))
    assert len(house.platform.announced) == told
    assert len(house.store.gaps.list(9)) == len(minutes)
    assert ".." not in house.platform.announced[0].text


async def test_moderators_are_greeted_as_moderators(house: House) -> None:
    await house.happens(Joined(MODERATORS.chat, "Moderators", START))
    [said] = house.platform.announced
    assert said.text == WORDS.text("en", "greeting-moderators", chats="Office")


async def test_a_chat_without_moderators_is_never_set_to_enforce(store: Store) -> None:
    house = build_house(store, replace(chat(Mode.COACH), moderators=None))
    await house.happens(ModeChange("1", OFFICE, START, Person("mona"), Mode.ENFORCE))
    assert store.modes.get(OFFICE) is None
