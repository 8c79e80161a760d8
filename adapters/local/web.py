"""The chat's web application: its routes, and what people do there."""

from http import HTTPStatus
from urllib.parse import quote
from uuid import uuid4

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from adapters.local import PersonSetting, translate
from adapters.local.database import showable
from adapters.local.directory import Room
from adapters.local.forms import MAX_TEXT, BadForm, Form, TooLong, read_form
from adapters.local.house import House
from adapters.local.live import stream
from adapters.local.notices import MAX_LETTER, AlreadyAnswered
from adapters.local.pages import HERE, Pages, root_of
from adapters.local.rows import MessageRow
from adapters.local.view import Place, anchor
from bot.model import Choice, Deletion, Person

_MEGABYTE = 1024 * 1024
_STATIC = {path.name for path in (HERE / "static").iterdir()}


def make_app(house: House) -> Starlette:
    """The application, to be mounted under any path."""
    web = Web(house)
    in_room = "/as/{person}/rooms/{room}"
    return Starlette(
        routes=[
            Route("/", web.picker),
            Route("/enter", web.enter, methods=["POST"]),
            Route("/as/{person}/", web.first_room),
            Route(in_room, web.room),
            Route(in_room, web.post, methods=["POST"]),
            Route(f"{in_room}/edit", web.edit, methods=["POST"]),
            Route(f"{in_room}/delete", web.delete, methods=["POST"]),
            Route(f"{in_room}/answer", web.answer, methods=["POST"]),
            Route(f"{in_room}/file", web.file),
            Route(f"{in_room}/events", web.events),
            Route("/static/{name}", web.static),
        ],
        exception_handlers={HTTPException: web.refused, Exception: web.failed},
    )


