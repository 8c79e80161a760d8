"""The cards of cases in moderators' rooms: one a case, brought up to date in place."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from adapters.local.database import showable, transaction
from adapters.local.journal import Journal
from adapters.local.rows import CardRow, Kind, NewsRow
from adapters.local.translate import PLATFORM
from bot.model import Card, CardChoice, Severity


class Cards:
    """What moderators were shown."""

    def __init__(self, db: Database, journal: Journal) -> None:
        self._db = db
        self._journal = journal

    def show(self, card: Card, at: datetime) -> None:
        """Shows a case, or brings its card up to date; the same key twice is once.

        A card that is out of date changes nothing, but what it has to tell is told.
        """
        room, case = card.moderators.id, str(card.case)
        with transaction(self._db):
            known = self.find(room, case)
            if not self._is_new(card, at, news="" if known is None else card.news):
                return
            if known is None:
                self._db.table("cards").insert(_columns(card) | {"shown_at": at.isoformat()})
            elif card.revision >= known.revision:
                self._db.table("cards").update(known.number, _columns(card))
            self._journal.changed(Kind.CARD, room, case)

    def find(self, room: str, case: str) -> CardRow | None:
        """`case` is a case's number, as it stands in an address."""
        return next(iter(self._rows(room, case)), None)

    def of_room(self, room: str) -> list[CardRow]:
        return self._rows(room)

    def _is_new(self, card: Card, at: datetime, news: str) -> bool:
        """Remembers the card's key, and what it tells besides."""
        inserted = self._db.execute(
            "INSERT OR IGNORE INTO card_news (key, room, case_number, news, language, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [card.key, card.moderators.id, card.case, showable(news), card.language, at.isoformat()],
        )
        return inserted.rowcount == 1

    def _rows(self, room: str, case: str | None = None) -> list[CardRow]:
        wanted = {"room": room, "case": case}
        news = defaultdict[int, list[NewsRow]](list)
        for row in self._db.query(
            "SELECT * FROM card_news WHERE room = :room AND (:case IS NULL OR case_number = :case)"
            " AND news <> '' ORDER BY number",
            wanted,
        ):
            told = NewsRow(row["news"], row["language"], datetime.fromisoformat(row["at"]))
            news[row["case_number"]].append(told)
        rows = self._db.query(
            "SELECT * FROM cards WHERE room = :room AND (:case IS NULL OR case_number = :case)"
            # An earlier version showed a card for each change of a case.
            " AND number IN (SELECT MAX(number) FROM cards GROUP BY room, case_number) ORDER BY number",
            wanted,
        )
        return [_card_row(row, tuple(news[row["case_number"]])) for row in rows]


def _columns(card: Card) -> dict[str, str | int]:
    is_ours = card.ref is not None and card.ref.platform == PLATFORM
    return {
        "key": card.key,
        "room": card.moderators.id,
        "case_number": card.case,
        "revision": card.revision,
        "severity": card.severity.value,
        "title": showable(card.title),
        "body": showable(card.body),
        "link": showable(card.link),
        "choices": json.dumps([[choice.value, label] for choice, label in card.choices]),
        "about_room": card.ref.chat if card.ref and is_ours else "",
        "about_message": card.ref.id if card.ref and is_ours else "",
        "language": card.language,
    }


def _card_row(row: Mapping[str, Any], news: tuple[NewsRow, ...]) -> CardRow:
    return CardRow(
        number=row["number"],
        room=row["room"],
        case=row["case_number"],
        revision=row["revision"],
        severity=Severity(row["severity"]),
        title=row["title"],
        body=row["body"],
        link=row["link"],
        shown_at=datetime.fromisoformat(row["shown_at"]),
        language=row["language"],
        choices=tuple((CardChoice(choice), label) for choice, label in json.loads(row["choices"])),
        about=(row["about_room"], row["about_message"]) if row["about_room"] else None,
        news=news,
    )
