"""What moderators may ask in their own chat: about the chats that they look after, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot import announcements
from bot.chats import Chats
from bot.model import Chat, Command, Mode, ModeChange, Reply, Status
from bot.ports import AuditEntry, Clock, Inbox, Store
from bot.speaking import Speaker

_MOST_CASES = 10
_RECENT = timedelta(days=7)
_MOST_GAPS = 200


@dataclass(frozen=True, slots=True)
class Moderating:
    store: Store
    clock: Clock
    inbox: Inbox
    chats: Chats
    speaker: Speaker

    async def cases(self, command: Command, language: str) -> Reply:
        """The open cases of their chats, the newest first."""
        chats = self._looked_after(command)
        if not chats:
            return self._refused(command, language)
        refs = {chat.ref for chat in chats}
        cases = [
            case
            for case in self.store.cases.list((Status.OPEN, Status.ACKNOWLEDGED))
            if self.chats.home(case.ref.chat_ref) in refs
        ]
        if not cases:
            return self._reply(language, self._text(language, "cases-none"))
        lines = [
            self._text(
                language,
                "cases-line",
                case=str(case.number),
                severity=self._text(language, f"severity-{case.severity}"),
                chat=case.chat_name,
                author=case.author.name or case.author.id,
                why=self.speaker.why(case, self.chats.of(case.ref.chat_ref).audience, language),
                status=case.owner or self._text(language, f"status-{case.status}"),
                link=self.speaker.link(case.number),
            )
            for case in cases[:_MOST_CASES]
        ]
        if len(cases) > _MOST_CASES:
            more = str(len(cases) - _MOST_CASES)
            lines.append(self._text(language, "cases-more", count=more, link=self.speaker.console))
        return self._reply(language, "\n".join(lines))

    async def mode(self, command: Command, language: str) -> Reply:
        """Shows how their chats are treated, or sets it for one of them."""
        chats = self._looked_after(command)
        if not chats:
            return self._refused(command, language)
        wanted, _, name = command.arguments.strip().partition(" ")
        if wanted.lower() not in set(Mode):
            lines = [self._line(chat, language) for chat in chats]
            return self._reply(language, "\n".join([*lines, self._text(language, "mode-how")]))
        sought = name.strip().lower()
        named = [chat for chat in chats if not sought or sought in {chat.name.lower(), chat.ref.id}]
        if len(named) != 1:
            names = self._text(language, "list-comma").join(chat.name for chat in chats)
            return self._reply(language, self._text(language, "mode-which", chats=names))
        mode = Mode(wanted.lower())
        await self.inbox.put(ModeChange(command.id, named[0].ref, command.at, command.by, mode))
        words = self._text(language, f"mode-{mode}")
        return self._reply(language, self._text(language, "mode-set", chat=named[0].name, mode=words))

    async def status(self, command: Command, language: str) -> Reply:
        """How much is open, waiting, and not seen."""
        chats = self._looked_after(command)
        if not chats:
            return self._refused(command, language)
        counts = self.store.inbox.counts()
        lines = [self._line(chat, language) for chat in chats]
        lines.append(
            self._text(
                language,
                "status",
                cases=str(len(self.store.cases.list((Status.OPEN, Status.ACKNOWLEDGED)))),
                inbox=str(counts["waiting"]),
                aside=str(counts["aside"]),
                outbox=str(self.store.outbox.waiting()),
            )
        )
        names = {chat.ref: chat.name for chat in chats}
        since = self.clock.now() - _RECENT
        lines += [
            self._text(
                language,
                "status-gap",
                chat=names[self.chats.home(gap.chat)],
                count=announcements.missing(self.speaker, gap, language),
                at=f"{gap.at:%Y-%m-%d %H:%M}",
                why=gap.why.rstrip("."),
            )
            for gap in self.store.gaps.list(_MOST_GAPS)
            if self.chats.home(gap.chat) in names and gap.at >= since
        ]
        return self._reply(language, "\n".join(lines))

    def _looked_after(self, command: Command) -> Sequence[Chat]:
        """The chats whose moderators the person is one of, here where they meet."""
        if not command.is_member:
            return ()
        return [
            chat
            for chat in self.chats.looked_after_in(command.chat)
            if chat.moderators
            and any(one.chat == command.chat and one.include(command.by) for one in chat.moderators.chain)
        ]

    def _refused(self, command: Command, language: str) -> Reply:
        who = f"{command.chat.platform} {command.by.id}"
        where = f"{command.chat.platform}/{command.chat.id}"
        with self.store.transaction():
            self.store.audit.append(
                AuditEntry(self.clock.now(), who, "command refused", where, command.name.value)
            )
        return Reply(self._text(language, "moderators-only"), language)

    def _line(self, chat: Chat, language: str) -> str:
        words = self._text(language, f"mode-{chat.mode}")
        return self._text(language, "mode-line", chat=chat.name, mode=words)

    def _reply(self, language: str, text: str) -> Reply:
        return Reply(text, language, is_private=False)

    def _text(self, language: str, key: str, /, **values: str) -> str:
        return self.speaker.words.text(language, key, **values)
