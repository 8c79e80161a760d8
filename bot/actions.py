"""Planned actions come true here: in the live twin on the platform, in the simulated one on paper only."""

from collections.abc import Mapping
from typing import Protocol

from bot.errors import PlatformRefused, PlatformUnavailable
from bot.model import Action, PlannedAction
from bot.ports import Platform


class Actor(Protocol):
    async def perform(self, planned: PlannedAction) -> str:
        """Does it and returns what was done, in words for the timeline. Raises PlatformError."""


class Simulated:
    """Does nothing and says what would have been done."""

    async def perform(self, planned: PlannedAction) -> str:
        return f"would have {_DONE[planned.action]}"


class Live:
    """Acts on the platforms and looks afterwards whether it took effect."""

    def __init__(self, platforms: Mapping[str, Platform]) -> None:
        self._platforms = platforms

    async def perform(self, planned: PlannedAction) -> str:
        match planned:
            case PlannedAction(action=Action.WARN, notice=notice) if notice:
                await self._platform(notice.ref.platform).warn(notice)
            case PlannedAction(action=Action.ESCALATE, card=card) if card:
                await self._platform(card.moderators.platform).escalate(card)
            case PlannedAction(action=Action.REMOVE, ref=ref):
                platform = self._platform(ref.platform)
                await platform.remove(ref)
                if not await platform.is_removed(ref):
                    raise PlatformUnavailable("the message is still there after it was removed")
            case _:
                raise PlatformRefused(f"{planned.action} is not something that can be done here")
        return _DONE[planned.action]

    def _platform(self, name: str) -> Platform:
        if name not in self._platforms:
            raise PlatformRefused(f"the platform {name} is not part of this configuration")
        return self._platforms[name]


_DONE: Mapping[Action, str] = {
    Action.WARN: "warned the author in private",
    Action.ESCALATE: "told the moderators",
    Action.REMOVE: "removed the message",
    Action.REDACT: "masked what was found",
    Action.HOLD: "held the message back",
    Action.RECORD: "recorded it",
}
