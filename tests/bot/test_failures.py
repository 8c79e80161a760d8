import pytest

from bot.errors import PlatformForbidden, PlatformRefused
from bot.model import CardChoice, MessageRef, Outcome, Severity, Status
from tests.bot.builders import REF, message
from tests.bot.house import House

LACK = MessageRef(REF.platform, REF.chat, "may not remove")


async def test_a_right_that_is_missing_is_a_case_of_its_own(house: House) -> None:
    house.platform.failures = [None, PlatformForbidden("Give it Manage Messages.")]
    await house.happens(message("SECRET"))
    case = house.store.cases.of_message(LACK)
    assert case
    assert (case.severity, case.rule, case.why) == (Severity.HIGH, "may-not-act", "Give it Manage Messages.")
    assert "Give it Manage Messages." in house.platform.cards[-1].news
    assert house.platform.shown[case.number].ref is None
    leak = house.store.cases.of_message(REF)
    assert leak
    assert leak.status == Status.OPEN


async def test_a_right_that_is_missed_often_is_one_case(house: House) -> None:
    for number in range(3):
        house.platform.failures = [None, PlatformForbidden("Give it Manage Messages.")]
        await house.happens(message("SECRET", id=str(number)))
        house.platform.failures = []
    own = [case for case in house.store.cases.list() if case.rule == "may-not-act"]
    assert len(own) == 1


async def test_what_was_forbidden_is_done_once_the_permission_is_there(house: House) -> None:
    house.platform.failures = [None, PlatformForbidden("Give it Manage Messages.")]
    await house.happens(message("SECRET"))
    house.clock.pass_by(minutes=5)
    await house.delivery.settle()
    assert house.platform.removed == {REF}


async def test_what_is_put_off_can_be_hurried_from_the_card(house: House) -> None:
    house.platform.failures = [None, PlatformForbidden("Give it Manage Messages.")]
    await house.happens(message("SECRET"))
    assert CardChoice.REMOVE in dict(house.platform.shown[1].choices)
    house.cases.remove(1, "mona")
    await house.delivery.settle()
    assert house.platform.removed == {REF}
    assert CardChoice.REMOVE not in dict(house.platform.shown[1].choices)


async def test_a_card_that_the_moderators_chat_refused_comes_when_it_may(house: House) -> None:
    house.platform.failures = [None, PlatformForbidden("Give it Send Messages.")]
    await house.happens(message("CONFIDENTIAL"))
    assert house.platform.cards == []
    own = house.store.cases.get(2)
    assert own
    assert (own.ref.chat, own.chat_name) == ("moderators", "moderators of Office")
    house.clock.pass_by(minutes=5)
    await house.delivery.settle()
    assert [card.case for card in house.platform.cards] == [1]
    own = house.store.cases.get(2)
    assert own
    assert own.status == Status.CLOSED


async def test_a_card_that_may_not_be_shown_made_the_next_one(house: House) -> None:
    house.platform.failures = [None, *[PlatformForbidden("Add the bot again.")] * 20]
    await house.happens(message("CONFIDENTIAL"))
    cards = [entry for entry in house.store.outbox.of_message(REF) if entry.planned.card]
    assert [entry.state for entry in cards] == ["waiting"]
    assert len(house.platform.failures) == 19


async def test_a_warning_in_private_does_not_show_that_the_bot_may_write_in_the_chat(house: House) -> None:
    house.platform.failures = [PlatformForbidden("Give it the right to write.")]
    await house.happens(message("35202-1234567-1"))
    await house.happens(message("35202-1234567-1", id="m2"))
    case = house.store.cases.of_message(MessageRef(REF.platform, REF.chat, "may not warn"))
    assert case
    assert case.status == Status.OPEN


async def test_a_hint_in_the_chat_is_not_called_a_private_warning(house: House) -> None:
    house.platform.reaches_authors = False
    await house.happens(message("CONFIDENTIAL"))
    what = [event.what for event in house.store.cases.events(1)]
    assert "left the author a hint in the chat that a note waits for him" in what
    assert "warned the author in private" not in what


async def test_what_works_again_closes_its_case(house: House) -> None:
    house.platform.failures = [None, PlatformForbidden("Give it Manage Messages.")]
    await house.happens(message("SECRET"))
    house.platform.failures = []
    house.cases.remove(1, "mona")
    await house.delivery.settle()
    case = house.store.cases.of_message(LACK)
    assert case
    assert (case.status, case.outcome) == (Status.CLOSED, Outcome.CORRECTED)


async def test_a_case_about_no_message_can_not_have_it_removed(house: House) -> None:
    from bot.errors import InputError

    house.platform.failures = [PlatformForbidden("Give it the right to write.")]
    await house.happens(message("35202-1234567-1"))
    [case] = [case for case in house.store.cases.list() if case.rule == "may-not-act"]
    with pytest.raises(InputError, match="no message"):
        house.cases.remove(case.number, "mona")


async def test_an_author_who_reads_no_warnings_is_no_news_beside_his_case(house: House) -> None:
    house.platform.failures = [PlatformRefused("The author is a bot, which reads no warnings.")]
    await house.happens(message("CONFIDENTIAL"))
    assert len(house.platform.cards) == 1
    what = [event.what for event in house.store.cases.events(1)]
    assert "could not warn: The author is a bot, which reads no warnings." in what