class Web:
    """One method a route. What can't be done is raised as HTTPException, with words for the reader."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._pages = Pages(house)

    async def picker(self, request: Request) -> Response:
        return self._pages.picker(request)

    async def enter(self, request: Request) -> Response:
        """Lets somebody in under a free name."""
        if not self._house.people.anybody:
            raise HTTPException(HTTPStatus.FORBIDDEN, "Please pick one of the people of this chat.")
        form = await self._form(request)
        try:
            person = self._house.people.welcome(form.text("name"))
        except ValueError as wrong:
            return self._pages.picker(request, error=str(wrong))
        return _see_other(f"{root_of(request)}/as/{quote(person.id, safe='')}/")

    async def first_room(self, request: Request) -> Response:
        person = self._person(request)
        return _see_other(Place(root_of(request), person.id, self._house.directory[0].id).path)

    async def room(self, request: Request) -> Response:
        person, room = self._person(request), self._room(request)
        suggestions = self._house.settings.suggestions
        wanted = request.query_params.get("try", "")
        draft = suggestions[int(wanted)] if wanted in map(str, range(len(suggestions))) else ""
        return self._pages.room(request, person, room, draft=draft)

    async def post(self, request: Request) -> Response:
        """Posts a message; the answer comes when it lies in the inbox."""
        person, room = self._person(request), self._room(request)
        if not room.writable:
            raise HTTPException(HTTPStatus.FORBIDDEN, "Nobody writes here; cases are announced in this room.")
        try:
            form = await self._form(request)
            if not form.text("text").strip() and not form.uploads:
                raise HTTPException(HTTPStatus.BAD_REQUEST, "Write something, or attach a file.")
        except HTTPException as wrong:
            if _is_script(request):
                raise
            return self._pages.room(request, person, room, status=wrong.status_code, error=wrong.detail)
        target = translate.ref(room.id, uuid4().hex[:12])
        author, now = Person(person.id, person.name), self._house.clock.now()
        self._house.rooms.keep(translate.posted(form, target, author, now), now)
        return await self._done(request, target.id)

    async def edit(self, request: Request) -> Response:
        self._person(request), self._room(request)
        form = await self._form(request)
        row = self._own_message(request, form)
        if not form.text("text").strip() and not row.files:
            raise HTTPException(HTTPStatus.BAD_REQUEST, "A message can't be empty; delete it instead.")
        if form.text("text") != showable(row.text):
            self._house.rooms.keep(translate.edited(form, row), self._house.clock.now())
        return await self._done(request, row.id)

    async def delete(self, request: Request) -> Response:
        self._person(request), self._room(request)
        row = self._own_message(request, await self._form(request))
        ref = translate.ref(row.room, row.id)
        self._house.rooms.delete(Deletion(ref, self._house.clock.now(), row.author))
        return await self._done(request, row.id)

    async def answer(self, request: Request) -> Response:
        """The author's answer to a private notice."""
        person = self._person(request)
        self._room(request)
        form = await self._form(request)
        letter = form.text("letter").strip()
        if form.text("choice") not in set(Choice):
            raise HTTPException(HTTPStatus.BAD_REQUEST, "There is no such answer.")
        choice = Choice(form.text("choice"))
        if choice is not Choice.AUTHORISED:
            letter = ""
        elif not letter:
            raise HTTPException(HTTPStatus.BAD_REQUEST, "Please give the number of the letter.")
        elif len(letter) > MAX_LETTER:
            raise HTTPException(
                HTTPStatus.BAD_REQUEST, f"A letter number has at most {MAX_LETTER} characters."
            )
        by = Person(person.id, person.name)
        try:
            notice = self._house.notices.answer(
                showable(form.text("key")), by, choice, letter, self._house.clock.now()
            )
        except AlreadyAnswered:
            raise HTTPException(HTTPStatus.CONFLICT, "You have answered this notice already.") from None
        if notice is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such notice for you.")
        return await self._done(request, notice.message)

    async def file(self, request: Request) -> Response:
        """Downloads an attachment; whatever it claims to be, a browser must not open it here."""
        self._person(request)
        room = self._room(request)
        position = request.query_params.get("position", "")
        found = (
            self._house.rooms.attachment(room.id, request.query_params.get("message", ""), int(position))
            if position.isascii() and position.isdigit() and len(position) < 4
            else None
        )
        if found is None or found.content is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such file; its message may be gone.")
        name = quote(showable(found.name).replace("/", "_"), safe="")
        return Response(
            found.content,
            media_type="application/octet-stream",
            headers={
                "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def events(self, request: Request) -> Response:
        """Everything new in a room; a browser that was cut off says what it saw last."""
        person, room = self._person(request), self._room(request)
        seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
        if seen and not (seen.isascii() and seen.isdigit() and len(seen) < 19):
            raise HTTPException(HTTPStatus.BAD_REQUEST, "The events are numbered.")
        place = Place(root_of(request), person.id, room.id)
        after = int(seen) if seen else self._house.journal.newest_change()
        return stream(self._house, place, after)

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _STATIC:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return FileResponse(HERE / "static" / name, headers={"Cache-Control": "no-cache"})

    async def refused(self, request: Request, wrong: Exception) -> Response:
        if not isinstance(wrong, HTTPException):
            raise wrong
        # Starlette's own refusals say the bare phrase of the status.
        bare = wrong.detail == HTTPStatus(wrong.status_code).phrase
        words = "There is no such page here." if bare else wrong.detail
        if _is_script(request):
            return JSONResponse({"error": words}, wrong.status_code)
        return self._pages.sorry(request, wrong.status_code, words)

    async def failed(self, request: Request, _: Exception) -> Response:
        """The server logs what went wrong; the reader is spared it."""
        words = "Something went wrong on our side. Please try again."
        if _is_script(request):
            return JSONResponse({"error": words}, HTTPStatus.INTERNAL_SERVER_ERROR)
        return self._pages.sorry(request, HTTPStatus.INTERNAL_SERVER_ERROR, words)

    async def _form(self, request: Request) -> Form:
        try:
            return await read_form(request, self._house.settings.max_attachment_mb * _MEGABYTE)
        except TooLong:
            raise HTTPException(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"That is too long: a message has at most {MAX_TEXT:,} characters. Nothing was posted.",
            ) from None
        except ClientDisconnect:
            raise HTTPException(HTTPStatus.BAD_REQUEST, "The form did not arrive whole.") from None
        except BadForm as bad:
            raise HTTPException(HTTPStatus.BAD_REQUEST, str(bad)) from None

    async def _done(self, request: Request, message_id: str) -> Response:
        await self._house.courier.carried()
        if _is_script(request):
            return JSONResponse({"id": message_id})
        place = Place(root_of(request), request.path_params["person"], request.path_params["room"])
        return _see_other(f"{place.path}#{quote(anchor(message_id))}")

    def _person(self, request: Request) -> PersonSetting:
        found = self._house.people.find(request.path_params["person"])
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, "Nobody of that name is in this chat.")
        return found

    def _room(self, request: Request) -> Room:
        found = self._house.room(request.path_params["room"])
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such room in this chat.")
        return found

    def _own_message(self, request: Request, form: Form) -> MessageRow:
        path = request.path_params
        row = self._house.rooms.find(path["room"], showable(form.text("message")))
        if row is None or row.author != path["person"]:
            raise HTTPException(HTTPStatus.NOT_FOUND, "You have no such message in this room.")
        if row.gone:
            raise HTTPException(HTTPStatus.GONE, "This message is gone already.")
        return row


def _is_script(request: Request) -> bool:
    """Whether our script asks, which wants JSON, or a browser without it, which wants a page."""
    return "application/json" in request.headers.get("accept", "")


def _see_other(where: str) -> Response:
    return RedirectResponse(where, HTTPStatus.SEE_OTHER)
