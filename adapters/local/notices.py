"""Private warnings under messages, and what their authors answer."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from adapters.local import translate
from adapters.local.database import pack, showable, transaction, unpack
from adapters.local.journal import Journal
from adapters.local.rows import Kind, NoticeRow
from bot.model import Choice, MessageRef, Notice, Person

MAX_LETTER = 200


class AlreadyAnswered(ValueError):
    """A notice takes one answer."""


class Notices:
    """What authors were told in private, and what they answered."""

    def __init__(self, db: Database, journal: Journal) -> None:
        self._db = db
        self._journal = journal

    def show(self, notice: Notice, at: datetime) -> None:
        """Shows a notice; one with a key that was shown before changes nothing."""
        with transaction(self._db):
            if self.find(notice.key):
                return
            self._db.table("notices").insert(
                {
                    "key": notice.key,
                    "room": notice.ref.chat,
                    "message": notice.ref.id,
                    "author": notice.author.id,
                    "title": showable(notice.title),
                    "body": showable(notice.body),
                    "provision": showable(notice.provision),
                    "choices": json.dumps([[choice.value, label] for choice, label in notice.choices]),
                    "shown_at": at.isoformat(),
                    "language": notice.language,
                }
            )
            self._journal.changed(Kind.NOTICE, notice.ref.chat, notice.key, reader=notice.author.id)

    def answer(self, key: str, by: Person, choice: Choice, letter: str, at: datetime) -> NoticeRow | None:
        """Takes the author's answer; None where he has no such notice with that choice.

        The same answer again changes nothing. Raises AlreadyAnswered where he gave another one before.
        """
        with transaction(self._db):
            notice = self.find(key)
            if notice is None or notice.author != by.id or choice not in dict(notice.choices):
                return None
            if notice.answer is not None:
                if (notice.answer, notice.letter) != (choice, letter):
                    raise AlreadyAnswered
                return notice
            self._take(notice, choice, letter)
            self._hand_over(translate.ref(notice.room, notice.message), by, choice, letter, at)
        return self.find(key)

    def answer_for(self, ref: MessageRef, by: Person, choice: Choice, letter: str, at: datetime) -> None:
        """Takes an author's answer about his message, whichever notice asked him.

        If the one below the message asks the same, it is answered too.
        """
        with transaction(self._db):
            notice = self.of_reader(ref.chat, by.id).get(ref.id)
            if notice and notice.answer is None and choice in dict(notice.choices):
                self._take(notice, choice, letter)
            self._hand_over(ref, by, choice, letter, at)

    def _take(self, notice: NoticeRow, choice: Choice, letter: str) -> None:
        self._db.execute(
            "UPDATE notices SET answer = ?, letter = ? WHERE key = ?",
            [choice.value, pack(letter), notice.key],
        )
        self._journal.changed(Kind.NOTICE, notice.room, notice.key, reader=notice.author)

    def _hand_over(self, ref: MessageRef, by: Person, choice: Choice, letter: str, at: datetime) -> None:
        self._journal.happened(
            Kind.ANSWER,
            ref.chat,
            ref.id,
            at,
            person=by.id,
            person_name=by.name,
            choice=choice.value,
            letter=letter,
        )

    def find(self, key: str) -> NoticeRow | None:
        rows = self._db.query("SELECT * FROM notices WHERE key = ?", [key])
        return next((_notice_row(row) for row in rows), None)

    def of_reader(self, room: str, reader: str) -> dict[str, NoticeRow]:
        """The newest notice of each of the reader's messages in a room, by message id."""
        rows = self._db.query(
            "SELECT * FROM notices WHERE room = ? AND author = ? ORDER BY number", [room, reader]
        )
        return {row["message"]: _notice_row(row) for row in rows}


def _notice_row(row: Mapping[str, Any]) -> NoticeRow:
    return NoticeRow(
        key=row["key"],
        room=row["room"],
        message=row["message"],
        author=row["author"],
        title=row["title"],
        body=row["body"],
        provision=row["provision"],
        choices=tuple((Choice(choice), label) for choice, label in json.loads(row["choices"])),
        shown_at=datetime.fromisoformat(row["shown_at"]),
        answer=Choice(row["answer"]) if row["answer"] else None,
        letter=unpack(row["letter"] or b""),
        language=row["language"],
    )
