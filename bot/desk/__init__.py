"""Where people are answered at once: commands, and presses on moderators' cards."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.cases import Cases
from bot.chats import Chats
from bot.desk.checking import Checking
from bot.desk.moderating import Moderating
from bot.desk.own import Own
from bot.desk.reporting import Reporting
from bot.in_force import InForce
from bot.model import Command, CommandName, Press, Reply
from bot.ports import Clock, Inbox, Store
from bot.reports import Reports

Answer = Callable[[Command, str], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Desk:
    """The `Desk` port. What changes anything goes through the inbox; what only asks leaves no trace."""

    store: Store
    inbox: Inbox
    chats: Chats
    cases: Cases
    checking: Checking
    own: Own
    reporting: Reporting
    moderating: Moderating

    async def command(self, command: Command) -> Reply:
        language = self.chats.language_of(command.chat, command.by)
        return await self._answers()[command.name](command, language)

    async def press(self, press: Press) -> Reply:
        case = self.store.cases.get(press.case)
        words = self.cases.speaker.words
        language = self.chats.of(case.ref.chat_ref).language if case else self.chats.language
        if case is None:
            return Reply(words.text(language, "press-no-case"), language)
        if not self.cases.may_press(case, press):
            with self.store.transaction():
                self.cases.refused(press)
            return Reply(words.text(language, "press-refused"), language)
        await self.inbox.put(press)
        choice = words.text(language, f"press-{press.choice}")
        return Reply(words.text(language, "press-noted", choice=choice, case=str(press.case)), language)

    def _answers(self) -> Mapping[CommandName, Answer]:
        return {
            CommandName.CHECK: self.checking.check,
            CommandName.REPORT: self.reporting.report,
            CommandName.MYCASES: self.own.my_cases,
            CommandName.PRIVACY: self.own.privacy,
            CommandName.LANGUAGE: self.own.language,
            CommandName.HELP: self.own.help,
            CommandName.CASES: self.moderating.cases,
            CommandName.MODE: self.moderating.mode,
            CommandName.STATUS: self.moderating.status,
        }


def make_desk(
    store: Store,
    clock: Clock,
    inbox: Inbox,
    in_force: InForce,
    chats: Chats,
    cases: Cases,
    reports: Reports,
) -> Desk:
    """A desk with somebody for each command behind it."""
    speaker = cases.speaker
    return Desk(
        store=store,
        inbox=inbox,
        chats=chats,
        cases=cases,
        checking=Checking(clock, in_force, chats, speaker),
        own=Own(store, chats, speaker),
        reporting=Reporting(store, inbox, reports, speaker),
        moderating=Moderating(store, clock, inbox, chats, speaker),
    )
