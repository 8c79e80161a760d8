"""What authors answer to their notices: a press of a button, and a letter's number where one is asked for."""

from dataclasses import dataclass

import telegram

from adapters.telegram.heard import Heard
from adapters.telegram.languages import Languages
from adapters.telegram.notices import Notices
from adapters.telegram.patience import with_courtesy
from adapters.telegram.questions import Question, Questions
from adapters.telegram.speaking import Speaking
from adapters.telegram.translate import person, ref
from bot.model import Answer, Choice, MessageRef
from bot.ports import Inbox

_LONGEST_LETTER = 200


@dataclass(frozen=True, slots=True)
class Answers:
    """What is said back to the author is a courtesy: where it fails, his answer counts all the same."""

    speaking: Speaking
    heard: Heard
    notices: Notices
    questions: Questions
    languages: Languages

    async def pressed(
        self, inbox: Inbox, query: telegram.CallbackQuery, chat: str, message: str, choice: Choice
    ) -> None:
        target = ref(chat, message)
        shown = self.notices.latest(target)
        language = shown.notice.language if shown else self.languages.of(str(query.from_user.id))
        if shown:
            is_author = shown.notice.author.id == str(query.from_user.id)
        else:  # notices are shown in direct chats, each to its author
            is_author = query.message is not None and query.message.chat.id == query.from_user.id

        def says(key: str) -> str:
            return self.languages.words.text(language, key)

        if not is_author:
            await with_courtesy(lambda: query.answer(says("notice-not-yours"), show_alert=True))
        elif shown and (shown.answer or not shown.notice.choices):
            await with_courtesy(lambda: query.answer(says("thanks-before")))
        elif choice is Choice.AUTHORISED:
            asked = says("letter-ask")
            await with_courtesy(
                lambda: self.questions.ask(query.id, query.from_user.id, asked, says("letter-label"), target)
            )
            await with_courtesy(query.answer)
        else:
            at = self.heard.pressed_at(query.id)
            await inbox.put(Answer(target, at, person(query.from_user), choice))
            if shown:
                await self.notices.mark_answered(shown, choice)
            await with_courtesy(lambda: query.answer(says(f"thanks-{choice.value}")))

    async def letter(
        self,
        inbox: Inbox,
        question: Question,
        target: MessageRef,
        writer: telegram.User,
        told: telegram.Message,
    ) -> None:
        """The number of a letter that was asked for."""
        letter = (told.text or told.caption or "").strip()[:_LONGEST_LETTER]
        if not letter:
            return
        await inbox.put(Answer(target, told.date, person(writer), Choice.AUTHORISED, letter))
        self.questions.close(question)
        if shown := self.notices.latest(target):
            await self.notices.mark_answered(shown, Choice.AUTHORISED)
        thanks = self.languages.say(str(writer.id), "thanks-authorised")
        await with_courtesy(lambda: self.speaking.say(writer.id, thanks))
