"""The durable front door: what a platform hands over lies sealed in the inbox before it is acknowledged."""

from dataclasses import dataclass

from bot.codec import about, event_bytes, with_plain_names
from bot.model import Event
from bot.ports import Bus, Clock, Sealer, Store


@dataclass(frozen=True, slots=True)
class Intake:
    """The `Inbox` port."""

    store: Store
    sealer: Sealer
    clock: Clock
    bus: Bus

    async def put(self, event: Event) -> bool:
        event = with_plain_names(event)
        name = about(event)
        is_new = self.store.inbox.add(name, self.sealer.seal(event_bytes(event), name), self.clock.now())
        if is_new:
            self.bus.publish("inbox")
        return is_new
