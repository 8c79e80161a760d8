"""Which rooms there are, and who may be in them."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from adapters.local import PersonSetting
from adapters.local.database import showable
from adapters.local.translate import PLATFORM
from bot.model import Chat, Person
from bot.ports import PlatformRefused

MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the chat. In one that is for moderators alone nobody writes; cases are announced there."""

    id: str
    name: str
    writable: bool = True


def rooms_of(chats: Iterable[Chat]) -> tuple[Room, ...]:
    """The chats of this platform, then the moderators' rooms that any chat names.

    Raises PlatformRefused where a room's id can't stand in an address.
    """
    chats = tuple(chats)
    rooms = {chat.ref.id: Room(chat.ref.id, chat.name) for chat in chats if chat.ref.platform == PLATFORM}
    if not rooms:
        rooms["lobby"] = Room("lobby", "Lobby")
    for ref in (chat.moderators for chat in chats):
        if ref is not None and ref.platform == PLATFORM and ref.id not in rooms:
            rooms[ref.id] = Room(ref.id, ref.id.replace("-", " ").capitalize(), writable=False)
    for id_ in rooms:
        if not id_ or "/" in id_ or showable(id_) != id_:
            raise PlatformRefused(
                f"A chat on the platform local can't have the id {id_!r}: leave out the slash."
            )
    return tuple(rooms.values())


def person_id(name: str) -> str:
    """An id for a free name. Names of other letters than a-z are told apart by a digest."""
    plain = re.sub(r"[\s_-]+", "-", unicodedata.normalize("NFKC", name).casefold().strip())
    slug = re.sub(r"[^a-z0-9-]", "", plain).strip("-")
    if slug == plain:
        return slug
    digest = hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:6]
    return f"{slug or 'person'}-{digest}"


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
        """Lets somebody in under a name. Raises ValueError, in words, where it is no name."""
        clean = " ".join(showable(name).split())
        if not clean:
            raise ValueError("Please enter a name.")
        if len(clean) > MAX_NAME:
            raise ValueError(f"Please enter a name of at most {MAX_NAME} characters.")
        person = Person(person_id(clean), clean)
        self._db.table("people").insert({"id": person.id, "name": person.name}, ignore=True)
        return person
