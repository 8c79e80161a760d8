"""The chat's web application: its routes, and what people do there."""

from http import HTTPStatus
from urllib.parse import quote
from uuid import uuid4

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from adapters.local import translate
from adapters.local.counter import Counter
from adapters.local.database import showable
from adapters.local.directory import MAX_NAME, NotAName
from adapters.local.house import House
from adapters.local.live import stream
from adapters.local.pages import HERE, Pages, is_script, root_of
from adapters.local.view import Place
from adapters.local.visits import Visits
from bot.model import Deletion

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
            Route(f"{in_room}/answer", web.counter.answer, methods=["POST"]),
            Route(f"{in_room}/command", web.counter.command, methods=["POST"]),
            Route(f"{in_room}/press", web.counter.press, methods=["POST"]),
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
        self._visits = Visits(house)
        self.counter = Counter(house, self._visits, self._pages)

    async def picker(self, request: Request) -> Response:
        return self._pages.picker(request)

    async def enter(self, request: Request) -> Response:
        """Lets somebody in under a free name."""
        if not self._house.people.anybody:
            raise self._visits.refusal(HTTPStatus.FORBIDDEN, "local-error-pick")
        form = await self._visits.form(request)
        try:
            person = self._house.people.welcome(form.text("name"))
        except NotAName as wrong:
            return self._pages.picker(request, error=self._house.say(str(wrong), limit=str(MAX_NAME)))
        return _see_other(f"{root_of(request)}/as/{quote(person.id, safe='')}/")

    async def first_room(self, request: Request) -> Response:
        person = self._visits.person(request)
        return _see_other(Place(root_of(request), person.id, self._house.directory[0].id).path)

    async def room(self, request: Request) -> Response:
        visit = self._visits.visit(request)
        suggestions = self._house.settings.suggestions
        wanted = request.query_params.get("try", "")
        draft = suggestions[int(wanted)] if wanted in map(str, range(len(suggestions))) else ""
        answered = self._visits.answered(visit, request.query_params.get("answers", ""))
        return self._pages.room(request, visit.person, visit.room, draft=draft, answered=answered)

    async def post(self, request: Request) -> Response:
        """Posts a message, and answers when it lies in the inbox; or takes a command."""
        visit = self._visits.visit(request)
        try:
            form = await self._visits.form(request)
            if command := translate.command(form.text("text")):
                return await self.counter.typed(request, visit, form, *command)
            if not visit.room.writable:
                raise self._visits.refusal(HTTPStatus.FORBIDDEN, "local-error-read-only")
            if not form.text("text").strip() and not form.uploads:
                raise self._visits.refusal(HTTPStatus.BAD_REQUEST, "local-error-empty")
        except HTTPException as wrong:
            if is_script(request):
                raise
            return self._pages.room(
                request, visit.person, visit.room, status=wrong.status_code, error=wrong.detail
            )
        target = translate.ref(visit.room.id, uuid4().hex[:12])
        now = self._house.clock.now()
        answered = self._visits.answered(visit, form.text("answers"))
        self._house.rooms.keep(translate.posted(form, target, visit.model, now, answered), now)
        await self._house.courier.carried()
        return self._pages.done(request, visit.place, target.id)

    async def edit(self, request: Request) -> Response:
        visit = self._visits.visit(request)
        form = await self._visits.form(request)
        row = self._visits.own_message(visit, form)
        if not form.text("text").strip() and not row.files:
            raise self._visits.refusal(HTTPStatus.BAD_REQUEST, "local-error-empty-edit")
        if form.text("text") != showable(row.text):
            self._house.rooms.keep(translate.edited(form, row), self._house.clock.now())
        await self._house.courier.carried()
        return self._pages.done(request, visit.place, row.id)

    async def delete(self, request: Request) -> Response:
        visit = self._visits.visit(request)
        row = self._visits.own_message(visit, await self._visits.form(request))
        ref = translate.ref(row.room, row.id)
        self._house.rooms.delete(Deletion(ref, self._house.clock.now(), row.author))
        await self._house.courier.carried()
        return self._pages.done(request, visit.place, row.id)

    async def file(self, request: Request) -> Response:
        """Downloads an attachment; whatever it claims to be, a browser must not open it here."""
        room = self._visits.visit(request).room
        position = request.query_params.get("position", "")
        found = (
            self._house.rooms.attachment(room.id, request.query_params.get("message", ""), int(position))
            if position.isascii() and position.isdigit() and len(position) < 4
            else None
        )
        if found is None or found.content is None:
            raise self._visits.refusal(HTTPStatus.NOT_FOUND, "local-error-no-file")
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
        place = self._visits.visit(request).place
        seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
        if seen and not (seen.isascii() and seen.isdigit() and len(seen) < 19):
            raise HTTPException(HTTPStatus.BAD_REQUEST)
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
        words = self._house.say("local-error-no-page") if bare else wrong.detail
        if is_script(request):
            return JSONResponse({"error": words}, wrong.status_code)
        return self._pages.sorry(request, wrong.status_code, words)

    async def failed(self, request: Request, _: Exception) -> Response:
        """The server logs what went wrong; the reader is spared it."""
        words = self._house.say("local-error-failed")
        if is_script(request):
            return JSONResponse({"error": words}, HTTPStatus.INTERNAL_SERVER_ERROR)
        return self._pages.sorry(request, HTTPStatus.INTERNAL_SERVER_ERROR, words)


def _see_other(where: str) -> Response:
    return RedirectResponse(where, HTTPStatus.SEE_OTHER)
