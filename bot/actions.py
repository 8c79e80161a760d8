"""Planned actions come true here: in the live twin on the platform, in the simulated one on paper only."""

from collections.abc import Mapping
from typing import Protocol

from bot.errors import PlatformRefused, PlatformUnavailable
from bot.model import Action, MessageRef, PlannedAction
from bot.ports import Platform
from bot.reposting import Reposts


class Actor(Protocol):
    async def perform(self, planned: PlannedAction) -> str:
        """Does it and returns what was done, in words for the timeline. Raises PlatformError."""


class Simulated:
    """Does nothing and says what would have been done."""

    async def perform(self, planned: PlannedAction) -> str:
        return f"would have {_DONE[planned.action]}"


class Live:
    """Acts on the platforms and looks afterwards whether it took effect."""

    def __init__(self, platforms: Mapping[str, Platform], reposts: Reposts) -> None:
        self._platforms = platforms
        self._reposts = reposts

    async def perform(self, planned: PlannedAction) -> str:
        done = _DONE[planned.action]
        match planned:
            case PlannedAction(action=Action.WARN, notice=notice) if notice:
                is_told = await self._platform(notice.ref.platform).warn(notice)
                done = WARNED_IN_PRIVATE if is_told else HINTED
            case PlannedAction(action=Action.ESCALATE, card=card) if card:
                await self._platform(card.moderators.platform).escalate(card)
            case PlannedAction(action=Action.ANNOUNCE, announcement=announcement) if announcement:
                await self._platform(announcement.chat.platform).announce(announcement)
            case PlannedAction(action=Action.REMOVE | Action.HOLD, ref=ref):
                await self._remove(ref)
            case PlannedAction(action=Action.REDACT, ref=ref):
                done = await self._redact(ref, planned)
            case PlannedAction(action=Action.RELEASE, ref=ref):
                await self._platform(ref.platform).repost(self._reposts.whole(planned))
            case _:
                raise PlatformRefused(f"{planned.action} is not something that can be done here")
        return done

    async def _remove(self, ref: MessageRef) -> None:
        platform = self._platform(ref.platform)
        await platform.remove(ref)
        if not await platform.is_removed(ref):
            raise PlatformUnavailable("the message is still there after it was removed")

    async def _redact(self, ref: MessageRef, planned: PlannedAction) -> str:
        posting = self._reposts.masked(planned)
        await self._remove(ref)
        if posting is None:
            return "removed the message, which had no text to mask"
        await self._platform(ref.platform).repost(posting)
        return _DONE[Action.REDACT]

    def _platform(self, name: str) -> Platform:
        if name not in self._platforms:
            raise PlatformRefused(f"the platform {name} is not part of this configuration")
        return self._platforms[name]


WARNED_IN_PRIVATE = "warned the author in private"
HINTED = "left the author a hint in the chat that a note waits for him"

_DONE: Mapping[Action, str] = {
    Action.CASE: "opened a case",
    Action.WARN: WARNED_IN_PRIVATE,
    Action.ESCALATE: "told the moderators",
    Action.REMOVE: "removed the message",
    Action.REDACT: "removed the message and posted it again with parts masked",
    Action.HOLD: "held the message back",
    Action.RELEASE: "posted the held message again",
    Action.ANNOUNCE: "said it in the chat",
    Action.RECORD: "recorded it",
}
