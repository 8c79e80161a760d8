"""A bot put together from fakes, with a real pipeline, delivery and case book between them."""

from dataclasses import dataclass

from bot.actions import Live, Simulated
from bot.cases import Cases
from bot.chats import Chats
from bot.delivery import Delivery
from bot.intake import Intake
from bot.model import Chat, Event, Mode
from bot.pipeline import Pipeline
from bot.planning import Speaker
from bot.policy import Policy
from bot.ports import Store
from tests.bot.builders import POLICY, TEXTS, chat
from tests.fakes.bus import FakeBus
from tests.fakes.clock import FakeClock
from tests.fakes.detectors import FakeDetectors
from tests.fakes.platform import FakePlatform
from tests.fakes.sealer import FakeSealer


@dataclass(frozen=True)
class House:
    store: Store
    clock: FakeClock
    bus: FakeBus
    platform: FakePlatform
    detectors: FakeDetectors
    intake: Intake
    cases: Cases
    pipeline: Pipeline
    delivery: Delivery

    async def happens(self, *events: Event) -> None:
        """Each event comes in, is judged, and what follows from it is done."""
        for event in events:
            await self.intake.put(event)
            await self.pipeline.settle()
            await self.delivery.settle()


def build_house(store: Store, where: Chat | None = None, policy: Policy = POLICY) -> House:
    where = where or chat()
    clock, bus, sealer = FakeClock(), FakeBus(), FakeSealer()
    platform, detectors = FakePlatform(), FakeDetectors()
    chats = Chats({where.ref: where}, Mode.OBSERVE)
    speaker = Speaker(policy, TEXTS, "http://console")
    cases = Cases(store, clock, bus, chats, speaker)
    pipeline = Pipeline(
        store=store,
        sealer=sealer,
        clock=clock,
        bus=bus,
        detectors=detectors,
        policy=policy,
        chats=chats,
        cases=cases,
        speaker=speaker,
    )
    delivery = Delivery(store, clock, bus, cases, Live({"fake": platform}), Simulated())
    intake = Intake(store, sealer, clock, bus)
    return House(store, clock, bus, platform, detectors, intake, cases, pipeline, delivery)
