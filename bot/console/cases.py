"""The list of cases, one case, and what a moderator may do about it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from functools import partial

import anyio
from sse_starlette import EventSourceResponse
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.cards import MAY_NOT_ACT
from bot.config.catalogue import ENGLISH
from bot.console.accounts import form_token_fits
from bot.console.pages import bot_of, moderator_of, page, sorry, to_sign_in, token_of
from bot.errors import InputError
from bot.model import Action, Outcome, Status
from bot.ports import Bus
from bot.whereabouts import part_words, place_words

VIEWS: Mapping[str, tuple[Status, ...]] = {
    "open": (Status.OPEN, Status.ACKNOWLEDGED),
    "closed": (Status.CLOSED,),
    "all": tuple(Status),
}
OUTCOMES: Mapping[str, Outcome] = {
    "leak": Outcome.LEAK,
    "false-alarm": Outcome.FALSE_ALARM,
    "authorised": Outcome.AUTHORISED,
}


async def show_list(request: Request) -> Response:
    moderator = moderator_of(request)
    if moderator is None:
        return to_sign_in()
    view = request.query_params.get("view", "open")
    if view not in VIEWS:
        return sorry(request, 404, "No such list", "There are the lists open, closed and all.")
    ledger = bot_of(request).store.cases
    return page(
        request,
        "cases.html",
        moderator,
        view=view,
        views=VIEWS,
        cases=ledger.list(VIEWS[view]),
        waiting=len(ledger.list(VIEWS["open"])),
    )


async def show_case(request: Request) -> Response:
    moderator = moderator_of(request)
    if moderator is None:
        return to_sign_in()
    bot = bot_of(request)
    case = bot.store.cases.get(request.path_params["number"])
    if case is None:
        return sorry(request, 404, "No such case", "It may have a different number.")
    words = bot.configuration.catalogue
    removals = {
        entry.state
        for entry in bot.store.outbox.of_message(case.ref)
        if entry.planned.action in {Action.REMOVE, Action.REDACT, Action.HOLD} and entry.planned.live
    }
    return page(
        request,
        "case.html",
        moderator,
        case=case,
        events=bot.store.cases.events(case.number),
        is_of_message=case.rule != MAY_NOT_ACT,
        provision=bot.in_force.policy.provisions.get(case.provision),
        entities=bot.in_force.policy.entities,
        findings=[(one, place_words(words, ENGLISH, one.part, one.region)) for one in case.evidence.findings],
        undecided=[(part_words(words, ENGLISH, part), why) for part, why in case.evidence.undecided],
        words=partial(words.text, ENGLISH),
        removal="Removed" if "done" in removals else "Being removed" if "waiting" in removals else "",
    )


async def act(request: Request) -> Response:
    """Acknowledge, close with an outcome, or remove; then back to the case."""
    moderator = moderator_of(request)
    if moderator is None:
        return to_sign_in()
    form = await request.form()
    if not form_token_fits(token_of(request), str(form.get("form_token", ""))):
        return sorry(request, 403, "Not accepted", "Open the case again and press the button there.")
    number, what = request.path_params["number"], request.path_params["what"]
    cases = bot_of(request).cases
    try:
        if what == "acknowledge":
            cases.acknowledge(number, moderator)
        elif what == "remove":
            cases.remove(number, moderator)
        elif what in OUTCOMES:
            cases.close(number, OUTCOMES[what], moderator)
        else:
            return sorry(request, 404, "No such action", f"A case can't be put to {what}.")
    except InputError as error:
        return sorry(request, 404, "That can't be done", str(error))
    return RedirectResponse(f"/cases/{number}", status_code=303)


async def news(request: Request) -> Response:
    """A stream of server-sent events that says when the cases have changed, and nothing else."""
    if moderator_of(request) is None:
        return Response(status_code=403)
    closing = anyio.Event()
    return EventSourceResponse(
        _changes(bot_of(request).bus, closing), shutdown_event=closing, shutdown_grace_period=1.0
    )


async def _changes(bus: Bus, closing: anyio.Event) -> AsyncIterator[Mapping[str, str]]:
    """Ends by itself once the server is `closing`, so that the last answer is not cut off."""
    with bus.subscribe("cases") as topics:
        yield {"event": "ready", "data": "-"}
        closed = asyncio.ensure_future(closing.wait())
        change = asyncio.ensure_future(anext(topics))
        try:
            while not closed.done():
                await asyncio.wait({closed, change}, return_when=asyncio.FIRST_COMPLETED)
                if change.done():
                    change = asyncio.ensure_future(anext(topics))
                    yield {"event": "cases", "data": "-"}
        finally:
            closed.cancel()
            change.cancel()
