"""The durable front door: what a platform hands over lies sealed in the inbox before it is acknowledged."""

from dataclasses import dataclass

from bot.codec import about, event_bytes, ref_name, with_plain_names
from bot.files import is_slow
from bot.model import Answer, Deletion, Event, Message, Press, Report
from bot.ports import Bus, Clock, Lane, Sealer, Store


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
        lane = Lane.SLOW if is_slow(event) else Lane.QUICK
        sealed = self.sealer.seal(event_bytes(event), name)
        is_new = self.store.inbox.add(name, sealed, self.clock.now(), lane, self._subject(event))
        if is_new:
            self.bus.publish("inbox")
        return is_new

    def _subject(self, event: Event) -> str:
        """The message that an event concerns; nothing where it concerns none."""
        match event:
            case Message() | Deletion() | Answer():
                return ref_name(event.ref)
            case Report():
                return ref_name(event.message.ref)
            case Press():
                case = self.store.cases.get(event.case)
                return ref_name(case.ref) if case else ""
            case _:
                return ""
