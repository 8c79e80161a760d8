"""Commands as people give them, with everything filled in."""

from bot.model import Attachment, ChatRef, Command, CommandName, Message, Person
from tests.bot.builders import AUTHOR, MODERATORS, REF
from tests.fakes.clock import START

MODERATOR = Person("mona", "Mona Khan")
PRIVATE = ChatRef("fake", "direct")


def asked(
    name: CommandName,
    arguments: str = "",
    *,
    by: Person = AUTHOR,
    chat: ChatRef = PRIVATE,
    files: tuple[Attachment, ...] = (),
    message: Message | None = None,
    is_member: bool = True,
) -> Command:
    return Command("1", name, chat, START, by, arguments, files, message, chat == PRIVATE, is_member)


def moderated(name: CommandName, arguments: str = "", *, is_member: bool = True) -> Command:
    return asked(name, arguments, by=MODERATOR, chat=MODERATORS.chat, is_member=is_member)


def in_the_office(name: CommandName, arguments: str = "", message: Message | None = None) -> Command:
    return asked(name, arguments, chat=REF.chat_ref, message=message)
