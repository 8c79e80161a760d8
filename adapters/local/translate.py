"""Between the chat's rows and forms and the product's model. Pure."""

from collections.abc import Sequence
from datetime import datetime

from adapters.local.forms import Form
from adapters.local.rows import Happening, MessageRow
from bot.model import Answer, Attachment, Choice, Deletion, Message, MessageRef, Person

PLATFORM = "local"


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


def posted(form: Form, target: MessageRef, author: Person, at: datetime) -> Message:
    """What a person sends with the composer."""
    return Message(
        ref=target,
        author=author,
        text=form.text("text"),
        sent_at=at,
        attachments=tuple(
            Attachment(upload.name, upload.media_type, upload.content, upload.missing)
            for upload in form.uploads
        ),
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
