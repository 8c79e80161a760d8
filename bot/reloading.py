"""Takes up a changed configuration while the bot runs: what is searched for, and the policy.

The new rules are made beside those in force, which go on judging meanwhile. What is wrong with the new ones
is told, and then nothing changes.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, fields

from bot.config.loading import Configuration
from bot.config.remarks import unheeded
from bot.config.settings import Settings
from bot.errors import ConfigurationError
from bot.in_force import InForce, Refusal, Rules, close
from bot.ports import AuditEntry, Clock, Store

_log = logging.getLogger("raazdar.reloading")


@dataclass(frozen=True, slots=True)
class Reloading:
    """`started` is what the bot was put together from; `read` and `make` may take long and run off the loop.

    `read` raises ConfigurationError with everything that is wrong.
    """

    started: Configuration
    read: Callable[[], Configuration]
    make: Callable[[Configuration], Rules]
    in_force: InForce
    store: Store
    clock: Clock
    _asked: asyncio.Event = field(default_factory=asyncio.Event)

    def ask(self) -> None:
        """Asks for the configuration to be read again. Asking twice before that is asking once."""
        self._asked.set()

    async def run(self) -> None:
        """Does what is asked until cancelled."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            await self.reload("operator (SIGHUP)")

    async def reload(self, by: str) -> bool:
        """Whether another configuration is in force now. `by` is who asked for it."""
        try:
            configuration = await asyncio.to_thread(self.read)
            rules = await asyncio.to_thread(self.make, configuration)
        except ConfigurationError as error:
            return self._refused(by, [str(problem) for problem in error.problems])
        except Exception as error:  # noqa: BLE001 - whatever goes wrong with new rules, the old ones hold
            return self._refused(by, [f"no detectors can be made from it ({type(error).__name__})"])
        try:
            self._take_up(rules, by)
        except BaseException:
            close(rules)
            raise
        for note in unheeded(configuration):
            _log.warning("%s", note)
        for name in unchangeable(self.started, configuration):
            _log.warning("%s: has changed, and is taken up at the next start only", name)
        return True

    def _take_up(self, rules: Rules, by: str) -> None:
        before, after = self.in_force.fingerprint, rules.fingerprint
        with self.store.transaction():
            self._put_on_record(by, "took up the configuration", after, f"before: {before}")
        self.in_force.replace(rules)
        _log.info("the configuration was read again and is in force: %s", after)

    def _refused(self, by: str, mistakes: list[str]) -> bool:
        for mistake in mistakes:
            _log.error("%s", mistake)
        count = "one mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        _log.error("the changed configuration has %s; what was in force before stays in force", count)
        self.in_force.refusal = Refusal(self.clock.now(), tuple(mistakes))
        with self.store.transaction():
            self._put_on_record(by, "refused the configuration", "", count)
        return False

    def _put_on_record(self, by: str, act: str, fingerprint: str, details: str) -> None:
        self.store.audit.append(AuditEntry(self.clock.now(), by, act, fingerprint, details))


def unchangeable(started: Configuration, read: Configuration) -> tuple[str, ...]:
    """What is another now than at the start and can't be changed while running."""
    settings = [
        f"raazdar.yaml: {one.name}"
        for one in fields(Settings)
        if getattr(started.settings, one.name) != getattr(read.settings, one.name)
    ]
    return (*settings, *(["messages/"] if started.catalogue != read.catalogue else []))
