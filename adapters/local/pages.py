"""The pages of the chat."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from adapters.local import PersonSetting
from adapters.local.directory import MAX_NAME, Room
from adapters.local.forms import MAX_TEXT
from adapters.local.house import House
from adapters.local.notices import MAX_LETTER
from adapters.local.view import (
    CardView,
    ChoiceView,
    FileView,
    MessageView,
    NoticeView,
    Place,
    card_view,
    message_view,
    notice_view,
    tint,
)

HERE = Path(__file__).parent
_BLANKS = {
    "message": MessageView(),
    "file": FileView("", "", ""),
    "notice": NoticeView(),
    "choice": ChoiceView(),
    "card": CardView(),
}
"""What the templates for live events are rendered with; the script fills them."""


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

    def picker(self, request: Request, error: str = "") -> HTMLResponse:
        """Who do you want to be?"""
        return self._render(
            request,
            "picker.html",
            400 if error else 200,
            tint=tint,
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
    ) -> HTMLResponse:
        """A room as one person sees it."""
        house = self._house
        place = Place(root_of(request), person.id, room.id)
        # Taken before the rows are read: a change in between is shown twice rather than never.
        newest = house.journal.newest_change()
        rows = {row.id: row for row in house.rooms.latest(room.id)}
        notices = house.notices.of_reader(room.id, person.id)
        entries = [
            (message_view(row, place, rows), notice_view(notices[row.id], row) if row.id in notices else None)
            for row in rows.values()
        ]
        return self._render(
            request,
            "room.html",
            status,
            person=person,
            room=room,
            rooms=house.directory,
            place=place,
            place_of=lambda other: Place(place.root, person.id, other.id),
            entries=entries,
            cards=[card_view(card) for card in house.cards.of_room(room.id)],
            suggestions=house.settings.suggestions,
            max_mb=house.settings.max_attachment_mb,
            max_text=MAX_TEXT,
            max_letter=MAX_LETTER,
            newest=newest,
            error=error,
            draft=draft,
            blank=_BLANKS,
        )

    def sorry(self, request: Request, status: int, words: str) -> HTMLResponse:
        """Something can't be shown or done, in words."""
        return self._render(request, "sorry.html", status, words=words)

    def _render(self, request: Request, name: str, status: int, **context: Any) -> HTMLResponse:
        html = self._templates.get_template(name).render(root=root_of(request), **context)
        return HTMLResponse(html, status)


def root_of(request: Request) -> str:
    """Where the chat is mounted, without a slash at the end."""
    return str(request.scope.get("root_path", "")).rstrip("/")
