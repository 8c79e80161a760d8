"""Takes what people ask, by a command or a button that stands for one, to the desk, and shows its answer."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

import telegram
from telegram.error import TelegramError

from adapters.telegram import translate
from adapters.telegram.albums import Albums
from adapters.telegram.asking import Asked
from adapters.telegram.files import Files
from adapters.telegram.heard import Heard
from adapters.telegram.languages import Languages
from adapters.telegram.members import belongs
from adapters.telegram.moves import Moves
from adapters.telegram.once import Once
from adapters.telegram.patience import with_courtesy
from adapters.telegram.questions import Question, Questions
from adapters.telegram.removals import Removals
from adapters.telegram.replies import Place, Replies
from adapters.telegram.speaking import Speaking
from adapters.telegram.translate import PLATFORM, person
from bot.model import Attachment, ChatRef, Command, CommandName, Message, Person, Reply
from bot.ports import Desk

_SMALL = 5 * 1024 * 1024
"""Files of a reported message up to this size are brought along; the inbox had them all before."""

_LONGEST_ALERT = 200
_log = logging.getLogger("raazdar.telegram")


@dataclass(frozen=True, slots=True)
class Commanding:
    moves: Moves
    albums: Albums
    files: Files
    speaking: Speaking
    languages: Languages
    heard: Heard
    questions: Questions
    replies: Replies
    removals: Removals
    once: Once

    async def given(
        self, desk: Desk, name: CommandName, asked: Asked, told: Sequence[telegram.Message], update: int
    ) -> None:
        """A command at the start of a message, which may be an album: the command stands in the first."""
        id_, message = f"update:{update}", told[0]
        by = _asker(message)
        if by is None or self.heard.is_answered(id_):
            return
        is_private = message.chat.type == telegram.Chat.PRIVATE
        attachments = await self._files(told) if is_private else ()
        pointed = await self._pointed_to(message, is_private=is_private)
        if name is CommandName.CHECK and is_private and not (asked.arguments or attachments or pointed):
            await self._ask_what_to_check(id_, by)
            return
        direct = message.from_user.id if message.from_user and not message.sender_chat else None
        place = Place(message.chat.id, message.message_id, direct)
        command = Command(
            id=id_,
            name=name,
            chat=self._chat(message.chat.id),
            at=message.date,
            by=by,
            arguments=asked.arguments,
            attachments=attachments,
            message=pointed,
            is_private=is_private,
        )
        await self._do(desk, command, place)
        if name is CommandName.REPORT and not is_private:
            await self._take_off(message)

    async def checked(
        self, desk: Desk, question: Question, told: Sequence[telegram.Message], update: int
    ) -> None:
        """Something that was sent because the bot had asked what to check."""
        id_, message = f"update:{update}", told[0]
        by = _asker(message)
        if by is None or self.heard.is_answered(id_):
            return
        texts = filter(None, (one.text or one.caption for one in told))
        command = Command(
            id=id_,
            name=CommandName.CHECK,
            chat=self._chat(message.chat.id),
            at=message.date,
            by=by,
            arguments="\n".join(texts),
            attachments=await self._files(told),
            is_private=True,
        )
        await self._do(desk, command, Place(message.chat.id, message.message_id, message.chat.id))
        self.questions.close(question)

    async def chosen(
        self, desk: Desk, query: telegram.CallbackQuery, name: CommandName, arguments: str
    ) -> None:
        """A button under a reply."""
        if query.message is None or self.heard.is_answered(query.id):
            await with_courtesy(query.answer)
            return
        chat = query.message.chat
        is_private = chat.type == telegram.Chat.PRIVATE
        command = Command(
            id=query.id,
            name=name,
            chat=self._chat(chat.id),
            at=self.heard.pressed_at(query.id),
            by=person(query.from_user),
            arguments=arguments,
            is_private=is_private,
        )
        place = Place(chat.id, query.message.message_id, query.from_user.id)
        await self._do(desk, command, place, query)

    async def _do(
        self, desk: Desk, command: Command, place: Place, query: telegram.CallbackQuery | None = None
    ) -> None:
        await self.once.do(command.id, lambda: self._answer(desk, command, place, query))

    async def _answer(
        self, desk: Desk, command: Command, place: Place, query: telegram.CallbackQuery | None
    ) -> None:
        try:
            reply = await self._reply(desk, command, place)
        except Exception as error:  # noqa: BLE001 - what one person asks must not end listening to all others
            _log.error("a command could not be carried out (%s)", type(error).__name__)
            reply = self._say(command.by, "try-again")
        if query and reply.is_private and not (place.is_private or reply.options or reply.notices):
            # In a chat of many, only what pops up is seen by the one who pressed, and by nobody else.
            text = reply.text[:_LONGEST_ALERT]
            await with_courtesy(lambda: query.answer(text, show_alert=True))
        else:
            await with_courtesy(lambda: self.replies.show(reply, command.id, place))
            if query:
                await with_courtesy(query.answer)
        self.heard.answered(command.id)

    async def _reply(self, desk: Desk, command: Command, place: Place) -> Reply:
        if command.name is CommandName.CHECK and not command.is_private:
            # What was to be tried stands in the chat by now, for everybody to read.
            return self._say(command.by, "check-in-private")
        if command.name.is_for_moderators and place.person is not None and not place.is_private:
            try:
                is_member = await belongs(self.speaking.bot, place.chat, place.person)
            except TelegramError:
                _log.warning("whether somebody belongs to the chat %d can't be found out", place.chat)
                return self._say(command.by, "try-again")
            if not is_member:
                command = replace(command, is_member=False)
        return await desk.command(command)

    async def _ask_what_to_check(self, asked: str, by: Person) -> None:
        text = self.languages.say(by.id, "telegram-check-ask")
        hint = self.languages.say(by.id, "telegram-check-hint")
        await with_courtesy(lambda: self.questions.ask(asked, int(by.id), text, hint, None))
        self.heard.answered(asked)

    async def _files(self, told: Sequence[telegram.Message]) -> tuple[Attachment, ...]:
        posts = filter(None, map(translate.whole_post, told))
        return await self.files.fetch([file for post in posts for file in post.files])

    async def _pointed_to(self, message: telegram.Message, *, is_private: bool) -> Message | None:
        """What a command replies to; in the direct chat, what the bot itself wrote is no matter."""
        answered = translate.answered(message)
        if answered and is_private and answered.from_user and answered.from_user.id == self.speaking.bot.id:
            return None
        post = translate.whole_post(answered) if answered else None
        if post is None:
            return None
        target = self.moves.ref(post.chat, self.albums.head(post.chat, post.id))
        attachments = await self.files.fetch(post.files, None if is_private else _SMALL)
        return translate.message(post, target, translate.revision(post.edited_at, 0), attachments, None)

    async def _take_off(self, message: telegram.Message) -> None:
        """Who reports others need not be seen doing it."""
        if await self.speaking.is_taken_off(message.chat.id, message.message_id):
            self.removals.add(message.chat.id, message.message_id)

    def _chat(self, chat: int) -> ChatRef:
        return ChatRef(PLATFORM, self.moves.known_as(chat))

    def _say(self, to: Person, key: str) -> Reply:
        return Reply(self.languages.say(to.id, key), self.languages.of(to.id))


def _asker(message: telegram.Message) -> Person | None:
    """None for a channel, another bot and the like; an admin may speak for his group."""
    if message.sender_chat is not None:
        return translate.author(message) if message.sender_chat.id == message.chat.id else None
    user = message.from_user
    return None if user is None or user.is_bot else person(user)
