"""`/report`: a member brings a message to the moderators, under a provision."""

from dataclasses import dataclass

from bot.model import Command, CommandName, Message, MessageRef, Option, Reply, Report
from bot.ports import Inbox, Store
from bot.reports import Reports
from bot.speaking import Speaker

_LONGEST_ARGUMENTS = 40
_LONGEST_LABEL = 70
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Reporting:
    store: Store
    inbox: Inbox
    reports: Reports
    speaker: Speaker

    async def report(self, command: Command, language: str) -> Reply:
        """The report counts at once; under which provision may be said in a second step."""
        words = self.speaker.words
        provision, rest = self._provision(command.arguments)
        message = command.message or self._reported_before(command, rest)
        if message is None:
            return Reply(words.text(language, "report-how"), language)
        if message.author.id == command.by.id:
            return Reply(words.text(language, "report-own"), language)
        said = rest if command.message else ""
        await self.inbox.put(Report(message, command.at, command.by, provision, said))
        if provision:
            return Reply(words.text(language, "report-thanks"), language)
        return Reply(
            words.text(language, "report-which"), language, options=self._options(message.ref, language)
        )

    def _provision(self, arguments: str) -> tuple[str, str]:
        """The provision that the first word names, by its id or its place, and the rest."""
        first, _, rest = arguments.strip().partition(" ")
        ids = list(self.speaker.policy.provisions)
        if first in ids:
            return first, rest.strip()
        if first.isascii() and first.isdigit() and 1 <= int(first) <= len(ids):
            return ids[int(first) - 1], rest.strip()
        return "", arguments.strip()

    def _options(self, ref: MessageRef, language: str) -> tuple[Option, ...]:
        options = []
        for place, name in enumerate(self.speaker.policy.provisions, start=1):
            text = self.speaker.provision_text(name, language)
            label = text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1] + "…"
            options.append(Option(label, CommandName.REPORT, f"{place} {_short(ref)}"))
        is_short = all(len(option.arguments) <= _LONGEST_ARGUMENTS for option in options)
        return tuple(options) if is_short else ()

    def _reported_before(self, command: Command, short: str) -> Message | None:
        """The message that an option under the reply to a report stands for, if this person reported it."""
        ref = _long(command.chat.platform, short)
        case = self.store.cases.of_message(ref) if ref else None
        if ref is None or case is None or not self.reports.has_reported(ref, command.by):
            return None
        return Message(ref, case.author, "")


def _short(ref: MessageRef) -> str:
    return f"{_packed(ref.chat)}:{_packed(ref.id)}"


def _long(platform: str, short: str) -> MessageRef | None:
    chat, colon, message = short.partition(":")
    return MessageRef(platform, _unpacked(chat), _unpacked(message)) if colon else None


def _packed(id_: str) -> str:
    """Long numbers with more digits to choose from; anything else as it is."""
    sign, number = ("-", id_[1:]) if id_.startswith("-") else ("", id_)
    if not (number.isascii() and number.isdigit()) or str(int(id_)) != id_:
        return f"={id_}"
    value, digits = int(number), ""
    while True:
        value, digit = divmod(value, len(_DIGITS))
        digits = _DIGITS[digit] + digits
        if not value:
            return sign + digits


def _unpacked(packed: str) -> str:
    if packed.startswith("="):
        return packed[1:]
    try:
        return str(int(packed, len(_DIGITS)))
    except ValueError:
        return packed
