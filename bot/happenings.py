"""What concerns a whole chat: the bot joined it, did not see a part of it, or is to treat it otherwise."""

from dataclasses import dataclass
from datetime import timedelta

from bot import announcements
from bot.chats import Chats
from bot.model import (
    Action,
    Announcement,
    ChatRef,
    Gap,
    Joined,
    MessageRef,
    ModeChange,
    PlannedAction,
)
from bot.ports import AuditEntry, Clock, Store
from bot.speaking import Speaker

_QUIET = timedelta(hours=1)
"""After a gap that was told, no smaller one of the chat is told for so long; the console shows all."""


@dataclass(frozen=True, slots=True)
class Happenings:
    store: Store
    clock: Clock
    chats: Chats
    speaker: Speaker

    def joined(self, joined: Joined) -> None:
        """The bot says what it is, what it keeps, and who set it up."""
        chat = self.chats.of(joined.chat)
        self._audit("bot", "joined", joined.chat, f"mode {chat.mode}")
        looked_after = self.chats.looked_after_in(joined.chat)
        if looked_after:
            said = announcements.greeting_of_moderators(self.speaker, joined, looked_after)
        else:
            is_known = self.chats.is_known(joined.chat)
            said = announcements.greeting(self.speaker, joined, chat, is_known=is_known)
        self._announce(joined.chat, said)

    def missed(self, gap: Gap) -> None:
        """What nobody saw is never called clean: it is kept, and moderators are told."""
        chat = self.chats.of(gap.chat)
        told = self.store.gaps.newest_told(gap.chat)
        is_quiet = told is not None and gap.at - told.at < _QUIET and _size(gap) <= _size(told)
        tells = chat.moderators is not None and not is_quiet
        self.store.gaps.add(gap, is_told=tells)
        self._audit("bot", "missed messages", gap.chat, gap.why)
        if tells and chat.moderators:
            self._announce(gap.chat, announcements.gap(self.speaker, gap, chat, chat.moderators))

    def set_mode(self, change: ModeChange) -> None:
        """A moderator set how a chat is treated. One without moderators is never enforced."""
        chat = self.chats.of(change.chat)
        if chat.moderators is None or (chat.mode == change.mode):
            return
        self.store.modes.put(chat.ref, change.mode)
        who = f"{change.chat.platform} {change.by.id}"
        self._audit(who, f"set the mode to {change.mode}", chat.ref, f"was {chat.mode}")
        self._announce(chat.ref, announcements.mode_change(self.speaker, change, chat, chat.moderators))

    def _announce(self, about: ChatRef, announcement: Announcement) -> None:
        planned = PlannedAction(
            key=announcement.key,
            action=Action.ANNOUNCE,
            ref=MessageRef(about.platform, about.id, announcement.key),
            live=True,
            by="bot",
            announcement=announcement,
        )
        self.store.outbox.plan(planned, self.clock.now())

    def _audit(self, actor: str, act: str, chat: ChatRef, details: str) -> None:
        self.store.audit.append(
            AuditEntry(self.clock.now(), actor, act, f"{chat.platform}/{chat.id}", details)
        )


def _size(gap: Gap) -> float:
    return float("inf") if gap.missing is None else gap.missing
