"""Private notices to authors: shown once each, and replaced by what is said later.

They wait for an author who has not started the bot.
"""

import html
import json
import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

import telegram
from telegram.error import TelegramError

from adapters.telegram.database import Database
from adapters.telegram.failures import NO_READER, is_no_reader, is_same, is_unreached
from adapters.telegram.fleeting import Fleeting
from adapters.telegram.languages import Languages
from adapters.telegram.readers import Readers
from adapters.telegram.speaking import Speaking
from adapters.telegram.topics import Topics
from bot.model import Choice, MessageRef, Notice, Person
from bot.ports import Clock, PlatformRefused

_LONGEST_TITLE, _LONGEST_BODY, _LONGEST_PROVISION, _LONGEST_NAME = 200, 2500, 1000, 60
"""Telegram takes 4096 characters together."""

_LETTERS = {Choice.REMOVE: "r", Choice.AUTHORISED: "a", Choice.DISPUTE: "d"}
_CHOICES = {letter: choice for choice, letter in _LETTERS.items()}
_PLACE = "\N{OBJECT REPLACEMENT CHARACTER}"
_log = logging.getLogger("raazdar.telegram")


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as it is remembered; `private` is its message in the direct chat, None while it waits."""

    number: int
    notice: Notice
    private: int | None
    answer: str


def button_data(target: MessageRef, choice: Choice) -> str:
    """What a button carries; at most 64 bytes, and enough to understand a press without any memory."""
    return f"w:{_LETTERS[choice]}:{target.chat}:{target.id}"


def read_button(data: str) -> tuple[str, str, Choice] | None:
    """The chat, the message and the choice that a button stands for; None for a button of something else."""
    match data.split(":"):
        case ["w", letter, chat, message] if letter in _CHOICES and chat and message:
            return chat, message, _CHOICES[letter]
    return None


def keyboard(notice: Notice) -> telegram.InlineKeyboardMarkup | None:
    rows = [
        [telegram.InlineKeyboardButton(label, callback_data=button_data(notice.ref, choice))]
        for choice, label in notice.choices
    ]
    return telegram.InlineKeyboardMarkup(rows) if rows else None


def direct_chat_button(bot: telegram.Bot, label: str, payload: str) -> telegram.InlineKeyboardMarkup:
    """Leads to the direct chat with the bot, where pressing "Start" says the payload."""
    link = f"https://t.me/{bot.username}?start={payload}"
    return telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton(label, url=link)]])


def text(notice: Notice, answered: str = "") -> str:
    """As Telegram's HTML. `answered` says what its author answered."""
    title, body, provision = (
        html.escape(part[:longest], quote=False)
        for part, longest in (
            (notice.title, _LONGEST_TITLE),
            (notice.body, _LONGEST_BODY),
            (notice.provision, _LONGEST_PROVISION),
        )
    )
    parts = [f"<b>{title}</b>", body, f"<i>{provision}</i>" if provision else ""]
    parts.append(html.escape(answered[:_LONGEST_TITLE], quote=False))
    return "\n\n".join(part for part in parts if part)


def hint(words: str, author: Person) -> str:
    """As Telegram's HTML, with the author, who is called by it, in his place in the words."""
    name = html.escape(author.name[:_LONGEST_NAME].strip() or author.id, quote=False)
    mention = f'<a href="tg://user?id={author.id}">{name}</a>'
    return html.escape(words, quote=False).replace(_PLACE, mention)


