"""Who asks for what, read from requests. A refusal is an HTTPException, with words for the reader."""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from adapters.local import PersonSetting
from adapters.local.database import showable
from adapters.local.directory import Room
from adapters.local.forms import MAX_TEXT, BadForm, Form, TooLong, read_form
from adapters.local.house import House
from adapters.local.pages import root_of
from adapters.local.rows import MessageRow, Origin
from adapters.local.view import Place
from bot.model import Person

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody in a room."""

    person: PersonSetting
    room: Room
    place: Place

    @property
    def model(self) -> Person:
        return Person(self.person.id, self.person.name)


class Visits:
    """Reads requests."""

    def __init__(self, house: House) -> None:
        self._house = house

    def refusal(self, status: HTTPStatus, key: str, **values: str) -> HTTPException:
        return HTTPException(status, self._house.say(key, **values))

    def person(self, request: Request) -> PersonSetting:
        found = self._house.people.find(request.path_params["person"])
        if found is None:
            raise self.refusal(HTTPStatus.NOT_FOUND, "local-error-nobody")
        return found

    def visit(self, request: Request) -> Visit:
        person = self.person(request)
        room = self._house.room(request.path_params["room"])
        if room is None:
            raise self.refusal(HTTPStatus.NOT_FOUND, "local-error-no-room")
        return Visit(person, room, Place(root_of(request), person.id, room.id))

    async def form(self, request: Request) -> Form:
        try:
            return await read_form(request, self._house.settings.max_attachment_mb * _MEGABYTE)
        except TooLong:
            raise self.refusal(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "local-error-too-long", limit=f"{MAX_TEXT:,}"
            ) from None
        except ClientDisconnect:
            raise self.refusal(HTTPStatus.BAD_REQUEST, "local-error-form-cut") from None
        except BadForm as bad:
            raise self.refusal(HTTPStatus.BAD_REQUEST, str(bad)) from None

    def own_message(self, visit: Visit, form: Form) -> MessageRow:
        """The message that the form names, if the visitor may change it."""
        row = self._house.rooms.find(visit.room.id, showable(form.text("message")))
        if row is None or row.author != visit.person.id or row.origin is not Origin.PERSON:
            raise self.refusal(HTTPStatus.NOT_FOUND, "local-error-not-yours")
        if row.gone:
            raise self.refusal(HTTPStatus.GONE, "local-error-gone")
        return row

    def answered(self, visit: Visit, name: str) -> MessageRow | None:
        """The message of that name, if it is there and can be answered."""
        row = self._house.rooms.find(visit.room.id, showable(name)) if name else None
        return row if row and not row.gone and row.origin is Origin.PERSON else None
