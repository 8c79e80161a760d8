"""Buttons: whose they are, and what moderators press under the card of a case."""

import logging
from dataclasses import dataclass

import telegram
from telegram.error import TelegramError

from adapters.telegram.answers import Answers
from adapters.telegram.asking import read_option
from adapters.telegram.cards import read_button as read_card_button
from adapters.telegram.commanding import Commanding
from adapters.telegram.heard import Heard
from adapters.telegram.languages import Languages
from adapters.telegram.members import belongs
from adapters.telegram.moves import Moves
from adapters.telegram.notices import read_button as read_notice_button
from adapters.telegram.once import Once
from adapters.telegram.patience import with_courtesy
from adapters.telegram.translate import PLATFORM, person
from bot.model import CardChoice, ChatRef, Press, Reply
from bot.ports import Desk, Inbox

_LONGEST_ALERT = 200
_log = logging.getLogger("raazdar.telegram")


@dataclass(frozen=True, slots=True)
class Pressing:
    bot: telegram.Bot
    moves: Moves
    heard: Heard
    languages: Languages
    answers: Answers
    commanding: Commanding
    once: Once

    async def pressed(self, inbox: Inbox, desk: Desk, query: telegram.CallbackQuery) -> None:
        data = query.data or ""
        if notice := read_notice_button(data):
            await self.answers.pressed(inbox, query, *notice)
        elif option := read_option(data):
            await self.commanding.chosen(desk, query, *option)
        elif card := read_card_button(data):
            await self.once.do(query.id, lambda: self._card(desk, query, *card))
        else:
            await with_courtesy(query.answer)

    async def _card(self, desk: Desk, query: telegram.CallbackQuery, case: int, choice: CardChoice) -> None:
        if self.heard.is_answered(query.id):
            return
        try:
            reply, is_refused = await self._reply(desk, query, case, choice)
        except Exception as error:  # noqa: BLE001 - what one person presses must not end listening to all others
            _log.error("a press on a card could not be taken (%s)", type(error).__name__)
            reply, is_refused = Reply(self.languages.say(str(query.from_user.id), "try-again")), True
        text = reply.text[:_LONGEST_ALERT]
        await with_courtesy(lambda: query.answer(text or None, show_alert=is_refused or None))
        self.heard.answered(query.id)

    async def _reply(
        self, desk: Desk, query: telegram.CallbackQuery, case: int, choice: CardChoice
    ) -> tuple[Reply, bool]:
        """The answer, and whether it should stand until it was read. Raises what goes wrong."""
        if query.message is None:
            raise TelegramError("a press without its message")
        chat = query.message.chat.id
        is_member = await belongs(self.bot, chat, query.from_user.id)
        press = Press(
            id=query.id,
            case=case,
            chat=ChatRef(PLATFORM, self.moves.known_as(chat)),
            at=self.heard.pressed_at(query.id),
            by=person(query.from_user),
            choice=choice,
            is_member=is_member,
        )
        return await desk.press(press), not is_member
