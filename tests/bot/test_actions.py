import pytest

from bot.actions import Live, Simulated
from bot.errors import PlatformRefused, PlatformUnavailable
from bot.model import Action, Card, Choice, Notice, PlannedAction, Severity
from tests.bot.builders import AUTHOR, MODERATORS, REF
from tests.fakes.platform import FakePlatform

NOTICE = Notice("k", REF, AUTHOR, "title", "body", "provision", ((Choice.REMOVE, "Remove"),))
CARD = Card("k", MODERATORS, 1, Severity.HIGH, "title", "body", "/cases/1")
WARN = PlannedAction("warn", Action.WARN, REF, live=True, notice=NOTICE)
ESCALATE = PlannedAction("escalate", Action.ESCALATE, REF, live=True, card=CARD)
REMOVE = PlannedAction("remove", Action.REMOVE, REF, live=True)


async def test_live_actions_reach_the_platform() -> None:
    platform = FakePlatform()
    live = Live({"fake": platform})
    for planned in (WARN, ESCALATE, REMOVE):
        assert await live.perform(planned)
    assert platform.warned == [NOTICE]
    assert platform.cards == [CARD]
    assert platform.removed == {REF}


async def test_a_removal_that_had_no_effect_is_not_called_done() -> None:
    platform = FakePlatform()
    platform.removal_works = False
    with pytest.raises(PlatformUnavailable, match="still there"):
        await Live({"fake": platform}).perform(REMOVE)


@pytest.mark.parametrize("planned", [WARN, ESCALATE, REMOVE])
async def test_the_simulated_twin_says_what_it_would_have_done(planned: PlannedAction) -> None:
    assert (await Simulated().perform(planned)).startswith("would have ")


async def test_what_can_not_be_done_is_refused_in_words() -> None:
    with pytest.raises(PlatformRefused, match="platform fake"):
        await Live({}).perform(WARN)
    with pytest.raises(PlatformRefused, match="redact"):
        await Live({"fake": FakePlatform()}).perform(PlannedAction("r", Action.REDACT, REF, live=True))
