"""What a reader sees: rows turned into plain words and addresses, for pages and live events alike. Pure."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from adapters.local.database import showable
from adapters.local.rows import CardRow, FileRow, Gone, MessageRow, NoticeRow
from bot.model import Choice

_TINTS = 6
_EXCERPT = 80
_GONE = {Gone.NO: "", Gone.REMOVED: "Removed by Raazdar", Gone.DELETED: "Deleted by its author"}
_MISSING = {"too large": "too large, not kept", "too many files": "too many files at once, not kept"}


@dataclass(frozen=True, slots=True)
class FileView:
    name: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """`id` is what forms send back, `anchor` what the page's element is called."""

    id: str = ""
    anchor: str = ""
    number: int = 0
    author: str = ""
    initial: str = ""
    tint: int = 0
    mine: bool = False
    at: str = ""
    clock: str = ""
    text: str = ""
    has_text: bool = False
    edited: bool = False
    gone: str = ""
    editable: bool = False
    forwarded: str = ""
    reply: str = ""
    reply_href: str = ""
    files: tuple[FileView, ...] = ()


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """`key` is the notice's."""

    key: str = ""
    choice: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A private warning; once answered, or once its author deleted the message, it offers no choices.

    `lettered` are those that ask for the number of a letter.
    """

    anchor: str = ""
    title: str = ""
    body: str = ""
    provision: str = ""
    after: str = ""
    choices: tuple[ChoiceView, ...] = ()
    lettered: tuple[ChoiceView, ...] = ()


@dataclass(frozen=True, slots=True)
class CardView:
    anchor: str = ""
    case: int = 0
    severity: str = ""
    title: str = ""
    body: str = ""
    link: str = ""
    at: str = ""
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is: the root of the chat, himself, and the room."""

    root: str
    person: str
    room: str

    @property
    def path(self) -> str:
        return f"{self.root}/as/{quote(self.person, safe='')}/rooms/{quote(self.room, safe='')}"


def anchor(message_id: str) -> str:
    return f"m-{message_id}"


def message_view(row: MessageRow, place: Place, known: Mapping[str, MessageRow]) -> MessageView:
    """`known` holds the messages that this one may be a reply to."""
    answered = known.get(row.reply_to or "")
    mine = row.author == place.person
    text = "" if row.gone else showable(row.text)
    return MessageView(
        id=row.id,
        anchor=anchor(row.id),
        number=row.number,
        author=row.author_name or row.author,
        initial=(row.author_name or row.author)[:1].upper(),
        tint=tint(row.author),
        mine=mine,
        at=row.sent_at.isoformat(),
        clock=clock(row.sent_at),
        text=text,
        has_text=bool(text),
        edited=row.edited_at is not None and not row.gone,
        gone=_GONE[row.gone],
        editable=mine and not row.gone,
        forwarded=row.forwarded_from or "",
        reply=_quoted(answered) if answered else "",
        reply_href=f"#{quote(anchor(answered.id))}" if answered else "",
        files=() if row.gone else tuple(_file_view(file, row.id, place) for file in row.files),
    )


def notice_view(row: NoticeRow, message: MessageRow) -> NoticeView:
    views = tuple(ChoiceView(row.key, choice.value, label) for choice, label in _offered(row, message))
    return NoticeView(
        anchor=anchor(message.id),
        title=row.title,
        body=row.body,
        provision=row.provision,
        after=_after(row, message),
        choices=tuple(view for view in views if view.choice != Choice.AUTHORISED),
        lettered=tuple(view for view in views if view.choice == Choice.AUTHORISED),
    )


def card_view(row: CardRow) -> CardView:
    return CardView(
        anchor=f"c-{quote(row.key, safe='')}",
        case=row.case,
        severity=row.severity.value,
        title=row.title,
        body=row.body,
        link=row.link,
        at=row.shown_at.isoformat(),
        clock=clock(row.shown_at),
    )


def tint(person: str) -> int:
    """Which of the avatars' colours a person has, always the same."""
    return zlib.crc32(person.encode("utf-8", "replace")) % _TINTS


def clock(at: datetime) -> str:
    """The time for readers without JavaScript; with it, the page shows their own time zone."""
    return f"{at:%d %b, %H:%M} UTC"


def size_words(size: int) -> str:
    if size < 1024:
        return f"{size} bytes" if size != 1 else "1 byte"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def _file_view(file: FileRow, message_id: str, place: Place) -> FileView:
    if file.missing:
        return FileView(showable(file.name), _MISSING.get(file.missing, file.missing), "")
    query = urlencode({"message": message_id, "position": file.position})
    return FileView(showable(file.name), size_words(file.size), f"{place.path}/file?{query}")


def _quoted(row: MessageRow) -> str:
    said = _GONE[row.gone] or " ".join(showable(row.text).split())
    return f"{row.author_name}: {said[:_EXCERPT]}{'…' if len(said) > _EXCERPT else ''}"


def _offered(row: NoticeRow, message: MessageRow) -> tuple[tuple[Choice, str], ...]:
    """Who had his message removed may still object; who deleted it himself has nothing left to say."""
    if row.answer or message.gone is Gone.DELETED:
        return ()
    return tuple(choice for choice in row.choices if not (message.gone and choice[0] is Choice.REMOVE))


def _after(row: NoticeRow, message: MessageRow) -> str:
    """What happens next, in words."""
    if message.gone is Gone.DELETED and row.choices:
        return "You deleted the message. Nothing more is asked of you."
    removed = message.gone is Gone.REMOVED
    thanks = "The message was removed." if removed else "Thank you."
    match row.answer:
        case Choice.REMOVE:
            return (
                f"{thanks} {'Nothing more is asked of you.' if removed else 'The message is being removed.'}"
            )
        case Choice.AUTHORISED:
            return f"{thanks} A moderator will check letter {showable(row.letter)}."
        case Choice.DISPUTE:
            return f"{thanks} A moderator will look at it; until then nothing more is asked of you."
        case None if removed:
            return thanks
        case None:
            edited = message.edited_at is not None and message.edited_at > row.shown_at and row.choices
            return "You have edited the message since. The new text is checked afresh." if edited else ""
