"""What is judged by itself, without the running bot around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Chat, Decision, Message, MessageRef, Person
from bot.policy import Policy, decide
from bot.runs import Runs
from bot.scanning import Detectors, Scanned, scan_message
from detectors.extract import extract
from detectors.finding import Part, Scan


@dataclass(frozen=True, slots=True)
class Judge:
    """What the running bot does with a message, without its memory of earlier warnings.

    `chat` is the one for messages that name none of `chats`.
    """

    policy: Policy
    detectors: Detectors
    chat: Chat
    chats: Sequence[Chat] = ()

    def message(self, message: Message, runs: Runs) -> tuple[Scanned, Decision]:
        scanned = scan_message(self.detectors, message, runs.around(message))
        runs.heard(message, is_told=scanned.is_of_run)
        return scanned, self.decision(message, scanned)

    def file(self, name: str, content: bytes) -> tuple[Scanned, Decision]:
        """A file by itself; one without a name is a text."""
        parts, unread, _ = extract(name, content, "text")
        named = (Part("file_name", name), *parts) if name else parts
        scan = self.detectors.scan(named)
        scanned = Scanned(named, Scan(scan.findings, (*unread, *scan.undecided)))
        return scanned, self.decision(Message(MessageRef("", "", name), Person(""), ""), scanned)

    def decision(self, message: Message, scanned: Scanned) -> Decision:
        chat = chat_named(self.chats, message.ref.chat) or self.chat
        return decide(self.policy, message, scanned.scan, chat.audience)


def chat_named(chats: Sequence[Chat], wanted: str) -> Chat | None:
    """The chat with that id or name; none where nothing is wanted."""
    return next((chat for chat in chats if wanted in {chat.ref.id, chat.name}), None) if wanted else None
