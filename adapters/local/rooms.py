"""The messages of the rooms: the chat platform's own durable memory."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from adapters.local import translate
from adapters.local.database import forget_pages, pack, showable, transaction, unpack
from adapters.local.journal import Journal
from adapters.local.rows import FileRow, Gone, Kind, MessageRow, Origin
from bot.model import Announcement, Attachment, Deletion, Message, MessageRef, Person, Posting
from bot.ports import PlatformRefused

SHOWN = 500
"""How many messages of a room a page shows."""


class Rooms:
    """Keeps messages, their revisions and files. Doing the same thing twice is doing it once."""

    def __init__(self, db: Database, journal: Journal) -> None:
        self._db = db
        self._journal = journal

    def keep(self, message: Message, at: datetime) -> None:
        """Posts a message, or edits it where it is a newer revision; an edit changes the text only.

        What is gone stays gone, and a revision that was there before changes nothing.
        """
        room, id_ = message.ref.chat, message.ref.id
        with transaction(self._db):
            known = self.find(room, id_)
            if known is None:
                self._add(message, at)
            elif known.gone or known.origin or message.revision <= known.revision:
                return
            else:
                self._db.execute(
                    "UPDATE messages SET revision = ?, edited_at = ? WHERE room = ? AND id = ?",
                    [message.revision, at.isoformat(), room, id_],
                )
                self._add_revision(message)
            self._journal.happened(Kind.MESSAGE, room, id_, at, revision=message.revision)
            self._journal.changed(Kind.MESSAGE, room, id_)

    def repost(self, posting: Posting, at: datetime) -> None:
        """Posts in somebody's name; a posting with a key that was posted before changes nothing."""
        id_ = _own_id(posting.key)
        ref = translate.ref(posting.ref.chat, id_)
        message = Message(ref, posting.author, posting.text, at, attachments=posting.attachments)
        self._say(message, at, {"origin": Origin.REPOSTED.value, "note": showable(posting.note)})

    def announce(self, announcement: Announcement, at: datetime) -> None:
        """Says something in Raazdar's own name; the same key twice is once."""
        ref = translate.ref(announcement.chat.id, _own_id(announcement.key))
        message = Message(ref, Person("", translate.BOT), announcement.text, at)
        self._say(message, at, {"origin": Origin.ANNOUNCED.value, "language": announcement.language})

    def _say(self, message: Message, at: datetime, more: Mapping[str, str]) -> None:
        """What Raazdar itself posts is no happening: the inbox never gets it."""
        room, id_ = message.ref.chat, message.ref.id
        with transaction(self._db):
            if self.find(room, id_):
                return
            self._add(message, at, more)
            self._journal.changed(Kind.MESSAGE, room, id_)

    def delete(self, deletion: Deletion) -> None:
        """What a person does to his own message. Raises PlatformRefused where there is no such message."""
        with transaction(self._db):
            if self._take_off(deletion.ref, Gone.DELETED):
                self._journal.happened(
                    Kind.DELETION, deletion.ref.chat, deletion.ref.id, deletion.at, person=deletion.by
                )
                self.forget(deletion.ref.chat, deletion.ref.id)

    def remove(self, ref: MessageRef) -> None:
        """What Raazdar does. Raises PlatformRefused where there is no such message."""
        with transaction(self._db):
            is_taken_off = self._take_off(ref, Gone.REMOVED)
            if is_taken_off:
                self.forget(ref.chat, ref.id)
        if is_taken_off:
            forget_pages(self._db)

    def forget(self, room: str, id_: str) -> None:
        """Erases the words and files of a message that is gone, save what must still reach the inbox."""
        of_message = {"room": room, "id": id_}
        self._db.execute(
            "UPDATE revisions SET text = x'' WHERE room = :room AND message = :id"
            " AND EXISTS (SELECT 1 FROM messages WHERE room = :room AND id = :id AND gone <> '')"
            " AND NOT EXISTS (SELECT 1 FROM happenings h WHERE h.room = :room AND h.message = :id"
            "     AND h.kind = 'message' AND h.revision = revisions.revision AND NOT h.handed)",
            of_message,
        )
        self._db.execute(
            "UPDATE attachments SET content = NULL WHERE room = :room AND message = :id"
            " AND EXISTS (SELECT 1 FROM messages WHERE room = :room AND id = :id AND gone <> '')"
            " AND NOT EXISTS (SELECT 1 FROM happenings h WHERE h.room = :room AND h.message = :id"
            "     AND h.kind = 'message' AND NOT h.handed)",
            of_message,
        )

    def get(self, ref: MessageRef) -> MessageRow:
        """A message as it stands. Raises PlatformRefused where there is no such message."""
        found = self.find(ref.chat, ref.id) if ref.platform == translate.PLATFORM else None
        if found is None:
            raise PlatformRefused(f"The local chat has no message {ref.id!r} in a room {ref.chat!r}.")
        return found

    def find(self, room: str, id_: str) -> MessageRow | None:
        rows = self._rows(room, id_)
        return rows[0] if rows else None

    def latest(self, room: str) -> list[MessageRow]:
        """The newest messages of a room, oldest first."""
        return self._rows(room)

    def message(self, room: str, id_: str, revision: int) -> Message:
        """A message as it was in one revision, with its files."""
        row = self.get(translate.ref(room, id_))
        (text,) = self._db.execute(
            "SELECT text FROM revisions WHERE room = ? AND message = ? AND revision = ?",
            [room, id_, revision],
        ).fetchone()
        then = replace(row, text=unpack(text), revision=revision)
        answered = self.find(room, row.reply_to) if row.reply_to else None
        quoted = answered.text if answered and not answered.gone else ""
        return translate.message(then, self._attachments(room, id_), quoted)

    def attachment(self, room: str, id_: str, position: int) -> Attachment | None:
        """A file of a message that is still there."""
        message = self.find(room, id_)
        if message is None or message.gone:
            return None
        attachments = self._attachments(room, id_)
        return attachments[position] if 0 <= position < len(attachments) else None

    def _add(self, message: Message, at: datetime, more: Mapping[str, str] | None = None) -> None:
        room, id_ = message.ref.chat, message.ref.id
        self._db.table("messages").insert(
            {
                "room": room,
                "id": id_,
                "author": message.author.id,
                "author_name": showable(message.author.name),
                "sent_at": (message.sent_at or at).isoformat(),
                "revision": message.revision,
                "reply_to": message.reply_to,
                "forwarded_from": message.forwarded_from and showable(message.forwarded_from),
                **(more or {}),
            }
        )
        self._add_revision(message)
        for position, attachment in enumerate(message.attachments):
            self._db.table("attachments").insert(
                {
                    "room": room,
                    "message": id_,
                    "position": position,
                    "name": pack(attachment.name),
                    "media_type": showable(attachment.media_type),
                    "size": len(attachment.content or b""),
                    "missing": attachment.missing,
                    "content": attachment.content,
                }
            )

    def _add_revision(self, message: Message) -> None:
        self._db.table("revisions").insert(
            {
                "room": message.ref.chat,
                "message": message.ref.id,
                "revision": message.revision,
                "text": pack(message.text),
            }
        )

    def _take_off(self, ref: MessageRef, how: Gone) -> bool:
        if self.get(ref).gone:
            return False
        self._db.execute(
            "UPDATE messages SET gone = ? WHERE room = ? AND id = ?", [how.value, ref.chat, ref.id]
        )
        self._journal.changed(Kind.MESSAGE, ref.chat, ref.id)
        return True

    def _attachments(self, room: str, id_: str) -> tuple[Attachment, ...]:
        rows = self._db.query(
            "SELECT * FROM attachments WHERE room = ? AND message = ? ORDER BY position", [room, id_]
        )
        return tuple(Attachment(unpack(r["name"]), r["media_type"], r["content"], r["missing"]) for r in rows)

    def _rows(self, room: str, id_: str | None = None) -> list[MessageRow]:
        wanted = {"room": room, "id": id_, "limit": SHOWN}
        found = list(
            self._db.query(
                "SELECT m.*, r.text FROM messages m JOIN revisions r"
                " ON r.room = m.room AND r.message = m.id AND r.revision = m.revision"
                " WHERE m.room = :room AND (:id IS NULL OR m.id = :id) ORDER BY m.number DESC LIMIT :limit",
                wanted,
            )
        )
        files = defaultdict[str, list[FileRow]](list)
        for row in self._db.query(
            "SELECT message, position, name, size, missing FROM attachments"
            " WHERE room = :room AND (:id IS NULL OR message = :id) ORDER BY position",
            wanted,
        ):
            files[row["message"]].append(
                FileRow(row["position"], unpack(row["name"]), row["size"], row["missing"])
            )
        return [_message_row(row, tuple(files[row["id"]])) for row in reversed(found)]


def _message_row(row: Mapping[str, Any], files: tuple[FileRow, ...]) -> MessageRow:
    return MessageRow(
        room=row["room"],
        id=row["id"],
        author=row["author"],
        author_name=row["author_name"],
        sent_at=datetime.fromisoformat(row["sent_at"]),
        revision=row["revision"],
        text=unpack(row["text"]),
        edited_at=datetime.fromisoformat(row["edited_at"]) if row["edited_at"] else None,
        gone=Gone(row["gone"]),
        reply_to=row["reply_to"],
        forwarded_from=row["forwarded_from"],
        files=files,
        number=row["number"],
        origin=Origin(row["origin"]),
        note=row["note"],
        language=row["language"],
    )


def _own_id(key: str) -> str:
    """The id of what Raazdar posts, the same for the same key."""
    return f"raazdar-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:16]}"
