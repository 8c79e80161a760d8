"""What Telegram told becomes events in the inbox; the same may be told twice."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import telegram

from adapters.telegram import translate
from adapters.telegram.albums import Albums
from adapters.telegram.answers import Answers
from adapters.telegram.files import Files
from adapters.telegram.moves import Moves
from adapters.telegram.translate import Post
from adapters.telegram.units import Unread, Update, is_edit, message_of
from bot.ports import Clock, Inbox

_log = logging.getLogger("raazdar.telegram")


@dataclass(frozen=True, slots=True)
class Hearing:
    inbox: Inbox
    bot: telegram.Bot
    clock: Clock
    files: Files
    albums: Albums
    moves: Moves
    answers: Answers
    _unknown: set[int] = field(default_factory=set)

    async def hear(self, unit: Sequence[Update]) -> None:
        """Returns once one update, or all those of one album, lie in the inbox."""
        first = unit[0]
        if isinstance(first, Unread):
            _log.error("update %d can't be read by this version; it is told as undecided", first.update_id)
            if told := translate.unread(first.raw):
                await self._hand_over(told, translate.revision(told.edited_at, first.update_id))
            return
        if first.callback_query:
            await self.answers.pressed(first.callback_query, self.inbox)
        elif message := message_of(first):
            await self._told(unit, first, message)

    async def _told(self, unit: Sequence[Update], first: telegram.Update, message: telegram.Message) -> None:
        if message.migrate_to_chat_id:
            self.moves.learn(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id:
            self.moves.learn(message.migrate_from_chat_id, message.chat.id)
        if message.from_user and message.from_user.id == self.bot.id and not message.sender_chat:
            return
        if message.chat.type == telegram.Chat.PRIVATE and not self.moves.is_configured(message.chat.id):
            # What somebody tells the bot alone leaks to nobody; only answers to its own questions count.
            if not is_edit(first):
                await self.answers.written(message, self.inbox)
            return
        self._name_unknown(message.chat.id)
        posts = [post for post in map(_post, _messages(unit)) if post]
        if not posts:
            return
        post = posts[0]
        if is_edit(first):
            if message.location:  # a live location, told anew every few seconds
                return
            post = self.albums.edited(post) if post.group else post
            # An edit whose time Telegram leaves out is still an edit.
            number = translate.revision(post.edited_at or post.sent_at, first.update_id)
            await self._hand_over(post, number)
        elif post.group:
            await self._hand_over(*self.albums.joined(posts, self.clock.now()))
        else:
            await self._hand_over(post, 0)

    async def _hand_over(self, post: Post, revision: int) -> None:
        answered = None
        if post.reply_to is not None:
            answered = self.moves.ref(post.chat, self.albums.head(post.chat, post.reply_to)).id
        attachments = await self.files.fetch(post.files)
        target = self.moves.ref(post.chat, post.id)
        await self.inbox.put(translate.message(post, target, revision, attachments, answered))

    def _name_unknown(self, chat: int) -> None:
        """Says the id of a chat that is not in the configuration, once: that is how people learn it."""
        if not self.moves.is_configured(chat) and chat not in self._unknown:
            self._unknown.add(chat)
            _log.warning("The Telegram chat %d is not among the configured chats.", chat)


def _messages(unit: Sequence[Update]) -> list[telegram.Message]:
    told = (message_of(update) for update in unit if not isinstance(update, Unread))
    return [message for message in told if message]


def _post(message: telegram.Message) -> Post | None:
    """One message that can't be translated must not hold up those after it."""
    try:
        return translate.post(message)
    except Exception as error:  # noqa: BLE001
        _log.error("a message could not be translated (%s); it is told as undecided", type(error).__name__)
        kind = "edited_message" if message.edit_date else "message"
        return translate.unread({kind: message.to_dict()})
