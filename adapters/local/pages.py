"""The pages of the chat."""

import json
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from adapters.local import PersonSetting
from adapters.local.directory import MAX_NAME, Room
from adapters.local.forms import MAX_TEXT
from adapters.local.house import House
from adapters.local.notices import MAX_LETTER
from adapters.local.rows import CardRow, MessageRow
from adapters.local.shown import (
    CardView,
    ChoiceView,
    NewsView,
    NoteView,
    NoticeView,
    OptionView,
    PressView,
    card_view,
    notice_view,
)
from adapters.local.view import FileView, MessageView, Place, anchor, message_view, quoted, tint
from bot.model import CommandName

HERE = Path(__file__).parent
_BLANKS = {
    "message": MessageView(),
    "file": FileView("", "", ""),
    "notice": NoticeView(),
    "choice": ChoiceView(),
    "card": CardView(),
    "press": PressView(),
    "news": NewsView(),
    "note": NoteView(),
    "option": OptionView(),
}
"""What the templates for live events are rendered with; the script fills them."""
_OF_SCRIPT = ("reconnecting", "disconnected", "failed", "unreachable")
"""What the script says by itself, by names that start with `local-`."""


class Pages:
    """Renders each page; everything in it is escaped."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {"say": house.say, "tint": tint, "blank": _BLANKS}

    def picker(self, request: Request, error: str = "") -> HTMLResponse:
        """Who do you want to be?"""
        return self._render(
            request,
            "picker.html",
            400 if error else 200,
            people=self._house.people.all(),
            anybody=self._house.people.anybody,
            max_name=MAX_NAME,
            error=error,
        )

    def room(
        self,
        request: Request,
        person: PersonSetting,
        room: Room,
        *,
        status: int = 200,
        error: str = "",
        draft: str = "",
        answered: MessageRow | None = None,
        note: NoteView | None = None,
    ) -> HTMLResponse:
        """A room as one person sees it. `note` is what he alone was told just now."""
        house, say = self._house, self._house.say
        place = Place(root_of(request), person.id, room.id)
        # Taken before the rows are read: a change in between is shown twice rather than never.
        newest = house.journal.newest_change()
        return self._render(
            request,
            "room.html",
            status,
            person=person,
            room=room,
            rooms=house.directory,
            place=place,
            items=self._items(room, place),
            note=note,
            answered=answered,
            quote=quoted(answered, say) if answered else "",
            commands=[
                (name.value, say(f"local-command-{name}"))
                for name in CommandName
                if room.for_moderators or not name.is_for_moderators
            ],
            suggestions=house.settings.suggestions,
            max_mb=house.settings.max_attachment_mb,
            max_text=MAX_TEXT,
            max_letter=MAX_LETTER,
            newest=newest,
            error=error,
            draft=draft,
            words=json.dumps({name: say(f"local-{name}") for name in _OF_SCRIPT}),
        )

    def _items(self, room: Room, place: Place) -> list[tuple[MessageView | CardView, NoticeView | None]]:
        """Messages, each with the reader's notice, and cards, in the order of their coming."""
        house, say = self._house, self._house.say
        rows = {row.id: row for row in house.rooms.latest(room.id)}
        notices = house.notices.of_reader(room.id, place.person)
        both: list[MessageRow | CardRow] = [*rows.values(), *house.cards.of_room(room.id)]
        return [
            (
                (card_view(row, place, house.names, say), None)
                if isinstance(row, CardRow)
                else (
                    message_view(row, place, rows, say),
                    notice_view(notices[row.id], row, say) if row.id in notices else None,
                )
            )
            for row in sorted(both, key=lambda row: row.shown_at if isinstance(row, CardRow) else row.sent_at)
        ]

    def done(self, request: Request, place: Place, message: str) -> Response:
        """Something was done about a message."""
        if is_script(request):
            return JSONResponse({"id": message})
        return RedirectResponse(f"{place.path}#{quote(anchor(message))}", HTTPStatus.SEE_OTHER)

    def sorry(self, request: Request, status: int, words: str) -> HTMLResponse:
        """Something can't be shown or done, in words."""
        return self._render(request, "sorry.html", status, words=words)

    def _render(self, request: Request, name: str, status: int, **context: Any) -> HTMLResponse:
        html = self._templates.get_template(name).render(root=root_of(request), **context)
        return HTMLResponse(html, status)


def root_of(request: Request) -> str:
    """Where the chat is mounted, without a slash at the end."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def is_script(request: Request) -> bool:
    """Whether our script asks, which wants JSON, or a browser without it, which wants a page."""
    return "application/json" in request.headers.get("accept", "")
