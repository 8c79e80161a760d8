"""What somebody writes to the bot alone: commands, and answers to what the bot asked. It leaks to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

import telegram

from adapters.telegram.answers import Answers
from adapters.telegram.asking import read_command
from adapters.telegram.commanding import Commanding
from adapters.telegram.heard import Heard
from adapters.telegram.languages import Languages
from adapters.telegram.notices import Notices
from adapters.telegram.patience import with_courtesy
from adapters.telegram.questions import Questions
from adapters.telegram.speaking import Speaking
from adapters.telegram.working import seen_at_work
from bot.ports import Desk, Inbox


@dataclass(frozen=True, slots=True)
class Direct:
    speaking: Speaking
    notices: Notices
    questions: Questions
    answers: Answers
    commanding: Commanding
    languages: Languages
    heard: Heard

    async def written(self, inbox: Inbox, desk: Desk, told: Sequence[telegram.Message], update: int) -> None:
        """One message, or all those of an album."""
        writer, id_ = told[0].from_user, f"update:{update}"
        if writer is None or writer.is_bot or self.heard.is_answered(id_):
            return
        for number, message in enumerate(told):
            if asked := read_command(message, self.speaking.bot.username):
                if asked.command:
                    rest = [*told[:number], *told[number + 1 :]]
                    async with seen_at_work(self.speaking.bot, writer.id):
                        await self.commanding.given(desk, asked.command, asked, [message, *rest], update)
                elif asked.name == "start":
                    await with_courtesy(lambda: self._start(writer))
                    self.heard.answered(id_)
                return
        if (told[0].text or told[0].caption or "").startswith("/"):
            return
        question = self.questions.answered(writer.id, told[0].reply_to_message)
        if question is None:
            return
        if question.target is None:
            async with seen_at_work(self.speaking.bot, writer.id):
                await self.commanding.checked(desk, question, told, update)
        else:
            await self.answers.letter(inbox, question, question.target, writer, told[0])
            self.heard.answered(id_)

    async def _start(self, writer: telegram.User) -> None:
        """Gives him what waited for him, or else says what the bot is."""
        if not await self.notices.deliver_waiting(writer):
            await self.speaking.say(writer.id, self.languages.say(str(writer.id), "telegram-hello"))
