from dataclasses import replace

import pytest

from bot.model import Action, Attachment, CardChoice, Choice, Mode, Outcome, PlannedAction, Press
from bot.ports import Store
from tests.bot.builders import AUTHOR, MODERATORS, REF, WORDS, chat, message
from tests.bot.desk.commands import MODERATOR
from tests.bot.house import House, build_house
from tests.fakes.clock import START
from tests.fakes.store import FakeStore


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


async def test_files_that_are_left_out_are_told_of(store: Store) -> None:
    house = build_house(store, replace(chat(), redacts_personal=True))
    file = Attachment("lunch.txt", content=b"dal")
    await house.happens(replace(message("35202-1234567-1"), attachments=(file,)))
    assert house.platform.posted[0].note == WORDS.text("en", "posting-redacted-files")


async def test_a_held_message_comes_back_with_its_files(store: Store) -> None:
    house = held(store)
    kept, lost = Attachment("a.txt", content=b"SECRET"), Attachment("b.zip", missing="too large")
    await house.happens(replace(message("SECRET"), attachments=(kept, lost)))
    house.cases.close(1, Outcome.AUTHORISED, "mona")
    await house.delivery.settle()
    [posting] = house.platform.posted
    assert posting.attachments == (kept,)
    assert posting.note == WORDS.text("en", "posting-released-in-part")


async def test_an_author_is_told_how_his_message_is_taken_off_and_is_not_asked_to_remove_it(
    store: Store,
) -> None:
    house = held(store)
    await house.happens(message("SECRET plans"))
    [notice] = house.platform.warned
    assert WORDS.text("en", "warning-hold") in notice.body
    assert [choice for choice, _ in notice.choices] == [Choice.AUTHORISED, Choice.DISPUTE]


async def test_the_card_shows_what_became_of_a_held_message(store: Store) -> None:
    for outcome, key in ((Outcome.LEAK, "card-removed"), (Outcome.FALSE_ALARM, "card-released")):
        house = build_house(FakeStore(), replace(chat(), critical=Action.HOLD))
        await house.happens(message("SECRET plans"))
        house.cases.close(1, outcome, "mona")
        await house.delivery.settle()
        body = house.platform.shown[1].body
        assert WORDS.text("en", key) in body
        assert WORDS.text("en", "card-held") not in body


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
