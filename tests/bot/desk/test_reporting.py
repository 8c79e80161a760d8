from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.reporting import _long, _short
from bot.model import CommandName, MessageRef, Person, Severity, Status
from tests.bot.builders import AUTHOR, REF, WORDS, message
from tests.bot.desk.commands import asked, in_the_office
from tests.bot.house import House

OTHER = replace(message("an opinion", id="m2"), author=Person("zed", "Zed"))


async def work(house: House) -> None:
    await house.pipeline.settle()
    await house.delivery.settle()


async def test_a_report_becomes_a_case_that_a_person_decides(house: House) -> None:
    reply = await house.desk.command(in_the_office(CommandName.REPORT, "it hurts", OTHER))
    assert reply.text == WORDS.text("en", "report-which")
    await work(house)
    [case] = house.store.cases.list()
    assert (case.severity, case.rule, case.author.id) == (Severity.MEDIUM, "reported", "zed")
    assert house.store.cases.events(1)[0].what == "reported the message: it hurts"
    assert house.platform.warned == []
    assert "opinion" not in str(case) + str(house.platform.cards)
    assert "Amina Raza" in house.platform.cards[0].news


async def test_the_provision_may_be_named_at_once_or_afterwards(house: House) -> None:
    first = await house.desk.command(in_the_office(CommandName.REPORT, "", OTHER))
    await work(house)
    [option] = first.options
    assert len(option.arguments) <= 40
    elsewhere = Person(AUTHOR.id, "another nickname")
    again = await house.desk.command(asked(option.command, option.arguments, by=elsewhere))
    assert again.text == WORDS.text("en", "report-thanks")
    await work(house)
    [case] = house.store.cases.list()
    assert case.provision == "official-information"
    assert len([card for card in house.platform.cards if card.news]) == 1


async def test_only_who_reported_a_message_names_its_provision(house: House) -> None:
    reply = await house.desk.command(in_the_office(CommandName.REPORT, "", OTHER))
    await work(house)
    stranger = asked(CommandName.REPORT, reply.options[0].arguments, by=Person("eve", "Eve"))
    assert (await house.desk.command(stranger)).text == WORDS.text("en", "report-how")


async def test_the_same_report_twice_is_one(house: House) -> None:
    for _ in range(2):
        await house.desk.command(in_the_office(CommandName.REPORT, "official-information", OTHER))
        await work(house)
    assert len(house.store.cases.events(1)) == 2, "the report, and that moderators were told"


async def test_a_report_of_what_was_closed_opens_it_again(house: House) -> None:
    from bot.model import Outcome

    await house.desk.command(in_the_office(CommandName.REPORT, "1", OTHER))
    await work(house)
    house.cases.close(1, Outcome.FALSE_ALARM, "mona")
    by_another = replace(in_the_office(CommandName.REPORT, "1", OTHER), by=Person("eve", "Eve"))
    await house.desk.command(by_another)
    await work(house)
    case = house.store.cases.get(1)
    assert case
    assert case.status == Status.OPEN


async def test_a_reported_message_that_is_edited_later_is_judged_as_any(house: House) -> None:
    await house.desk.command(in_the_office(CommandName.REPORT, "1", OTHER))
    await work(house)
    await house.happens(replace(OTHER, text="SECRET", revision=1))
    case = house.store.cases.get(1)
    assert case
    assert case.severity == Severity.CRITICAL


@pytest.mark.parametrize(
    ("reported", "key"), [(None, "report-how"), (message("mine"), "report-own")], ids=["nothing", "own"]
)
async def test_what_can_not_be_reported_is_told(house: House, reported: object, key: str) -> None:
    command = in_the_office(CommandName.REPORT, "", reported if reported else None)  # type: ignore[arg-type]
    assert (await house.desk.command(command)).text == WORDS.text("en", key)
    assert house.store.inbox.counts()["waiting"] == 0


@given(
    st.one_of(st.integers(-(10**19), 10**19).map(str), st.text("ab-/0", min_size=1, max_size=9)),
    st.one_of(st.integers(0, 10**19).map(str), st.from_regex(r"-100[0-9]{10}/[0-9]{1,6}", fullmatch=True)),
)
def test_a_message_s_short_name_leads_back_to_it(chat: str, id_: str) -> None:
    ref = MessageRef(REF.platform, chat, id_)
    assert _long(REF.platform, _short(ref)) == ref


def test_the_names_of_real_platforms_fit_into_a_button() -> None:
    for chat, id_ in (("9" * 19, "9" * 19), ("-1001234567890", "-1001234567890/99999"), (AUTHOR.id, "m1")):
        assert len(_short(MessageRef("any", chat, id_))) <= 37
