"""What Telegram told becomes events in the inbox, and questions to the desk; the same may be told twice."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import telegram

from adapters.telegram import translate
from adapters.telegram.asking import read_command, without_command
from adapters.telegram.parts import Parts
from adapters.telegram.translate import Post
from adapters.telegram.units import Unread, Update, is_edit, message_of
from bot.ports import Desk, Inbox

_log = logging.getLogger("raazdar.telegram")


@dataclass(frozen=True, slots=True)
class Hearing:
    inbox: Inbox
    desk: Desk
    parts: Parts
    _unknown: set[int] = field(default_factory=set)

    async def hear(self, unit: Sequence[Update]) -> None:
        """Returns once one update, or all those of one album, lie in the inbox."""
        first = unit[0]
        if isinstance(first, Unread):
            await self._unread(first)
        elif first.callback_query:
            await self.parts.pressing.pressed(self.inbox, self.desk, first.callback_query)
        elif first.my_chat_member:
            if not await self._is_taken(first.my_chat_member.to_dict()):
                _log.error("update %d can't be read by this version", first.update_id)
        elif message := message_of(first):
            await self._told(unit, first, message)

    async def _unread(self, update: Unread) -> None:
        change = update.raw.get("my_chat_member")
        if isinstance(change, dict) and await self._is_taken(change):
            return
        _log.error("update %d can't be read by this version; it is told as undecided", update.update_id)
        if told := translate.unread(update.raw):
            await self._count(told.chat, (told.id,), is_new=told.edited_at is None)
            await self._hand_over(told, translate.revision(told.edited_at, update.update_id))

    async def _is_taken(self, change: Mapping[str, Any]) -> bool:
        """Whether what the bot is in a chat could be read though something else in the update could not."""
        try:
            await self.parts.presence.changed(self.inbox, change)
        except (KeyError, TypeError, ValueError, AttributeError):
            return False
        return True

    async def _told(self, unit: Sequence[Update], first: telegram.Update, message: telegram.Message) -> None:
        parts, chat = self.parts, message.chat.id
        parts.readers.saw(message)
        self._learn_move(message)
        told = _messages(unit)
        await self._count(chat, [one.message_id for one in told], is_new=not is_edit(first))
        if await self._is_own(message):
            return
        if message.chat.type == telegram.Chat.PRIVATE and not parts.moves.is_configured(chat):
            # What somebody tells the bot alone leaks to nobody.
            if not is_edit(first):
                await parts.direct.written(self.inbox, self.desk, told, first.update_id)
            return
        if any(user.id == parts.bot.id for user in message.new_chat_members or ()):
            await parts.presence.added(self.inbox, message)
        self._name_unknown(chat)
        if is_edit(first):
            if not message.location:  # a live location is told anew every few seconds
                await self._edited(message, first.update_id)
            return
        await self._posted(told)
        await self._asked(told, first)

    async def _posted(self, told: Sequence[telegram.Message]) -> None:
        posts = [post for post in map(self._post, told) if post]
        for message in told:
            self.parts.topics.saw(message)
        if posts and posts[0].group:
            await self._hand_over(*self.parts.albums.joined(posts, self.parts.clock.now()))
        elif posts:
            await self._hand_over(posts[0], 0)

    async def _edited(self, message: telegram.Message, update_id: int) -> None:
        if post := self._post(message):
            post = self.parts.albums.edited(post) if post.group else post
            # An edit whose time Telegram leaves out is still an edit.
            await self._hand_over(post, translate.revision(post.edited_at or post.sent_at, update_id))

    def _post(self, message: telegram.Message) -> Post | None:
        post, asked = translate.whole_post(message), read_command(message, self.parts.bot.username)
        return replace(post, text=without_command(post.text)) if post and asked and asked.command else post

    async def _asked(self, told: Sequence[telegram.Message], first: telegram.Update) -> None:
        """A command in a group; everybody has read it, so it is a message besides."""
        if first.message is None:
            return
        for number, message in enumerate(told):
            asked = read_command(message, self.parts.bot.username)
            if asked and asked.command:
                rest = [*told[:number], *told[number + 1 :]]
                await self.parts.commanding.given(
                    self.desk, asked.command, asked, [message, *rest], first.update_id
                )
                return

    async def _hand_over(self, post: Post, revision: int) -> None:
        parts = self.parts
        answered = None
        if post.reply_to is not None:
            answered = parts.moves.ref(post.chat, parts.albums.head(post.chat, post.reply_to)).id
        attachments = await parts.files.fetch(post.files)
        target = parts.moves.ref(post.chat, post.id)
        await self.inbox.put(translate.message(post, target, revision, attachments, answered))

    async def _count(self, chat: int, messages: Sequence[int], *, is_new: bool) -> None:
        """Tells a gap before these messages, if there is one."""
        numbers = self.parts.numbers
        if not is_new:
            for message in messages:
                numbers.knows(chat, message)
            return
        if missing := await numbers.jump(chat, messages):
            await self.parts.gaps.found(self.inbox, chat, min(messages), missing)
        numbers.saw(chat, messages)
        self.parts.gaps.heard(chat)

    async def _is_own(self, message: telegram.Message) -> bool:
        if message.from_user and message.from_user.id == self.parts.bot.id and not message.sender_chat:
            return True
        numbers, origin = self.parts.numbers, message.forward_origin
        if message.chat.type == telegram.Chat.CHANNEL:
            return await numbers.is_own(message.chat.id, message.message_id)
        if message.is_automatic_forward and isinstance(origin, telegram.MessageOriginChannel):
            # Telegram brings what is posted in a channel into its discussion group.
            return await numbers.is_own(origin.chat.id, origin.message_id)
        return False

    def _learn_move(self, message: telegram.Message) -> None:
        if message.migrate_to_chat_id:
            self.parts.moves.learn(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id:
            self.parts.moves.learn(message.migrate_from_chat_id, message.chat.id)

    def _name_unknown(self, chat: int) -> None:
        """Says the id of a chat that is not in the configuration, once: that is how people learn it."""
        if not self.parts.moves.is_configured(chat) and chat not in self._unknown:
            self._unknown.add(chat)
            _log.warning("The Telegram chat %d is not among the configured chats.", chat)


def _messages(unit: Sequence[Update]) -> list[telegram.Message]:
    told = (message_of(update) for update in unit if not isinstance(update, Unread))
    return [message for message in told if message]
