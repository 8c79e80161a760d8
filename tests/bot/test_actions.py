import pytest

from bot.actions import Live, Simulated
from bot.chats import Chats
from bot.errors import PlatformRefused, PlatformUnavailable
from bot.model import Action, Announcement, Card, Choice, Mode, Notice, PlannedAction, Severity
from bot.reposting import Reposts
from tests.bot.builders import AUTHOR, MODERATORS, REF
from tests.fakes.platform import FakePlatform
from tests.fakes.sealer import FakeSealer
from tests.fakes.store import FakeStore
from tests.fakes.words import FakeWords

NOTICE = Notice("k", REF, AUTHOR, "title", "body", "provision", ((Choice.REMOVE, "Remove"),))
CARD = Card("k", MODERATORS.chat, 1, REF, 1, Severity.HIGH, "title", "body", "/cases/1")
SAID = Announcement("k", REF.chat_ref, "hello")
WARN = PlannedAction("warn", Action.WARN, REF, live=True, notice=NOTICE)
ESCALATE = PlannedAction("escalate", Action.ESCALATE, REF, live=True, card=CARD)
REMOVE = PlannedAction("remove", Action.REMOVE, REF, live=True)
ANNOUNCE = PlannedAction("say", Action.ANNOUNCE, REF, live=True, announcement=SAID)


def live(platform: FakePlatform | None) -> Live:
    store, chats = FakeStore(), Chats({}, Mode.OBSERVE)
    reposts = Reposts(store, FakeSealer(), chats, FakeWords())
    return Live({"fake": platform} if platform else {}, reposts)


async def test_live_actions_reach_the_platform() -> None:
    platform = FakePlatform()
    for planned in (WARN, ESCALATE, REMOVE, ANNOUNCE):
        assert await live(platform).perform(planned)
    assert platform.warned == [NOTICE]
    assert platform.shown == {1: CARD}
    assert platform.removed == {REF}
    assert platform.announced == [SAID]


async def test_a_removal_that_had_no_effect_is_not_called_done() -> None:
    platform = FakePlatform()
    platform.removal_works = False
    with pytest.raises(PlatformUnavailable, match="still there"):
        await live(platform).perform(REMOVE)


@pytest.mark.parametrize("planned", [WARN, ESCALATE, REMOVE, ANNOUNCE])
async def test_the_simulated_twin_says_what_it_would_have_done(planned: PlannedAction) -> None:
    assert (await Simulated().perform(planned)).startswith("would have ")


async def test_what_can_not_be_done_is_refused_in_words() -> None:
    with pytest.raises(PlatformRefused, match="platform fake"):
        await live(None).perform(WARN)
    with pytest.raises(PlatformRefused, match="never judged"):
        await live(FakePlatform()).perform(PlannedAction("r", Action.REDACT, REF, live=True))
    with pytest.raises(PlatformRefused, match="nothing of it was kept"):
        await live(FakePlatform()).perform(PlannedAction("r", Action.RELEASE, REF, live=True))
    with pytest.raises(PlatformRefused, match="record"):
        await live(FakePlatform()).perform(PlannedAction("r", Action.RECORD, REF, live=True))
