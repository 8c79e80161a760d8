"""The one place where the parts are put together."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.actions import Live, Simulated
from bot.bus import MemoryBus
from bot.cards import Cards
from bot.cases import Cases
from bot.chats import Chats
from bot.clock import SystemClock
from bot.codec import about
from bot.config.loading import Configuration
from bot.config.settings import installed_adapters
from bot.delivery import Delivery
from bot.desk import Desk, make_desk
from bot.errors import PlatformError, SealError, StoreError
from bot.failures import Failures
from bot.files import Files
from bot.happenings import Happenings
from bot.in_force import InForce, Rules
from bot.intake import Intake
from bot.judging import Judge
from bot.known_files import KnownFiles, edition_of
from bot.known_pictures import KnownPictures
from bot.model import ChatRef, Event
from bot.pipeline import Pipeline
from bot.places import store_path
from bot.ports import AuditEntry, Bus, Clock, Platform, Sealer, Store, Surroundings, Threaded
from bot.reports import Reports
from bot.reposting import Reposts
from bot.scanning import Detectors
from bot.seal import make_key_file, read_key_file
from bot.speaking import Speaker
from bot.store import open_store
from detectors.apart import Apart, Divided
from detectors.extract.process import stop_reading

_LONGEST_PAUSE = 60.0
_FILES_AT_ONCE = max(1, min(4, (os.cpu_count() or 1) - 1))
"""Messages whose files are read at the same time, so that a processor is left for everything else."""

Job = Callable[[], Awaitable[None]]

_log = logging.getLogger("raazdar")


@dataclass(frozen=True, slots=True)
class Bot:
    """A whole Raazdar, ready to run."""

    configuration: Configuration
    store: Store
    clock: Clock
    bus: Bus
    in_force: InForce
    cases: Cases
    chats: Chats
    intake: Intake
    desk: Desk
    pipeline: Pipeline
    delivery: Delivery
    platforms: Mapping[str, Platform]

    @asynccontextmanager
    async def running(self, **more: Job) -> AsyncIterator[None]:
        """While the context is open, listens to the platforms, judges, acts, and does what is given."""
        jobs: dict[str, Job] = {
            "pipeline": self.pipeline.run,
            **{f"files {number}": self.pipeline.run_slowly for number in range(1, _FILES_AT_ONCE + 1)},
            "delivery": self.delivery.run,
            **more,
        }
        jobs |= {
            name: partial(platform.run, self.intake, self.desk) for name, platform in self.platforms.items()
        }
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._kept_running(name, job)) for name, job in jobs.items()]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                stop_reading()

    async def dealt_with(self, event: Event) -> None:
        """Until an event was judged and everything that is due was done. Only while running."""
        name = about(event)
        with self.bus.subscribe("cases", "inbox") as news:
            while not self.store.inbox.is_finished(name) or self.store.outbox.due(self.clock.now(), 1):
                await anext(news)

    async def _kept_running(self, name: str, job: Job) -> None:
        """Starts a part again when it breaks, with a growing pause, and puts on record that it broke."""
        clock, pause = asyncio.get_running_loop(), 1.0
        while True:
            started = clock.time()
            try:
                await job()
                return
            except Exception as error:  # noqa: BLE001 - one part that breaks must not stop the others
                # A platform's errors are words for a person; any other may hold what somebody wrote.
                why = str(error) if isinstance(error, PlatformError) else type(error).__name__
                if clock.time() - started > _LONGEST_PAUSE:
                    pause = 1.0
                _log.error("%s broke and starts again in %.0f s: %s", name, pause, why)
                self._put_on_record(name, why)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _put_on_record(self, name: str, why: str) -> None:
        try:
            with self.store.transaction():
                self.store.audit.append(AuditEntry(self.clock.now(), "bot", "part broke", name, why))
        except StoreError as error:
            _log.error("that could not be put on record: %s", error)


def build_detectors(configuration: Configuration) -> Detectors:
    """The detectors with everything that the configuration tells them to look for."""
    from detectors.engine import Engine

    return Engine(configuration.rulebook)


def build_divided_detectors(configuration: Configuration) -> Divided:
    """The same for a bot that runs: much text is looked through in another process. Close them in the end."""
    from detectors.engine import Engine

    return Divided(Engine(configuration.rulebook), Apart(configuration.rulebook))


def make_rules(configuration: Configuration) -> Rules:
    """Rules for a bot that runs. Their detectors have worked before, so that no message waits for that."""
    detectors = build_divided_detectors(configuration)
    detectors.warm_up()
    return Rules(detectors, configuration.policy, edition_of(configuration.rulebook))


def open_sealed_store(configuration: Configuration) -> tuple[Store, Sealer]:
    """The database and the key to it; both are made where neither is there yet. Own the database first.

    Raises StoreError or SealError where one can't be used, or where only the key is gone.
    """
    settings = configuration.settings
    key_file = Path(settings.seal.key_file)
    if not key_file.exists():
        if store_path(settings.store.url).exists():
            raise SealError(
                f"There is a database but its key file {key_file} is missing; put the key back from your"
                " backup, or move the database away to start anew."
            )
        make_key_file(key_file)
    return open_store(settings.store.url, create=True), read_key_file(key_file)


def assemble(
    configuration: Configuration, store: Store, sealer: Sealer, detectors: Detectors, console: str
) -> Bot:
    """Puts a bot together. `console` is the address at which people reach the console."""
    settings, words = configuration.settings, configuration.catalogue
    clock, bus = SystemClock(), MemoryBus()
    listed = settings.listed()
    surroundings = Surroundings(
        clock, listed, words, settings.language, store_path(settings.store.url).parent
    )
    adapters = installed_adapters()
    platforms = {name: adapters[name].build(own, surroundings) for name, own in settings.platforms.items()}
    chats = Chats(
        known={chat.ref: chat for chat in listed},
        unknown=settings.unknown_chats,
        parent=partial(_parent, platforms),
        mode=store.modes.get,
        wish=store.languages.get,
        language=settings.language,
    )
    in_force = InForce(Rules(detectors, configuration.policy, edition_of(configuration.rulebook)))
    speaker = Speaker(in_force, words, console, settings.operator)
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
        live=Live(platforms, Reposts(store, sealer, chats, words)),
        simulated=Simulated(),
        platforms=tuple(platforms),
    )
    return Bot(
        configuration=configuration,
        store=store,
        clock=clock,
        bus=bus,
        in_force=in_force,
        cases=cases,
        chats=chats,
        intake=intake,
        desk=desk,
        pipeline=pipeline,
        delivery=delivery,
        platforms=platforms,
    )


def _parent(platforms: Mapping[str, Platform], chat: ChatRef) -> ChatRef | None:
    """The chat that a thread is part of, where its platform has threads."""
    platform = platforms.get(chat.platform)
    return platform.parent(chat) if isinstance(platform, Threaded) else None
