"""The parts of the chat, put together in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from adapters.local import Settings
from adapters.local.cards import Cards
from adapters.local.courier import Courier
from adapters.local.database import open_database
from adapters.local.directory import Doors, People, Room, rooms_of
from adapters.local.journal import Bell, Journal
from adapters.local.notices import Notices
from adapters.local.reception import Reception
from adapters.local.rooms import Rooms
from adapters.local.speech import Speech
from bot.model import Chat
from bot.ports import Clock, Surroundings

FILE_NAME = "local-chat.db"


@dataclass(frozen=True, slots=True)
class House:
    """Everything that the platform and its pages share."""

    clock: Clock
    settings: Settings
    say: Speech
    folder: Path
    chats: tuple[Chat, ...]
    directory: tuple[Room, ...]
    doors: Doors
    people: People
    rooms: Rooms
    notices: Notices
    cards: Cards
    journal: Journal
    bell: Bell
    courier: Courier
    reception: Reception

    @property
    def names(self) -> Mapping[str, str]:
        """The rooms' names by their ids."""
        return {room.id: room.name for room in self.directory}

    def room(self, id_: str) -> Room | None:
        return next((room for room in self.directory if room.id == id_), None)


def open_house(settings: Settings, surroundings: Surroundings) -> House:
    """Opens the chat's memory. Raises PlatformRefused where a room's id can't stand in an address."""
    say = Speech(surroundings.words, surroundings.language)
    directory = rooms_of(surroundings.chats, say("local-lobby"))
    db = open_database(surroundings.data / FILE_NAME)
    bell = Bell()
    journal = Journal(db, bell)
    rooms = Rooms(db, journal)
    return House(
        clock=surroundings.clock,
        settings=settings,
        say=say,
        folder=surroundings.data,
        chats=surroundings.chats,
        directory=directory,
        doors=Doors(db, journal),
        people=People(db, settings.people),
        rooms=rooms,
        notices=Notices(db, journal),
        cards=Cards(db, journal),
        journal=journal,
        bell=bell,
        courier=Courier(journal, rooms, bell, {room.id: room.name for room in directory}),
        reception=Reception(say),
    )
