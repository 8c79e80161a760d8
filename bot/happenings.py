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
    Mode,
    ModeChange,
    PlannedAction,
)
from bot.ports import AuditEntry, Clock, Store
from bot.speaking import Speaker

_QUIET = timedelta(hours=1)
"""Moderators hear of a chat's gaps once in so long; the console shows them all."""


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
        is_known = self.chats.is_known(joined.chat)
        self._announce(joined.chat, announcements.greeting(self.speaker, joined, chat, is_known=is_known))

    def missed(self, gap: Gap) -> None:
        """What nobody saw is never called clean: it is kept, and moderators are told."""
        chat = self.chats.of(gap.chat)
        before = self.store.gaps.newest(gap.chat)
        self.store.gaps.add(gap)
        self._audit("bot", "missed messages", gap.chat, gap.why)
        if chat.moderators and not (before and gap.at - before.at < _QUIET):
            self._announce(gap.chat, announcements.gap(self.speaker, gap, chat, chat.moderators))

    def set_mode(self, change: ModeChange) -> None:
        """A moderator set how a chat is treated. One without moderators is never enforced."""
        chat = self.chats.of(change.chat)
        if chat.moderators is None or (chat.mode == change.mode):
            return
        self.store.modes.put(chat.ref, Mode(change.mode))
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
