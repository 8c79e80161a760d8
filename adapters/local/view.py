"""What a reader sees of people's messages, in pages and live events alike. Pure."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from adapters.local.database import showable
from adapters.local.rows import FileRow, Gone, MessageRow, Origin
from adapters.local.speech import Speech

_TINTS = 6
_EXCERPT = 80
_GONE = {Gone.REMOVED: "local-gone-removed", Gone.DELETED: "local-gone-deleted"}
_MISSING = {"too large": "local-missing-large", "too many files": "local-missing-many"}


@dataclass(frozen=True, slots=True)
class FileView:
    name: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """`id` is what forms send back, `anchor` what the page's element is called.

    `open` is whether it can be answered, and `foreign` whether it can be reported too.
    """

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
    open: bool = False
    foreign: bool = False
    announced: bool = False
    note: str = ""
    language: str = ""
    direction: str = "auto"
    forwarded: str = ""
    reply: str = ""
    reply_href: str = ""
    files: tuple[FileView, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is: the root of the chat, himself, and the room."""

    root: str
    person: str
    room: str

    @property
    def path(self) -> str:
        return f"{self.root}/as/{quote(self.person, safe='')}/rooms/{quote(self.room, safe='')}"

    def in_room(self, room: str) -> "Place":
        return replace(self, room=room)


def anchor(message_id: str) -> str:
    return f"m-{message_id}"


def message_view(row: MessageRow, place: Place, known: Mapping[str, MessageRow], say: Speech) -> MessageView:
    """`known` holds the messages that this one may be a reply to."""
    answered = known.get(row.reply_to or "")
    mine = row.author == place.person
    text = "" if row.gone else showable(row.text)
    is_of_a_person = row.origin is Origin.PERSON and not row.gone
    return MessageView(
        id=row.id,
        anchor=anchor(row.id),
        number=row.number,
        author=row.author_name or row.author,
        initial=(row.author_name or row.author)[:1].upper(),
        tint=tint(row.author),
        mine=mine,
        at=row.sent_at.isoformat(),
        clock=say.clock(row.sent_at),
        text=text,
        has_text=bool(text),
        edited=row.edited_at is not None and not row.gone,
        gone=say(_GONE[row.gone]) if row.gone else "",
        editable=mine and is_of_a_person,
        open=is_of_a_person,
        foreign=is_of_a_person and not mine,
        announced=row.origin is Origin.ANNOUNCED,
        note="" if row.gone else row.note,
        language=row.language,
        direction=say.in_language(row.language).direction if row.language else "auto",
        forwarded=say("local-forwarded", who=row.forwarded_from) if row.forwarded_from else "",
        reply=quoted(answered, say) if answered else "",
        reply_href=f"#{quote(anchor(answered.id))}" if answered else "",
        files=() if row.gone else tuple(_file_view(file, row.id, place, say) for file in row.files),
    )


def quoted(row: MessageRow, say: Speech) -> str:
    """A message in a line, for those who answer it."""
    said = say(_GONE[row.gone]) if row.gone else " ".join(showable(row.text).split())
    return f"{row.author_name or row.author}: {said[:_EXCERPT]}{'…' if len(said) > _EXCERPT else ''}"


def tint(person: str) -> int:
    """Which of the avatars' colours a person has, always the same."""
    return zlib.crc32(person.encode("utf-8", "replace")) % _TINTS


def _file_view(file: FileRow, message_id: str, place: Place, say: Speech) -> FileView:
    if file.missing:
        key = _MISSING.get(file.missing)
        return FileView(showable(file.name), say(key) if key else file.missing, "")
    query = urlencode({"message": message_id, "position": file.position})
    return FileView(showable(file.name), say.size(file.size), f"{place.path}/file?{query}")
