"""Telegram as a `Platform`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from telegram.error import BadRequest, ChatMigrated, InvalidToken, TelegramError

from adapters.telegram import Settings
from adapters.telegram.examining import examine
from adapters.telegram.failures import (
    MAY_NOT_DELETE,
    TOO_OLD,
    explained,
    in_words,
    is_gone,
    is_not_deletable,
    silence_library,
)
from adapters.telegram.hearing import Hearing
from adapters.telegram.members import may_delete, member
from adapters.telegram.parts import Parts, put_together
from adapters.telegram.patience import first_failure, until_done
from adapters.telegram.polling import Polling
from adapters.telegram.raw import ask
from adapters.telegram.translate import PLATFORM
from adapters.telegram.webhook import serve
from bot.model import Announcement, Card, Check, MessageRef, Notice, Posting
from bot.ports import (
    Desk,
    Inbox,
    Platform,
    PlatformError,
    PlatformForbidden,
    PlatformRefused,
    Surroundings,
)

_log = logging.getLogger("raazdar.telegram")


@dataclass(slots=True)
class TelegramPlatform:
    """Satisfies `Platform` and `Examinable`. Acting does not need `run`; listening does."""

    settings: Settings
    surroundings: Surroundings
    parts: Parts
    name: str = PLATFORM
    _connecting: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, inbox: Inbox, desk: Desk) -> None:
        """Hands over everything that happens, until cancelled; first what happened while nobody ran.

        Telegram keeps that for 24 hours.
        """
        hearing = Hearing(inbox, desk, self.parts)
        self._forget_old()
        try:
            await until_done(self._connected)
            await self._find_moves()
            await self.parts.gaps.tell_all(inbox)
            with first_failure():
                async with asyncio.TaskGroup() as group:
                    beside = [
                        group.create_task(self.parts.fleeting.run()),
                        group.create_task(self.parts.menu.offer()),
                        group.create_task(self.parts.gaps.run(inbox)),
                    ]
                    try:
                        await self._listen(hearing)
                    finally:
                        for task in beside:
                            task.cancel()
        finally:
            # What was sent and not written down would be sent again after a restart.
            await self.parts.once.settled()
            await self.parts.bot.shutdown()

    async def warn(self, notice: Notice) -> bool:
        """Tells the author in his direct chat with the bot, if he has ever started it.

        Otherwise a short reply in the chat says only that there is a notice, and removes itself; the notice
        waits for him.
        """
        async with self._acting():
            return await self.parts.once.do(notice.key, lambda: self.parts.notices.show(notice))

    async def remove(self, ref: MessageRef) -> None:
        """Deletes a message, and all the parts of an album."""
        async with self._acting():
            for chat, part in self._parts_of(ref):
                if self.parts.removals.knows(chat, part):
                    continue
                try:
                    await self.parts.bot.delete_message(chat, part)
                except BadRequest as error:
                    if is_not_deletable(error):
                        raise await self._why_not_deletable(chat, error) from None
                    if not is_gone(error):
                        raise
                self.parts.numbers.knows(chat, part)
                self.parts.removals.add(chat, part)

    async def is_removed(self, ref: MessageRef) -> bool:
        """Whether Telegram has told this bot, when it deleted the message, that it is gone.

        An album is gone when all the parts are that are known by now. A bot can't look at a chat's messages,
        and is not told what others delete.
        """
        return all(self.parts.removals.knows(chat, part) for chat, part in self._parts_of(ref))

    async def escalate(self, card: Card) -> None:
        """Shows a case in the moderators' chat, or brings its card up to date; news reply to it."""
        async with self._acting():
            await self.parts.once.do(card.key, lambda: self.parts.cards.show(card))

    async def repost(self, posting: Posting) -> None:
        """Posts under the bot's own name, the author's above: Telegram lets nobody speak for others."""
        async with self._acting():
            await self.parts.once.do(posting.key, lambda: self.parts.postings.repost(posting))

    async def announce(self, announcement: Announcement) -> None:
        async with self._acting():
            await self.parts.once.do(announcement.key, lambda: self.parts.postings.announce(announcement))

    async def examine(self) -> Sequence[Check]:
        """Asks only what leaves no trace, over connections of its own, and takes no updates away."""
        return await examine(self.settings, self.surroundings, self.parts.moves)

    def _parts_of(self, ref: MessageRef) -> list[tuple[int, int]]:
        chat, id_ = self.parts.moves.place(ref)
        return [(chat, part) for part in self.parts.albums.part_ids(chat, id_)]

    @asynccontextmanager
    async def _acting(self) -> AsyncIterator[None]:
        with in_words():
            await self._connected()
            yield

    async def _connected(self) -> None:
        """Lets the library open its connections and ask for the bot's own name, once."""
        async with self._connecting:
            await self.parts.bot.initialize()

    async def _why_not_deletable(self, chat: int, error: BadRequest) -> PlatformError:
        """Telegram says the same of what is too old and of what the bot may not delete."""
        try:
            own = await member(self.parts.bot, chat, self.parts.bot.id)
        except TelegramError:
            return explained(error)
        return PlatformRefused(TOO_OLD) if may_delete(own) else PlatformForbidden(MAY_NOT_DELETE)

    async def _listen(self, hearing: Hearing) -> None:
        own, bot = self.settings, self.parts.bot
        if own.webhook:
            await serve(own.webhook, bot, hearing.hear)
        else:
            await until_done(self._without_webhook)
            polling = Polling(
                bot,
                self.parts.clock,
                hearing.hear,
                self.parts.gaps.interrupted,
                own.poll_seconds,
                own.album_seconds,
            )
            await polling.run()

    async def _find_moves(self) -> None:
        """Asks for each group whether it became a supergroup while nobody listened."""
        for group in self.parts.moves.groups():
            try:
                await ask(self.parts.bot, "getChat", chat_id=group)
            except ChatMigrated as moved:
                self.parts.moves.learn(group, moved.new_chat_id)
            except TelegramError:
                _log.warning("The Telegram chat %d can't be looked at; is the bot in it?", group)

    async def _without_webhook(self) -> None:
        """While a webhook is set, Telegram refuses to be asked for updates; what waits is kept."""
        try:
            await self.parts.bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            await self.parts.bot.get_me()  # says whether it is really the token

    def _forget_old(self) -> None:
        """What nobody will come back to."""
        now = self.parts.clock.now()
        self.parts.albums.forget_old(now)
        self.parts.db.forget_old(now)


def open_platform(settings: Settings, surroundings: Surroundings) -> Platform:
    """Puts the parts together. Raises PlatformUnavailable where the adapter's memory can't be used."""
    silence_library()
    return TelegramPlatform(settings, surroundings, put_together(settings, surroundings))
