import pytest

from bot.errors import InputError
from bot.model import Action, Answer, Choice, Outcome, Severity, Status
from tests.bot.builders import AUTHOR, REF, WORDS, message
from tests.bot.house import House
from tests.fakes.clock import START


async def test_a_moderator_takes_a_case_and_closes_it(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    house.cases.acknowledge(1, "mona")
    case = house.store.cases.get(1)
    assert case
    assert (case.status, case.owner) == (Status.ACKNOWLEDGED, "mona")
    house.cases.close(1, Outcome.FALSE_ALARM, "mona")
    case = house.store.cases.get(1)
    assert case
    assert (case.status, case.outcome) == (Status.CLOSED, Outcome.FALSE_ALARM)
    assert [event.what for event in house.store.cases.events(1)][-2:] == [
        "acknowledged the case",
        "closed the case as false alarm",
    ]


async def test_pressing_a_button_twice_changes_nothing_more(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    for _ in range(2):
        house.cases.acknowledge(1, "mona")
        house.cases.close(1, Outcome.LEAK, "mona")
        house.cases.remove(1, "mona")
    what = [event.what for event in house.store.cases.events(1)]
    assert what.count("acknowledged the case") == 1
    assert what.count("closed the case as leak") == 1
    assert what.count("asked for the message to be removed") == 1


async def test_an_outcome_can_be_changed(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    house.cases.close(1, Outcome.LEAK, "mona")
    house.cases.close(1, Outcome.AUTHORISED, "mona")
    case = house.store.cases.get(1)
    assert case
    assert case.outcome == Outcome.AUTHORISED


async def test_a_moderator_removes_a_message_and_the_case_stays_open(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    house.cases.remove(1, "mona")
    await house.delivery.settle()
    assert house.platform.removed == {REF}
    case = house.store.cases.get(1)
    assert case
    assert case.status == Status.OPEN


async def test_a_removal_that_failed_can_be_asked_for_again(house: House) -> None:
    from bot.errors import PlatformRefused

    await house.happens(message("CONFIDENTIAL"))
    house.platform.failures = [PlatformRefused("no permission")]
    house.cases.remove(1, "mona")
    await house.delivery.settle()
    assert house.platform.removed == set()
    house.cases.remove(1, "mona")
    await house.delivery.settle()
    assert house.platform.removed == {REF}


async def test_what_the_mode_only_simulated_a_moderator_may_really_do(house: House) -> None:
    from bot.model import Mode
    from tests.bot.builders import chat
    from tests.bot.house import build_house

    coached = build_house(house.store, chat(Mode.COACH))
    await coached.happens(message("SECRET"))
    assert coached.platform.removed == set()
    coached.cases.remove(1, "mona")
    await coached.delivery.settle()
    assert coached.platform.removed == {REF}


@pytest.mark.parametrize(
    ("choice", "letter", "what", "told"),
    [
        (
            Choice.AUTHORISED,
            "F. 1(2)/2024",
            "says that he is authorised, letter F. 1(2)/2024",
            "authorised, letter F. 1(2)/2024.",
        ),
        (Choice.AUTHORISED, "  ", "says that he is authorised", "says that he is authorised."),
        (Choice.AUTHORISED, "x" * 500, "says that he is authorised, letter " + "x" * 80, "x" * 80 + "."),
        (Choice.DISPUTE, "", "disputes the warning", "says that this is wrong."),
    ],
)
async def test_an_author_s_word_is_put_in_his_case(
    house: House, choice: Choice, letter: str, what: str, told: str
) -> None:
    await house.happens(message("CONFIDENTIAL"), Answer(REF, START, AUTHOR, choice, letter))
    assert ("author", what) in [(event.actor, event.what) for event in house.store.cases.events(1)]
    case = house.store.cases.get(1)
    assert case
    assert case.claim == what
    assert told in house.platform.cards[-1].news
    assert told in house.platform.shown[1].body


async def test_what_an_author_writes_is_kept_out_of_the_audit_log(house: House) -> None:
    answer = Answer(REF, START, AUTHOR, Choice.AUTHORISED, "free words")
    await house.happens(message("CONFIDENTIAL"), answer)
    assert "free words" not in str(house.store.audit.entries())


async def test_a_dispute_of_what_was_mended_opens_nothing(house: House) -> None:
    answer = Answer(REF, START, AUTHOR, Choice.DISPUTE)
    await house.happens(message("35202-1234567-1"), message("mended", revision=1), answer)
    assert house.store.cases.list() == []


@pytest.mark.parametrize("outcome", [Outcome.LEAK, Outcome.FALSE_ALARM, Outcome.AUTHORISED])
async def test_the_author_is_told_how_it_ended(house: House, outcome: Outcome) -> None:
    await house.happens(message("CONFIDENTIAL"))
    house.cases.close(1, outcome, "mona")
    await house.delivery.settle()
    assert [notice.title for notice in house.platform.warned] == [
        WORDS.text("en", "warning-title"),
        WORDS.text("en", f"ending-{outcome}-title"),
    ]


async def test_an_author_who_mends_his_message_is_thanked(house: House) -> None:
    await house.happens(message("35202-1234567-1"), message("mended", revision=1))
    assert [notice.title for notice in house.platform.warned] == [
        WORDS.text("en", "warning-title"),
        WORDS.text("en", "ending-corrected-title"),
    ]


async def test_while_a_case_is_open_it_keeps_the_worst_that_was_seen(house: House) -> None:
    await house.happens(message("SECRET"), message("CONFIDENTIAL", revision=1))
    case = house.store.cases.get(1)
    assert case
    assert case.severity == Severity.CRITICAL
    assert "looked at an edit, now high: label CONFIDENTIAL above unmarked" in [
        event.what for event in house.store.cases.events(1)
    ]


async def test_an_edit_that_is_no_worse_leaves_a_false_alarm_closed(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    house.cases.close(1, Outcome.FALSE_ALARM, "mona")
    await house.happens(message("CONFIDENTIAL, typo mended", revision=1))
    case = house.store.cases.get(1)
    assert case
    assert case.outcome == Outcome.FALSE_ALARM


async def test_a_dispute_of_a_mere_warning_opens_a_case(house: House) -> None:
    await house.happens(message("35202-1234567-1"))
    assert house.store.cases.list() == []
    await house.happens(Answer(REF, START, AUTHOR, Choice.DISPUTE))
    [case] = house.store.cases.list()
    assert (case.severity, case.status, case.chat_name) == (Severity.MEDIUM, Status.OPEN, "Office")


async def test_a_dispute_reopens_a_closed_case(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    house.cases.close(1, Outcome.LEAK, "mona")
    await house.happens(Answer(REF, START, AUTHOR, Choice.DISPUTE))
    case = house.store.cases.get(1)
    assert case
    assert (case.status, case.outcome) == (Status.OPEN, None)


async def test_an_overturned_warning_does_not_count_on_the_ladder(house: House) -> None:
    for number in range(2):
        await house.happens(message("CONFIDENTIAL", id=str(number)))
        house.cases.close(number + 1, Outcome.FALSE_ALARM, "mona")
    await house.happens(message("35202-1234567-1", id="third"))
    assert house.store.decisions.warned_at(REF, AUTHOR.id) == (START,)
    assert len(house.store.cases.list((Status.OPEN,))) == 0


async def test_the_author_asks_for_removal_of_what_has_no_case(house: House) -> None:
    await house.happens(message("35202-1234567-1"), Answer(REF, START, AUTHOR, Choice.REMOVE))
    assert house.platform.removed == {REF}
    assert [entry.planned.by for entry in house.store.outbox.of_message(REF)] == ["policy", "author", "bot"]
    assert house.store.outbox.of_message(REF)[1].planned.action == Action.REMOVE


def test_a_case_that_is_not_there_is_told_in_words(house: House) -> None:
    for act in (house.cases.acknowledge, house.cases.remove):
        with pytest.raises(InputError, match="no case 9"):
            act(9, "mona")


async def test_every_change_is_in_the_audit_log(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    house.cases.acknowledge(1, "mona")
    house.cases.close(1, Outcome.LEAK, "mona")
    acts = [(entry.actor, entry.act) for entry in house.store.audit.entries()]
    assert ("mona", "acknowledged the case") in acts
    assert ("mona", "closed the case as leak") in acts
