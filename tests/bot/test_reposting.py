from dataclasses import replace

import pytest

from bot.model import Action, Attachment, CardChoice, Mode, Outcome, PlannedAction, Press
from bot.ports import Store
from tests.bot.builders import AUTHOR, MODERATORS, REF, WORDS, chat, message
from tests.bot.desk.commands import MODERATOR
from tests.bot.house import House, build_house
from tests.fakes.clock import START


def held(store: Store) -> House:
    return build_house(store, replace(chat(), critical=Action.HOLD))


async def test_personal_data_is_masked_and_the_rest_posted_again_in_the_author_s_name(store: Store) -> None:
    house = build_house(store, replace(chat(), redacts_personal=True))
    await house.happens(message("call me\nmy number is 35202-1234567-1, thanks"))
    assert house.platform.removed == {REF}
    [posting] = house.platform.posted
    assert posting.author == AUTHOR
    assert posting.text == "call me\nmy number is •••••-•••••••-•, thanks"
    assert posting.note == WORDS.text("en", "posting-redacted")


async def test_of_a_marked_message_nothing_is_posted_that_could_tell(store: Store) -> None:
    house = build_house(store, replace(chat(), critical=Action.REDACT))
    await house.happens(message("SECRET plans"))
    [posting] = house.platform.posted
    assert posting.text == "•••••• •••••"


async def test_a_message_without_text_is_only_removed(store: Store) -> None:
    house = build_house(store, replace(chat(), critical=Action.REDACT))
    await house.happens(replace(message(""), attachments=(Attachment("a.txt", content=b"SECRET"),)))
    assert house.platform.removed == {REF}
    assert house.platform.posted == []


async def test_what_a_chat_only_observes_is_not_touched(store: Store) -> None:
    house = build_house(store, replace(chat(Mode.OBSERVE), redacts_personal=True, critical=Action.HOLD))
    await house.happens(message("35202-1234567-1"), message("SECRET", id="m2"))
    assert (house.platform.removed, house.platform.posted) == (set(), [])


@pytest.mark.parametrize("choice", [CardChoice.FALSE_ALARM, CardChoice.AUTHORISED])
async def test_a_held_message_comes_back_whole_when_it_may(store: Store, choice: CardChoice) -> None:
    house = held(store)
    await house.happens(message("SECRET plans"))
    assert house.platform.removed == {REF}
    assert "The message is held back" in house.platform.shown[1].body
    await house.happens(Press("1", 1, MODERATORS.chat, START, MODERATOR, choice))
    [posting] = house.platform.posted
    assert (posting.text, posting.author) == ("SECRET plans", AUTHOR)
    assert posting.note == WORDS.text("en", "posting-released")


async def test_a_held_leak_stays_away(store: Store) -> None:
    house = held(store)
    await house.happens(message("SECRET plans"))
    house.cases.close(1, Outcome.LEAK, "mona")
    await house.delivery.settle()
    assert house.platform.posted == []


async def test_nothing_of_a_message_lies_open_in_the_outbox(store: Store) -> None:
    house = held(store)
    await house.happens(message("SECRET plans"))
    house.cases.close(1, Outcome.FALSE_ALARM, "mona")
    await house.delivery.settle()
    assert "plans" not in str([entry.planned for entry in store.outbox.of_message(REF)])


async def test_what_was_never_kept_is_not_made_up(store: Store) -> None:
    house = held(store)
    store.outbox.plan(PlannedAction("r", Action.RELEASE, REF, live=True), START)
    await house.delivery.settle()
    [entry] = store.outbox.of_message(REF)
    assert "nothing of it was kept" in entry.result
