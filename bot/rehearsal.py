"""A written conversation, played on a platform as if people were there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from bot.config.reading import read_document
from bot.model import Attachment, Deletion, Message, MessageRef, Person


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """A text file that goes with a message."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event: a message, an edit of one (a higher revision), or its deletion."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    room: str
    who: str
    text: str = ""
    revision: int = 0
    delete: bool = False
    attachment: AttachmentLine | None = None

    def event(self, platform: str, names: Mapping[str, str], at: datetime) -> Message | Deletion:
        """The event as it happens on a platform; `names` are the people's by their ids."""
        ref = MessageRef(platform, self.room, self.id)
        if self.delete:
            return Deletion(ref, at, self.who)
        file = self.attachment
        return Message(
            ref=ref,
            author=Person(self.who, names.get(self.who, "")),
            text=self.text,
            sent_at=at,
            revision=self.revision,
            attachments=(Attachment(file.name, "text/plain", file.text.encode()),) if file else (),
        )


def read_conversation(path: Path) -> Sequence[EventLine]:
    """Raises ConfigurationError with every mistake in the file."""
    return read_document(path, tuple[EventLine, ...])
