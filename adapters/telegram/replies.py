"""What the product answers to somebody: in his direct chat, or where everybody may read it."""

from dataclasses import dataclass

import telegram
from telegram.error import TelegramError

from adapters.telegram.asking import option_data
from adapters.telegram.failures import is_unreached
from adapters.telegram.fleeting import Fleeting
from adapters.telegram.languages import Languages
from adapters.telegram.notices import Notices, direct_chat_button
from adapters.telegram.speaking import Speaking, pieces
from bot.model import Option, Reply


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody asked, in Telegram's numbers. `person` is None where he can't be written to alone."""

    chat: int
    message: int
    person: int | None

    @property
    def is_private(self) -> bool:
        return self.chat == self.person


@dataclass(frozen=True, slots=True)
class Replies:
    speaking: Speaking
    notices: Notices
    fleeting: Fleeting
    languages: Languages
    public_seconds: float

    async def show(self, reply: Reply, asked: str, place: Place) -> None:
        """`asked` names the command that is answered. Raises TelegramError."""
        if not reply.text and not reply.notices:
            return
        if place.person is not None:
            self.languages.learn(str(place.person), reply.language)
        if not place.is_private and not reply.is_private:
            await self._say(place.chat, reply, asked, place.message)
            for notice in reply.notices:
                await self.notices.show_again(notice, asked)
        elif place.person is None or not await self._told_alone(place.person, reply, asked):
            await self._send_to_direct_chat(reply, asked, place)

    async def _told_alone(self, person: int, reply: Reply, asked: str) -> bool:
        """False where the bot can't write to him."""
        try:
            await self._say(person, reply, asked)
        except TelegramError as error:
            if is_unreached(error):
                return False
            raise
        for notice in reply.notices:
            await self.notices.show_again(notice, asked)
        return True

    async def _say(self, chat: int, reply: Reply, asked: str, answers: int | None = None) -> None:
        texts = pieces(reply.text)
        for number, text in enumerate(texts, 1):
            buttons = keyboard(reply.options) if number == len(texts) else None
            key = f"reply to {asked}, {number}"
            await self.speaking.say_once(key, chat, text, buttons=buttons, answers=answers)

    async def _send_to_direct_chat(self, reply: Reply, asked: str, place: Place) -> None:
        """Says, not for long, to open the direct chat and ask there; what it is about stays unsaid."""
        words = self.languages.words
        buttons = direct_chat_button(
            self.speaking.bot, words.text(reply.language, "telegram-open-private"), "ask"
        )
        sent = await self.speaking.say(
            place.chat,
            words.text(reply.language, "telegram-ask-in-private"),
            buttons=buttons,
            answers=place.message,
            is_silent=True,
        )
        self.fleeting.add(sent.chat.id, sent.message_id, self.public_seconds, asked)


def keyboard(options: tuple[Option, ...]) -> telegram.InlineKeyboardMarkup | None:
    rows = [
        [telegram.InlineKeyboardButton(option.label, callback_data=data)]
        for option in options
        if (data := option_data(option))
    ]
    return telegram.InlineKeyboardMarkup(rows) if rows else None
