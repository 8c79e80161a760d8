"""Private warnings under messages, and cards in moderators' rooms."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from adapters.local.database import pack, showable, transaction, unpack
from adapters.local.journal import Journal
from adapters.local.rows import CardRow, Kind, NoticeRow
from bot.model import Card, Choice, Notice, Person, Severity

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
            self._db.execute(
                "UPDATE notices SET answer = ?, letter = ? WHERE key = ?", [choice.value, pack(letter), key]
            )
            self._journal.happened(
                Kind.ANSWER,
                notice.room,
                notice.message,
                at,
                person=by.id,
                person_name=by.name,
                choice=choice.value,
                letter=letter,
            )
            self._journal.changed(Kind.NOTICE, notice.room, key, reader=by.id)
        return self.find(key)

    def find(self, key: str) -> NoticeRow | None:
        rows = self._db.query("SELECT * FROM notices WHERE key = ?", [key])
        return next((_notice_row(row) for row in rows), None)

    def of_reader(self, room: str, reader: str) -> dict[str, NoticeRow]:
        """The newest notice of each of the reader's messages in a room, by message id."""
        rows = self._db.query(
            "SELECT * FROM notices WHERE room = ? AND author = ? ORDER BY number", [room, reader]
        )
        return {row["message"]: _notice_row(row) for row in rows}


class Cards:
    """What moderators were shown."""

    def __init__(self, db: Database, journal: Journal) -> None:
        self._db = db
        self._journal = journal

    def show(self, card: Card, at: datetime) -> None:
        """Shows a card; one with a key that was shown before changes nothing."""
        with transaction(self._db):
            if self.find(card.key):
                return
            self._db.table("cards").insert(
                {
                    "key": card.key,
                    "room": card.moderators.id,
                    "case_number": card.case,
                    "severity": card.severity.value,
                    "title": showable(card.title),
                    "body": showable(card.body),
                    "link": showable(card.link),
                    "shown_at": at.isoformat(),
                }
            )
            self._journal.changed(Kind.CARD, card.moderators.id, card.key)

    def find(self, key: str) -> CardRow | None:
        rows = self._db.query("SELECT * FROM cards WHERE key = ?", [key])
        return next((_card_row(row) for row in rows), None)

    def of_room(self, room: str) -> list[CardRow]:
        rows = self._db.query("SELECT * FROM cards WHERE room = ? ORDER BY number", [room])
        return [_card_row(row) for row in rows]


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
    )


def _card_row(row: Mapping[str, Any]) -> CardRow:
    return CardRow(
        key=row["key"],
        room=row["room"],
        case=row["case_number"],
        severity=Severity(row["severity"]),
        title=row["title"],
        body=row["body"],
        link=row["link"],
        shown_at=datetime.fromisoformat(row["shown_at"]),
    )
