from bot.intake import Intake
from tests.bot.builders import message
from tests.fakes.bus import FakeBus
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.fakes.store import FakeStore


async def test_an_event_lies_sealed_in_the_inbox_before_it_is_acknowledged() -> None:
    store, bus = FakeStore(), FakeBus()
    intake = Intake(store, FakeSealer(), FakeClock(), bus)
    assert await intake.put(message("the plan")) is True
    assert b"the plan" not in store.inbox.waiting(1)[0].sealed
    assert bus.published == ["inbox"]


async def test_the_same_event_is_taken_once() -> None:
    store, bus = FakeStore(), FakeBus()
    intake = Intake(store, FakeSealer(), FakeClock(), bus)
    await intake.put(message())
    assert await intake.put(message()) is False
    assert len(store.inbox.waiting(10)) == 1
    assert bus.published == ["inbox"]


async def test_an_edit_is_a_new_event() -> None:
    store = FakeStore()
    intake = Intake(store, FakeSealer(), FakeClock(), FakeBus())
    await intake.put(message())
    assert await intake.put(message(revision=1)) is True