class Notices:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        speaking: Speaking,
        fleeting: Fleeting,
        languages: Languages,
        readers: Readers,
        topics: Topics,
        public_seconds: float,
    ) -> None:
        self._db = db
        self._clock = clock
        self._speaking = speaking
        self._fleeting = fleeting
        self._languages = languages
        self._readers = readers
        self._topics = topics
        self._public_seconds = public_seconds

    async def show(self, notice: Notice) -> bool:
        """Tells the author; one with a key that was shown before changes nothing.

        Returns whether he has it in private. Raises TelegramError, and PlatformRefused where nobody could
        ever read it.
        """
        if kept := self._db.row("SELECT private FROM notices WHERE key = ?", notice.key):
            return kept["private"] is not None
        self._check_reader(notice.author)
        earlier = self.latest(notice.ref)
        if earlier and earlier.private and not notice.choices and await self._edited(notice, earlier.private):
            self._keep(notice, earlier.private)
            return True
        private = await self._sent(notice)
        if private is None:
            self._check_reader(notice.author)
            if notice.choices:
                await self._say_in_public(notice)
        self._replace(earlier, notice, private)
        if earlier and earlier.private and private:
            await self._retire(notice.author, earlier.private)
        return private is not None

    async def show_again(self, notice: Notice, asked: str) -> None:
        """Shows, to its author who asked for it by a command, a notice that he may have had before."""
        notice = replace(notice, key=f"{notice.key} {asked}")
        if self._is_shown(notice.key):
            return
        earlier = self.latest(notice.ref)
        private = await self._sent(notice)
        if private is None:
            return
        self._replace(earlier, notice, private)
        if earlier and earlier.private:
            await self._retire(notice.author, earlier.private)

    async def deliver_waiting(self, person: telegram.User) -> bool:
        """Gives somebody who has just started the bot what waited for him; False where nothing did."""
        waiting = [
            shown
            for shown in self._of_author(str(person.id))
            if shown.private is None and (latest := self.latest(shown.notice.ref)) and latest == shown
        ]
        for shown in waiting:
            private = await self._sent(shown.notice)
            if private is None:
                break
            self._db.change("UPDATE notices SET private = ? WHERE number = ?", private, shown.number)
            self._fleeting.hasten(shown.notice.key)
        return bool(waiting)

    async def mark_answered(self, shown: Shown, choice: Choice) -> None:
        """Takes the buttons off, and says what was answered. The first answer counts."""
        label = dict(shown.notice.choices).get(choice, choice.value)
        answered = self._languages.words.text(shown.notice.language, "telegram-answered", answer=label)
        self._db.change("UPDATE notices SET answer = ? WHERE number = ?", choice.value, shown.number)
        if shown.private is not None:
            try:
                await self._edit(shown.notice, shown.private, text(shown.notice, answered), None)
            except TelegramError:
                _log.info("a notice that was answered could not be edited")

    def latest(self, target: MessageRef) -> Shown | None:
        """The newest notice about a message."""
        rows = self._db.rows(
            "SELECT * FROM notices WHERE chat = ? AND message = ? ORDER BY number DESC LIMIT 1",
            target.chat,
            target.id,
        )
        return next(iter(self._shown(rows, target.platform)), None)

    def _of_author(self, author: str) -> Sequence[Shown]:
        rows = self._db.rows("SELECT * FROM notices WHERE author = ? ORDER BY number", author)
        return self._shown(rows, "telegram")

    def _shown(self, rows: Sequence[sqlite3.Row], platform: str) -> list[Shown]:
        found: list[Shown] = []
        for row in rows:
            choices = tuple((Choice(choice), label) for choice, label in json.loads(row["choices"]))
            target = MessageRef(platform, row["chat"], row["message"])
            notice = Notice(
                row["key"],
                target,
                Person(row["author"]),
                row["title"],
                row["body"],
                row["provision"],
                choices,
                row["language"],
            )
            found.append(Shown(row["number"], notice, row["private"], row["answer"]))
        return found

    def _is_shown(self, key: str) -> bool:
        return self._db.row("SELECT 1 FROM notices WHERE key = ?", key) is not None

    def _check_reader(self, author: Person) -> None:
        if not self._readers.can_read(author.id):
            raise PlatformRefused(NO_READER)

    def _replace(self, earlier: Shown | None, notice: Notice, private: int | None) -> None:
        self._keep(notice, private)
        if earlier:
            self._fleeting.hasten(earlier.notice.key)

    def _keep(self, notice: Notice, private: int | None) -> None:
        self._languages.learn(notice.author.id, notice.language)
        self._db.change(
            "INSERT INTO notices "
            "(key, chat, message, author, title, body, provision, choices, private, language, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            notice.key,
            notice.ref.chat,
            notice.ref.id,
            notice.author.id,
            notice.title,
            notice.body,
            notice.provision,
            json.dumps([[choice.value, label] for choice, label in notice.choices]),
            private,
            notice.language,
            self._clock.now().isoformat(),
        )

    async def _sent(self, notice: Notice) -> int | None:
        """The message in the author's direct chat; None where the bot can't write to him."""
        if not notice.author.id.isdigit():  # a channel, or an admin who speaks for his group
            return None
        try:
            sent = await self._speaking.say(
                int(notice.author.id), text(notice), is_html=True, buttons=keyboard(notice)
            )
        except TelegramError as error:
            if is_no_reader(error):
                self._readers.can_not_read(notice.author.id)
                return None
            if is_unreached(error):
                return None
            raise
        return sent.message_id

    async def _say_in_public(self, notice: Notice) -> None:
        """A short reply that names no content, with a way to read the notice, and not for long.

        It names the author: the message that it answers may be removed an instant later.
        """
        chat, message = self._speaking.moves.place(notice.ref)
        words = self._languages.words
        button = direct_chat_button(self._speaking.bot, words.text(notice.language, "notice-open"), "notice")
        sent = await self._speaking.say(
            chat,
            hint(words.text(notice.language, "telegram-notice-in-chat", person=_PLACE), notice.author),
            is_html=True,
            buttons=button,
            answers=message,
            topic=self._topics.of(chat, message),
            is_silent=True,
        )
        self._fleeting.add(sent.chat.id, sent.message_id, self._public_seconds, notice.key)

    async def _edited(self, notice: Notice, private: int) -> bool:
        """Whether an earlier notice could be made into this one."""
        try:
            await self._edit(notice, private, text(notice), keyboard(notice))
        except telegram.error.BadRequest as error:
            return is_same(error)
        except telegram.error.Forbidden:
            return False
        return True

    async def _edit(
        self, notice: Notice, private: int, words: str, buttons: telegram.InlineKeyboardMarkup | None
    ) -> None:
        await self._speaking.rewrite(int(notice.author.id), private, words, buttons)

    async def _retire(self, author: Person, private: int) -> None:
        """Takes away a notice that a later one has replaced. Its buttons would still work."""
        if not await self._speaking.is_taken_off(int(author.id), private):
            _log.info("a notice that was replaced could not be removed")
