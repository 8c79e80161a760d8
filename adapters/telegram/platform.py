"""Telegram as a `Platform`."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import telegram
from telegram.error import BadRequest, ChatMigrated, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram import Settings
from adapters.telegram.albums import Albums
from adapters.telegram.answers import Answers
from adapters.telegram.cards import Cards
from adapters.telegram.database import FILE_NAME, Database
from adapters.telegram.failures import in_words, is_gone, silence_library
from adapters.telegram.files import Files
from adapters.telegram.fleeting import Fleeting
from adapters.telegram.hearing import Hearing
from adapters.telegram.moves import Moves
from adapters.telegram.notices import Notices
from adapters.telegram.once import Once
from adapters.telegram.patience import first_failure, until_done
from adapters.telegram.polling import Polling
from adapters.telegram.translate import PLATFORM
from adapters.telegram.webhook import serve
from bot.model import Card, MessageRef, Notice
from bot.ports import Clock, Inbox, Platform, Surroundings

_log = logging.getLogger("raazdar.telegram")
_KEPT = timedelta(days=30)


@dataclass(slots=True)
class TelegramPlatform:
    """Satisfies `Platform`. Acting does not need `run`; listening does."""

    settings: Settings
    clock: Clock
    db: Database
    bot: telegram.Bot
    moves: Moves
    albums: Albums
    files: Files
    fleeting: Fleeting
    notices: Notices
    answers: Answers
    cards: Cards
    name: str = PLATFORM
    _once: Once = field(default_factory=Once)
    _connecting: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, inbox: Inbox) -> None:
        """Hands over everything that happens, until cancelled; first what happened while nobody ran.

        Telegram keeps that for 24 hours.
        """
        hearing = Hearing(inbox, self.bot, self.clock, self.files, self.albums, self.moves, self.answers)
        self._forget_old()
        try:
            await until_done(self._connected)
            await self._find_moves()
            with first_failure():
                async with asyncio.TaskGroup() as group:
                    tidying = group.create_task(self.fleeting.run())
                    try:
                        await self._listen(hearing)
                    finally:
                        tidying.cancel()
        finally:
            # What was sent and not written down would be sent again after a restart.
            await self._once.settled()
            await self.bot.shutdown()

    async def warn(self, notice: Notice) -> None:
        """Tells the author in his direct chat with the bot, if he has ever started it.

        Otherwise a short reply in the chat says only that there is a notice, and removes itself; the notice
        waits for him.
        """
        async with self._acting():
            await self._once.do(notice.key, lambda: self.notices.show(notice))

    async def remove(self, ref: MessageRef) -> None:
        """Deletes a message, and all the parts of an album."""
        chat, id_ = self.moves.place(ref)
        async with self._acting():
            for part in self.albums.part_ids(chat, id_):
                try:
                    await self.bot.delete_message(chat, part)
                except BadRequest as error:
                    if not is_gone(error):
                        raise
        self.db.change("INSERT OR IGNORE INTO removed (chat, message) VALUES (?, ?)", ref.chat, ref.id)

    async def is_removed(self, ref: MessageRef) -> bool:
        """Whether Telegram has told this bot, when it deleted the message, that it is gone.

        A bot can't look at a chat's messages, and is not told what others delete.
        """
        row = self.db.row("SELECT 1 FROM removed WHERE chat = ? AND message = ?", ref.chat, ref.id)
        return row is not None

    async def escalate(self, card: Card) -> None:
        """Shows a case in the moderators' chat; news of the same case replies to its first card."""
        async with self._acting():
            await self._once.do(card.key, lambda: self.cards.show(card))

    @asynccontextmanager
    async def _acting(self) -> AsyncIterator[None]:
        with in_words():
            await self._connected()
            yield

    async def _connected(self) -> None:
        """Lets the library open its connections and ask for the bot's own name, once."""
        async with self._connecting:
            await self.bot.initialize()

    async def _listen(self, hearing: Hearing) -> None:
        own = self.settings
        if own.webhook:
            await serve(own.webhook, self.bot, hearing.hear)
        else:
            await until_done(self._without_webhook)
            await Polling(self.bot, self.clock, hearing.hear, own.poll_seconds, own.album_seconds).run()

    async def _find_moves(self) -> None:
        """Asks for each group whether it became a supergroup while nobody listened."""
        for group in self.moves.groups():
            try:
                await self.bot.get_chat(group)
            except ChatMigrated as moved:
                self.moves.learn(group, moved.new_chat_id)
            except TelegramError:
                _log.warning("The Telegram chat %d can't be looked at; is the bot in it?", group)

    async def _without_webhook(self) -> None:
        """While a webhook is set, Telegram refuses to be asked for updates; what waits is kept."""
        try:
            await self.bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            await self.bot.get_me()  # says whether it is really the token

    def _forget_old(self) -> None:
        """What nobody will come back to: Telegram lets people neither edit nor delete for so long."""
        now = self.clock.now()
        self.albums.forget_old(now)
        self.db.change("DELETE FROM presses WHERE at < ?", (now - _KEPT).isoformat())


def open_platform(settings: Settings, surroundings: Surroundings) -> Platform:
    """Puts the parts together. Raises PlatformUnavailable where the adapter's memory can't be used."""
    silence_library()
    db = Database(surroundings.data / FILE_NAME)
    bot = telegram.Bot(
        settings.token,
        base_url=settings.base_url,
        base_file_url=settings.base_file_url,
        request=HTTPXRequest(
            connection_pool_size=32, connect_timeout=10, read_timeout=20, write_timeout=20, pool_timeout=10
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=2, connect_timeout=10, read_timeout=10),
    )
    chats = [chat.ref for chat in surroundings.chats]
    chats += [chat.moderators for chat in surroundings.chats if chat.moderators]
    moves = Moves(db, chats)
    fleeting = Fleeting(db, bot, surroundings.clock)
    notices = Notices(db, bot, moves, fleeting, settings.public_notice_seconds)
    return TelegramPlatform(
        settings=settings,
        clock=surroundings.clock,
        db=db,
        bot=bot,
        moves=moves,
        albums=Albums(db),
        files=Files(bot, settings.max_attachment_mb * 1024 * 1024),
        fleeting=fleeting,
        notices=notices,
        answers=Answers(db, bot, surroundings.clock, notices),
        cards=Cards(db, bot, moves),
    )
