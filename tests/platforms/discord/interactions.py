"""How the bot answers an interaction: at once, or later by the webhook that the interaction is."""

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.platforms.discord.basics import Payload, stamp
from tests.platforms.discord.forms import (
    ACKNOWLEDGED,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    Refused,
    check_message,
    check_modal,
    invalid,
)

if TYPE_CHECKING:
    from tests.platforms.discord.rest import Rest

Route = tuple[str, str, Callable[[web.Request], Awaitable[Any]]]
_EPHEMERAL, _LOADING = 1 << 6, 1 << 7
_MESSAGE, _LATER, _NOTHING, _UPDATE, _MODAL = 4, 5, 6, 7, 9
_ALLOWED = {2: {_MESSAGE, _LATER, _MODAL}, 3: {4, 5, 6, 7, 9}, 5: {4, 5, 6, 7}}


class Interactions:
    def __init__(self, rest: "Rest") -> None:
        self.rest = rest
        self.world = rest.world

    def routes(self) -> Iterator[Route]:
        yield "POST", "/interactions/{id}/{token}/callback", self.respond
        original = f"/webhooks/{self.world.application}/{{token}}"
        yield "POST", original, self.follow
        yield "GET", f"{original}/messages/@original", self.original
        yield "PATCH", f"{original}/messages/@original", self.edit
        yield "DELETE", f"{original}/messages/@original", self.delete

    async def respond(self, request: web.Request) -> Payload | None:
        interaction = self.world.interactions.get(request.match_info["id"])
        if interaction is None or interaction["token"] != request.match_info["token"]:
            raise Refused(*UNKNOWN_INTERACTION)
        if interaction["response"] is not None:
            raise Refused(*ACKNOWLEDGED)
        body = await request.json()
        _check(interaction, body)
        interaction["response"] = body
        made: Payload = {"type": body["type"]}
        data = body.get("data") or {}
        if body["type"] == _UPDATE:
            self._update(interaction, data)
            made["message"] = interaction["message"]
        elif body["type"] in {_MESSAGE, _LATER}:
            flags = data.get("flags", 0) | (_LOADING if body["type"] == _LATER else 0)
            made["message"] = interaction["shown"] = self._made(interaction, {**data, "flags": flags})
        if request.query.get("with_response") not in {"true", "True", "1"}:
            return None
        about = {"id": request.match_info["id"], "type": interaction["kind"], "response_message_id": None}
        if "message" in made:
            about |= {"response_message_id": made["message"]["id"], "response_message_ephemeral": True}
        return {"interaction": about, "resource": made}

    async def follow(self, request: web.Request) -> Payload | None:
        """A further message; the first one after a deferred answer takes its place."""
        interaction, body = self._of(request), await request.json()
        check_message(body)
        shown = interaction["shown"]
        if shown and shown["flags"] & _LOADING:
            return self._fill(interaction, body)
        made = self._made(interaction, body)
        interaction["followups"].append(made)
        return made if request.query.get("wait") in {"true", "True", "1"} else None

    async def original(self, request: web.Request) -> Payload:
        return self._shown(self._of(request))

    async def edit(self, request: web.Request) -> Payload:
        interaction, body = self._of(request), await request.json()
        shown = self._shown(interaction)
        check_message({**shown, **body})
        return self._fill(interaction, body)

    async def delete(self, request: web.Request) -> None:
        interaction = self._of(request)
        shown = self._shown(interaction)
        interaction["shown"] = None
        if shown["id"] in self.world.messages[shown["channel_id"]]:
            self.world.delete(shown)

    def _of(self, request: web.Request) -> Payload:
        """Only what was answered can be followed up."""
        for interaction in self.world.interactions.values():
            if interaction["token"] == request.match_info["token"]:
                if interaction["response"] is None:
                    break
                return interaction
        raise Refused(*UNKNOWN_WEBHOOK)

    def _shown(self, interaction: Payload) -> Payload:
        if interaction["shown"] is None:
            raise Refused(*UNKNOWN_MESSAGE)
        shown: Payload = interaction["shown"]
        return shown

    def _fill(self, interaction: Payload, body: Payload) -> Payload:
        shown = self._shown(interaction)
        kept = {key: body[key] for key in ("content", "embeds", "components") if body.get(key) is not None}
        shown |= kept | {"flags": shown["flags"] & ~_LOADING}
        return shown

    def _made(self, interaction: Payload, data: Payload) -> Payload:
        """What only one person sees is in no channel."""
        message = self.rest.made(interaction["channel"], data)
        message |= {"application_id": self.world.application, "webhook_id": self.world.application}
        if not data.get("flags", 0) & _EPHEMERAL:
            self.world.keep(message)
            self.world.created(message)
        return message

    def _update(self, interaction: Payload, data: Payload) -> None:
        kept = {key: data[key] for key in ("content", "embeds", "components") if key in data}
        message = interaction["message"]
        if message["id"] in self.world.messages[message["channel_id"]]:
            self.world.change(message, **kept, edited_timestamp=stamp())
        else:
            message |= kept


def _check(interaction: Payload, body: Payload) -> None:
    kind = body.get("type")
    if kind not in _ALLOWED[interaction["kind"]]:
        raise invalid("type", "BASE_TYPE_CHOICES", "Value must be one of {4, 5, 6, 7, 9}.")
    data = body.get("data") or {}
    if kind == _MODAL:
        check_modal(data)
    elif kind == _MESSAGE:
        check_message(data)
    elif kind == _UPDATE:
        check_message({**interaction["message"], **data})
