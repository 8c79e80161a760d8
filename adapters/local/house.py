"""The parts of the chat, put together in one place."""

from dataclasses import dataclass

from adapters.local import Settings
from adapters.local.courier import Courier
from adapters.local.database import open_database
from adapters.local.directory import People, Room, rooms_of
from adapters.local.journal import Bell, Journal
from adapters.local.notices import Cards, Notices
from adapters.local.rooms import Rooms
from bot.ports import Clock, Surroundings

FILE_NAME = "local-chat.db"


@dataclass(frozen=True, slots=True)
class House:
    """Everything that the platform and its pages share."""

    clock: Clock
    settings: Settings
    directory: tuple[Room, ...]
    people: People
    rooms: Rooms
    notices: Notices
    cards: Cards
    journal: Journal
    bell: Bell
    courier: Courier

    def room(self, id_: str) -> Room | None:
        return next((room for room in self.directory if room.id == id_), None)


def open_house(settings: Settings, surroundings: Surroundings) -> House:
    """Opens the chat's memory. Raises PlatformRefused where a room's id can't stand in an address."""
    directory = rooms_of(surroundings.chats)
    db = open_database(surroundings.data / FILE_NAME)
    bell = Bell()
    journal = Journal(db, bell)
    rooms = Rooms(db, journal)
    return House(
        clock=surroundings.clock,
        settings=settings,
        directory=directory,
        people=People(db, settings.people),
        rooms=rooms,
        notices=Notices(db, journal),
        cards=Cards(db, journal),
        journal=journal,
        bell=bell,
        courier=Courier(journal, rooms, bell),
    )
