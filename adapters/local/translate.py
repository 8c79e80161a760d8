"""Between the chat's rows and forms and the product's model. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime

from adapters.local.forms import Form, Upload
from adapters.local.rows import Happening, MessageRow
from bot.model import (
    Answer,
    Attachment,
    ChatRef,
    Choice,
    Deletion,
    Joined,
    Message,
    MessageRef,
    Person,
)

PLATFORM = "local"
BOT = "Raazdar"
_COMMAND = re.compile(r"/([a-z]+)(?!\S)", re.IGNORECASE)


def command(text: str) -> tuple[str, str] | None:
    """The name and the arguments of what looks like a command, whether or not there is one of that name."""
    stripped = text.strip()
    found = _COMMAND.match(stripped)
    return (found[1].lower(), stripped[found.end() :].strip()) if found else None


def ref(room: str, id_: str) -> MessageRef:
    return MessageRef(PLATFORM, room, id_)


def message(row: MessageRow, attachments: Sequence[Attachment], quoted: str = "") -> Message:
    """`sent_at` stays the time of the first revision: that is when the message was sent.

    `quoted` is the text of the message that it replies to, while it is there.
    """
    return Message(
        ref=ref(row.room, row.id),
        author=Person(row.author, row.author_name),
        text=row.text,
        sent_at=row.sent_at,
        revision=row.revision,
        attachments=tuple(attachments),
        reply_to=row.reply_to,
        forwarded_from=row.forwarded_from,
        quoted=quoted,
    )


def deletion(happening: Happening) -> Deletion:
    return Deletion(ref(happening.room, happening.message), happening.at, happening.person)


def answer(happening: Happening) -> Answer:
    return Answer(
        ref=ref(happening.room, happening.message),
        at=happening.at,
        by=Person(happening.person, happening.person_name),
        choice=Choice(happening.choice),
        letter=happening.letter,
    )


def joined(happening: Happening, name: str) -> Joined:
    """The chat is its own host: nobody added the bot to a room."""
    return Joined(ChatRef(PLATFORM, happening.room), name, happening.at)


def attachments(uploads: Sequence[Upload]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(upload.name, upload.media_type, upload.content, upload.missing) for upload in uploads
    )


def posted(
    form: Form, target: MessageRef, author: Person, at: datetime, answered: MessageRow | None
) -> Message:
    """What a person sends with the composer, perhaps in answer to another message."""
    return Message(
        ref=target,
        author=author,
        text=form.text("text"),
        sent_at=at,
        attachments=attachments(form.uploads),
        reply_to=answered.id if answered else None,
    )


def edited(form: Form, row: MessageRow) -> Message:
    """What a person makes of a message that he sent before."""
    return Message(
        ref=ref(row.room, row.id),
        author=Person(row.author, row.author_name),
        text=form.text("text"),
        sent_at=row.sent_at,
        revision=row.revision + 1,
    )
