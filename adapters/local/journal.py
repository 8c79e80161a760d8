"""Two logs: what must reach the inbox, and what open pages must show anew."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlite_utils import Database

from adapters.local.database import pack, unpack
from adapters.local.rows import Change, Happening, Kind


class Bell:
    """Wakes whoever waits for news in this process."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Event] = set()

    def ring(self) -> None:
        for listener in self._listeners:
            listener.set()

    @contextmanager
    def listen(self) -> Iterator[asyncio.Event]:
        """An event that is set on each ring; clear it before you look, and nothing is missed."""
        listener = asyncio.Event()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)


class Journal:
    """Both logs are written in the transaction of what they tell of."""

    def __init__(self, db: Database, bell: Bell) -> None:
        self._db = db
        self._bell = bell

    def happened(
        self,
        kind: Kind,
        room: str,
        message: str,
        at: datetime,
        *,
        revision: int = 0,
        person: str = "",
        person_name: str = "",
        choice: str = "",
        letter: str = "",
    ) -> None:
        """Notes something that the inbox must get."""
        self._db.table("happenings").insert(
            {
                "kind": kind.value,
                "room": room,
                "message": message,
                "at": at.isoformat(),
                "revision": revision,
                "person": person,
                "person_name": person_name,
                "choice": choice,
                "letter": pack(letter),
            }
        )
        self._bell.ring()

    def waiting(self) -> Happening | None:
        """The oldest happening that was not handed over yet."""
        for row in self._db.query("SELECT * FROM happenings WHERE NOT handed ORDER BY number LIMIT 1"):
            return Happening(
                number=row["number"],
                kind=Kind(row["kind"]),
                room=row["room"],
                message=row["message"],
                at=datetime.fromisoformat(row["at"]),
                revision=row["revision"],
                person=row["person"],
                person_name=row["person_name"],
                choice=row["choice"],
                letter=unpack(row["letter"]),
            )
        return None

    def handed(self, number: int) -> None:
        """Marks a happening as lying in the inbox; what its author wrote is forgotten here."""
        self._db.execute("UPDATE happenings SET handed = 1, letter = x'' WHERE number = ?", [number])

    def newest_happening(self) -> int:
        return self._newest("happenings")

    def changed(self, kind: Kind, room: str, subject: str, *, reader: str | None = None) -> None:
        """Notes something that open pages must show anew."""
        self._db.table("changes").insert(
            {"kind": kind.value, "room": room, "subject": subject, "reader": reader}
        )
        self._bell.ring()

    def changes(self, room: str, reader: str, after: int) -> list[Change]:
        """What a reader of a room must be shown since the change numbered `after`."""
        rows = self._db.query(
            "SELECT * FROM changes WHERE room = ? AND number > ? AND (reader IS NULL OR reader = ?)"
            " ORDER BY number",
            [room, after, reader],
        )
        return [Change(r["number"], Kind(r["kind"]), r["subject"], r["reader"]) for r in rows]

    def newest_change(self) -> int:
        return self._newest("changes")

    def _newest(self, table: str) -> int:
        rows = self._db.query("SELECT seq FROM sqlite_sequence WHERE name = ?", [table])
        return next((int(row["seq"]) for row in rows), 0)
