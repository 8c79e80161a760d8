"""A bot put together from fakes, with a real pipeline, delivery and case book between them."""

from dataclasses import dataclass

from bot.actions import Live, Simulated
from bot.cards import Cards
from bot.cases import Cases
from bot.chats import Chats
from bot.delivery import Delivery
from bot.desk import Desk, make_desk
from bot.failures import Failures
from bot.files import Files
from bot.happenings import Happenings
from bot.in_force import InForce, Rules
from bot.intake import Intake
from bot.judging import Judge
from bot.known_files import KnownFiles
from bot.known_pictures import KnownPictures
from bot.model import Chat, Event, Mode
from bot.pipeline import Pipeline
from bot.policy import Policy
from bot.ports import Store
from bot.reports import Reports
from bot.reposting import Reposts
from bot.scanning import Scanner
from bot.speaking import Speaker
from tests.bot.builders import POLICY, WORDS, chat
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
    in_force: InForce
    intake: Intake
    desk: Desk
    cases: Cases
    pipeline: Pipeline
    delivery: Delivery

    async def happens(self, *events: Event) -> None:
        """Each event comes in, is judged, and what follows from it is done."""
        for event in events:
            await self.intake.put(event)
            await self.pipeline.settle()
            await self.delivery.settle()


def build_house(
    store: Store, where: Chat | None = None, policy: Policy = POLICY, scanner: Scanner | None = None
) -> House:
    where = where or chat()
    clock, bus, sealer = FakeClock(), FakeBus(), FakeSealer()
    platform, detectors = FakePlatform(), FakeDetectors(of_files=scanner)
    in_force = InForce(Rules(detectors, policy, "this edition"))
    chats = Chats({where.ref: where}, Mode.OBSERVE, mode=store.modes.get, wish=store.languages.get)
    speaker = Speaker(in_force, WORDS, "http://console", "IT Wing")
    cards = Cards(store, clock, chats, speaker)
    cases = Cases(store, clock, bus, chats, speaker, cards)
    reports = Reports(store, sealer, clock, cases)
    intake = Intake(store, sealer, clock, bus)
    judge = Judge(
        store=store,
        sealer=sealer,
        clock=clock,
        chats=chats,
        cases=cases,
        cards=cards,
        speaker=speaker,
        pictures=KnownPictures(store, sealer),
    )
    pipeline = Pipeline(
        store=store,
        sealer=sealer,
        clock=clock,
        bus=bus,
        in_force=in_force,
        files=Files(sealer, KnownFiles(store, sealer, clock)),
        judge=judge,
        cases=cases,
        reports=reports,
        happenings=Happenings(store, clock, chats, speaker),
    )
    desk = make_desk(store, clock, intake, in_force, chats, cases, reports)
    delivery = Delivery(
        store=store,
        clock=clock,
        bus=bus,
        cases=cases,
        failures=Failures(store, clock, cases),
        live=Live({"fake": platform}, Reposts(store, sealer, chats, WORDS)),
        simulated=Simulated(),
        platforms=("fake",),
    )
    return House(store, clock, bus, platform, detectors, in_force, intake, desk, cases, pipeline, delivery)
