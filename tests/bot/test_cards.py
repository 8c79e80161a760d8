from dataclasses import replace

import pytest

from bot.cards import MAY_NOT_ACT, draw
from bot.mask import masked_findings
from bot.model import Card, CardChoice, Case, Evidence, Moderators, Outcome, Severity, Status
from bot.speaking import Speaker
from detectors.finding import Box, Line, Part, Span
from tests.bot.builders import AUTHOR, MODERATORS, REF, RULES, WORDS, chat, finding, message
from tests.bot.house import House
from tests.fakes.clock import START

SPEAKER = Speaker(RULES, WORDS, "http://console")
CASE = Case(
    number=7,
    ref=REF,
    chat_name="Office",
    author=AUTHOR,
    severity=Severity.HIGH,
    status=Status.OPEN,
    rule="label",
    provision="official-information",
    why="it is marked",
    evidence=Evidence("•••••• •••••", masked_findings([Part("text", "SECRET")], [finding()])),
    opened_at=START,
    updated_at=START,
)


def drawn(case: Case, **more: object) -> Card:
    return draw(SPEAKER, "k", replace(chat(), **more), MODERATORS, case, 3)  # type: ignore[arg-type]


def test_a_card_says_what_a_moderator_needs_and_nothing_of_the_content() -> None:
    card = drawn(CASE)
    assert card.title == "Case 7: Office"
    assert card.body.splitlines() == [
        "It is marked.",
        "By Amina Raza.",
        "Found: a label.",
        "Masked: •••••• •••••",
        "Provision: Nothing official goes out. (rule 18)",
        "Nobody has taken it yet.",
    ]
    assert (card.link, card.ref, card.revision) == ("http://console/cases/7", REF, 3)


def test_a_card_says_in_which_file_something_was_found() -> None:
    found = masked_findings([Part("attachment 1", "SECRET")], [finding(part="attachment 1")])
    body = drawn(replace(CASE, evidence=Evidence("", found))).body
    assert "Found: a label (attachment 1)." in body


def test_a_card_says_where_on_a_page_something_was_found() -> None:
    name, line = "attachment 1 / page 3 / stamp", Line(Span(0, 6), Box(0.6, 0.05, 0.9, 0.1))
    found = masked_findings([Part(name, "SECRET", lines=(line,))], [finding(part=name)])
    case = replace(CASE, evidence=Evidence("", found))
    assert "Found: a label (attachment 1, page 3, stamp, top right)." in drawn(case).body
    assert "منسلکہ 1، صفحہ 3، مہر، اوپر دائیں" in drawn(case, language="ur").body


def test_a_card_speaks_the_chat_s_language() -> None:
    card = drawn(CASE, language="ur")
    assert WORDS.text("ur", "card-open") in card.body
    assert dict(card.choices)[CardChoice.LEAK] == WORDS.text("ur", "press-leak")


@pytest.mark.parametrize(
    ("case", "first", "last"),
    [
        pytest.param(CASE, CardChoice.ACKNOWLEDGE, CardChoice.AUTHORISED, id="open"),
        pytest.param(
            replace(CASE, status=Status.ACKNOWLEDGED, owner="mona"),
            CardChoice.REMOVE,
            CardChoice.AUTHORISED,
            id="taken",
        ),
        pytest.param(
            replace(CASE, rule=MAY_NOT_ACT), CardChoice.ACKNOWLEDGE, CardChoice.ACKNOWLEDGE, id="no message"
        ),
    ],
)
def test_a_card_offers_what_can_be_done(case: Case, first: CardChoice, last: CardChoice) -> None:
    offered = [choice for choice, _ in drawn(case).choices]
    assert (offered[0], offered[-1]) == (first, last)


def test_a_closed_case_offers_nothing() -> None:
    closed = replace(CASE, status=Status.CLOSED, outcome=Outcome.LEAK, owner="mona")
    assert drawn(closed).choices == ()
    assert "Closed as leak by mona." in drawn(closed).body


def test_only_where_the_case_is_now_can_it_be_passed_up() -> None:
    above = Moderators(replace(MODERATORS.chat, id="above"))
    moderators = replace(MODERATORS, above=above)
    offered = draw(SPEAKER, "k", replace(chat(), moderators=moderators), moderators, CASE, 1).choices
    assert CardChoice.PASS_UP in dict(offered)
    passed = replace(CASE, tier=1)
    offered = draw(SPEAKER, "k", replace(chat(), moderators=moderators), moderators, passed, 1).choices
    assert CardChoice.PASS_UP not in dict(offered)


async def test_a_later_card_of_a_case_has_a_higher_revision(house: House) -> None:
    await house.happens(message("CONFIDENTIAL"))
    first = house.platform.shown[1].revision
    house.cases.acknowledge(1, "mona")
    await house.delivery.settle()
    assert house.platform.shown[1].revision > first


async def test_what_was_never_shown_is_not_brought_up_to_date(house: House) -> None:
    await house.intake.put(message("CONFIDENTIAL"))
    await house.pipeline.settle()
    await house.happens(message("mended", revision=1))
    assert house.platform.shown == {}
