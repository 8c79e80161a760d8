"""Which rooms there are, and who may be in them."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from adapters.local import PersonSetting
from adapters.local.database import showable, transaction
from adapters.local.journal import Journal
from adapters.local.rows import Kind
from adapters.local.translate import PLATFORM
from bot.model import Chat, ChatRef, Moderators, Person
from bot.ports import PlatformRefused

MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the chat. In one that is for moderators alone nobody writes; cases are announced there.

    `members` are the ids of those who belong to it; where it is empty, everybody does.
    """

    id: str
    name: str
    writable: bool = True
    members: frozenset[str] = frozenset()
    for_moderators: bool = False

    def has_member(self, person: str) -> bool:
        return not self.members or person in self.members


def rooms_of(chats: Iterable[Chat], lobby: str) -> tuple[Room, ...]:
    """The chats of this platform, then the moderators' rooms that any chat names.

    Where there are no chats of this platform, there is one by the name of `lobby`. Raises PlatformRefused
    where a room's id can't stand in an address.
    """
    chats = tuple(chats)
    rooms = {chat.ref.id: Room(chat.ref.id, chat.name) for chat in chats if chat.ref.platform == PLATFORM}
    if not rooms:
        rooms["lobby"] = Room("lobby", lobby)
    levels = [level for chat in chats if chat.moderators for level in chat.moderators.chain]
    for id_ in dict.fromkeys(level.chat.id for level in levels if level.chat.platform == PLATFORM):
        name = id_.replace("-", " ").capitalize()
        room = rooms.get(id_) or Room(id_, name, writable=False)
        rooms[id_] = replace(room, members=_members(levels, id_), for_moderators=True)
    for id_ in rooms:
        if not id_ or "/" in id_ or showable(id_) != id_:
            raise PlatformRefused(
                f"A chat on the platform local can't have the id {id_!r}: leave out the slash."
            )
    return tuple(rooms.values())


def _members(levels: Sequence[Moderators], room: str) -> frozenset[str]:
    named = [level.people for level in levels if level.chat == ChatRef(PLATFORM, room)]
    return frozenset().union(*named) if all(named) else frozenset()


def person_id(name: str) -> str:
    """An id for a free name. Names of other letters than a-z are told apart by a digest."""
    plain = re.sub(r"[\s_-]+", "-", unicodedata.normalize("NFKC", name).casefold().strip())
    slug = re.sub(r"[^a-z0-9-]", "", plain).strip("-")
    if slug == plain:
        return slug
    digest = hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:6]
    return f"{slug or 'person'}-{digest}"


class NotAName(ValueError):
    """Nobody can be called that; the argument is the name of the words that say why."""


class Doors:
    """Remembers which rooms were opened before."""

    def __init__(self, db: Database, journal: Journal) -> None:
        self._db = db
        self._journal = journal

    def open(self, room: Room, at: datetime) -> None:
        """Where a room is new, the inbox must get to know that Raazdar joined it."""
        with transaction(self._db):
            opened = self._db.execute(
                "INSERT OR IGNORE INTO rooms (id, opened_at) VALUES (?, ?)", [room.id, at.isoformat()]
            )
            if opened.rowcount == 1:
                self._journal.happened(Kind.JOINED, room.id, "", at)


class People:
    """Who may use the chat: those of the configuration, or, where it names none, whoever gives a name."""

    def __init__(self, db: Database, configured: tuple[PersonSetting, ...]) -> None:
        self._db = db
        self._configured = configured

    @property
    def anybody(self) -> bool:
        return not self._configured

    def all(self) -> tuple[PersonSetting, ...]:
        if self._configured:
            return self._configured
        rows = self._db.query("SELECT id, name FROM people ORDER BY name")
        return tuple(PersonSetting(row["id"], row["name"]) for row in rows)

    def find(self, id_: str) -> PersonSetting | None:
        return next((person for person in self.all() if person.id == id_), None)

    def welcome(self, name: str) -> Person:
        """Lets somebody in under a name. Raises NotAName where it is none."""
        clean = " ".join(showable(name).split())
        if not clean:
            raise NotAName("local-error-no-name")
        if len(clean) > MAX_NAME:
            raise NotAName("local-error-long-name")
        person = Person(person_id(clean), clean)
        self._db.table("people").insert({"id": person.id, "name": person.name}, ignore=True)
        return person
