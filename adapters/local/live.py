"""Live pages: each change of a room as a server-sent event for one reader."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import asdict

from anyio import Event
from sse_starlette import EventSourceResponse, ServerSentEvent

from adapters.local.house import House
from adapters.local.rows import Change, Kind
from adapters.local.shown import CardView, NoticeView, card_view, notice_view
from adapters.local.view import MessageView, Place, message_view

# At debug level the library logs every event, and with it what people wrote.
logging.getLogger("sse_starlette.sse").setLevel(logging.INFO)

_GRACE = 1.0
"""Seconds that an open page has to take leave."""

View = MessageView | NoticeView | CardView


def stream(house: House, place: Place, after: int) -> EventSourceResponse:
    """The answer that `events` go out on. It ends by itself when the server shuts down."""
    closing = Event()
    return EventSourceResponse(
        events(house, place, after, closing), shutdown_event=closing, shutdown_grace_period=_GRACE
    )


async def events(house: House, place: Place, after: int, closing: Event) -> AsyncIterator[ServerSentEvent]:
    """What happens in a room from the change numbered `after` on, until `closing`.

    A reader who is ahead of the journal looks at a page of another database; he is told to load it again.
    """
    if after > house.journal.newest_change():
        yield ServerSentEvent(event="reload", data="{}")
        return
    with house.bell.listen() as news:
        waking = asyncio.create_task(_wake_when(closing, news))
        try:
            while not closing.is_set():
                news.clear()
                for change in house.journal.changes(place.room, place.person, after):
                    after = change.number
                    found = views(house, place, change)
                    for left, (kind, view) in zip(reversed(range(len(found))), found, strict=True):
                        # Only the last event of a change bears its number: whoever resumes there has it all.
                        number = None if left else str(after)
                        yield ServerSentEvent(id=number, event=kind, data=json.dumps(asdict(view)))
                await news.wait()
        finally:
            waking.cancel()


async def _wake_when(closing: Event, news: asyncio.Event) -> None:
    await closing.wait()
    news.set()


def views(house: House, place: Place, change: Change) -> list[tuple[str, View]]:
    """What a reader must see anew. A change of a message can change the notice under it too."""
    if change.kind is Kind.CARD:
        card = house.cards.find(place.room, change.subject)
        return [(Kind.CARD, card_view(card, place, house.names, house.say))] if card else []
    notice = (
        house.notices.find(change.subject)
        if change.kind is Kind.NOTICE
        else house.notices.of_reader(place.room, place.person).get(change.subject)
    )
    message = house.rooms.find(place.room, notice.message if notice else change.subject)
    if message is None:
        return []
    found: list[tuple[str, View]] = []
    if change.kind is Kind.MESSAGE:
        answered = house.rooms.find(place.room, message.reply_to) if message.reply_to else None
        known = {answered.id: answered} if answered else {}
        found.append((Kind.MESSAGE, message_view(message, place, known, house.say)))
    if notice and notice.author == place.person:
        found.append((Kind.NOTICE, notice_view(notice, message, house.say)))
    return found
