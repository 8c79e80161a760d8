"""What everybody may ask about himself and about the bot."""

from dataclasses import dataclass

from bot import notices
from bot.chats import Chats
from bot.config.catalogue import Catalogue, native_name
from bot.model import Command, CommandName, Option, Reply
from bot.planning import is_removed
from bot.ports import Store
from bot.speaking import Speaker

_AT_ONCE = 5
"""Own cases that are shown together."""


@dataclass(frozen=True, slots=True)
class Own:
    store: Store
    chats: Chats
    speaker: Speaker

    async def my_cases(self, command: Command, language: str) -> Reply:
        """Each of the person's newest cases, with what he may answer."""
        digits = command.arguments.strip()
        page = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 1
        first = (max(page, 1) - 1) * _AT_ONCE
        found = self.store.cases.of_author(command.chat.platform, command.by.id, first + _AT_ONCE + 1)
        cases = found[first : first + _AT_ONCE]
        if not cases:
            return Reply(self._text(language, "mycases-none"), language)
        older = Option(self._text(language, "mycases-older"), CommandName.MYCASES, str(page + 1))
        return Reply(
            self._text(language, "mycases-some", count=str(len(cases))),
            language,
            options=(older,) if len(found) > first + _AT_ONCE else (),
            notices=tuple(
                notices.own_case(
                    self.speaker,
                    f"{command.id} case {case.number}",
                    case,
                    language,
                    is_gone=is_removed(self.store.outbox.of_message(case.ref)),
                )
                for case in cases
            ),
        )

    async def privacy(self, command: Command, language: str) -> Reply:
        return Reply(self._text(language, "privacy", operator=self.speaker.set_up_by(language)), language)

    async def help(self, command: Command, language: str) -> Reply:
        """With the moderators' commands where moderators ask."""
        said = self._text(language, "help", languages=self._languages)
        if self.chats.looked_after_in(command.chat):
            said += "\n\n" + self._text(language, "help-moderators")
        return Reply(said, language)

    async def language(self, command: Command, language: str) -> Reply:
        """Keeps the language that the person chose, and answers in it."""
        wanted = command.arguments.strip().lower()
        if not wanted:
            name = native_name(language)
            return Reply(
                self._text(language, "language-now", language=name, languages=self._languages), language
            )
        if wanted not in self._words.languages:
            return Reply(self._text(language, "language-unknown", languages=self._languages), language)
        with self.store.transaction():
            self.store.languages.put(command.chat.platform, command.by.id, wanted)
        return Reply(self._text(wanted, "language-set"), wanted)

    @property
    def _words(self) -> Catalogue:
        return self.speaker.words

    @property
    def _languages(self) -> str:
        return " | ".join(self._words.languages)

    def _text(self, language: str, key: str, /, **values: str) -> str:
        return self._words.text(language, key, **values)
