"""Discord's REST interface and its content network, as strict as the real ones and in their words."""

import json
import re
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.platforms.discord.applications import Applications
from tests.platforms.discord.forms import (
    ARCHIVED,
    CANNOT_MESSAGE,
    INVALID_RECIPIENT,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    NON_TEXT,
    NOT_YOURS,
    UNAUTHORIZED,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    UNKNOWN_USER,
    Refused,
    check_message,
    invalid,
)
from tests.platforms.discord.interactions import Interactions
from tests.platforms.discord.uploads import Upload, body_of, files_of
from tests.platforms.discord.webhooks import Webhooks
from tests.platforms.discord.world import (
    DM,
    FORUM,
    MANAGE_MESSAGES,
    PUBLIC_THREAD,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    Payload,
    World,
    stamp,
)

API = "/api/v10"


@dataclass
class Fault:
    """What goes wrong with the next requests that fit. `status` 0 breaks the connection."""

    method: str
    path: str
    status: int
    body: Payload = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    after: bool = False
    """Whether it is done all the same, and only the answer gets lost."""


class Rest:
    def __init__(self, world: World) -> None:
        self.world = world
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str, Any]] = []
        self.gateway_url = ""
        self.sessions_left = 999
        self.date = ""
        self.largest_file = 10 * 1024 * 1024
        self.is_cut = False
        self._nonces: deque[tuple[str, str, str]] = deque(maxlen=1000)

    def add_routes(self, app: web.Application) -> None:
        channel = f"{API}/channels/{{channel}}"
        message = f"{channel}/messages/{{message}}"
        app.add_routes(
            [
                web.get(f"{API}/gateway", self._guarded(self.gateway)),
                web.get(f"{API}/gateway/bot", self._guarded(self.gateway)),
                web.get(f"{API}/users/@me", self._guarded(self.me)),
                web.get(f"{API}/users/{{user}}", self._guarded(self.user)),
                web.post(f"{API}/users/@me/channels", self._guarded(self.open_dm)),
                web.get(channel, self._guarded(self.channel)),
                web.patch(channel, self._guarded(self.change_channel)),
                web.get(f"{channel}/messages", self._guarded(self.history)),
                web.post(f"{channel}/messages", self._guarded(self.create)),
                web.get(f"{channel}/threads/archived/public", self._guarded(self.archive)),
                web.get(message, self._guarded(self.get)),
                web.patch(message, self._guarded(self.edit)),
                web.delete(message, self._guarded(self.delete)),
                web.get("/cdn/attachments/{channel}/{id}/{name}", self._guarded(self.file)),
            ]
        )
        for part in (Interactions(self), Webhooks(self), Applications(self)):
            for method, path, handler in part.routes():
                app.router.add_route(method, f"{API}{path}", self._guarded(handler))

    def fail(self, method: str, path: str, status: int, body: Payload | None = None, **more: Any) -> None:
        self.faults.append(Fault(method, path, status, body or {}, **more))

    def limit(self, method: str, path: str, seconds: float, times: int = 1) -> None:
        """Too many requests."""
        body = {"message": "You are being rate limited.", "retry_after": seconds, "global": False}
        headers = {
            "Retry-After": str(max(1, round(seconds))),
            "X-RateLimit-Scope": "user",
            "X-RateLimit-Limit": "5",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset-After": str(seconds),
        }
        self.fail(method, path, 429, body, headers=headers, times=times)

    def asked(self, method: str, path: str) -> list[Any]:
        """The bodies of the requests that were made."""
        return [body for verb, where, body in self.requests if verb == method and re.search(path, where)]

    def _guarded(
        self, handler: Callable[[web.Request], Awaitable[Any]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Notes the request, lets it fail where it should, checks who asks, and words the answer."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            body = await body_of(request) if request.can_read_body else None
            self.requests.append((request.method, request.path_qs, body))
            fault = Fault("", "", 0) if self.is_cut else self._fault(request)
            if fault and not fault.after:
                return self._failed(request, fault)
            try:
                self._check(request)
                answer = await handler(request)
            except Refused as refused:
                answer = _json(refused.body, status=refused.status)
            if fault:
                return self._failed(request, fault)
            if answer is None:
                answer = web.Response(status=204)
            elif not isinstance(answer, web.Response):
                answer = _json(answer)
            answer.headers["Via"] = "1.1 google"
            if self.date:
                answer.headers["Date"] = self.date
            return answer

        return guarded

    def _fault(self, request: web.Request) -> Fault | None:
        for fault in self.faults:
            if fault.times and fault.method == request.method and re.search(fault.path, request.path):
                fault.times -= 1
                return fault
        return None

    def _failed(self, request: web.Request, fault: Fault) -> web.Response:
        if not fault.status:
            assert request.transport is not None
            request.transport.abort()
        headers = {"Via": "1.1 google", **fault.headers}
        return _json(fault.body, status=fault.status or 500, headers=headers)

    def _check(self, request: web.Request) -> None:
        has_token = "/interactions/" in request.path or "/webhooks/" in request.path
        if not request.path.startswith(API) or (has_token and not request.path.endswith("/webhooks")):
            return
        if not request.headers.get("User-Agent", "").startswith("DiscordBot ("):
            raise Refused(403, 0, "A user agent of the form DiscordBot (url, version) is required")
        if request.headers.get("Authorization") != f"Bot {self.world.token}":
            raise Refused(*UNAUTHORIZED)

    # The bot itself

    async def gateway(self, _: web.Request) -> Payload:
        limits = {
            "total": 1000,
            "remaining": self.sessions_left,
            "reset_after": 14400000,
            "max_concurrency": 1,
        }
        return {"url": self.gateway_url, "shards": 1, "session_start_limit": limits}

    async def me(self, _: web.Request) -> Payload:
        return {
            **self.world.bot.user(),
            "verified": True,
            "mfa_enabled": True,
            "locale": "en-US",
            "email": None,
        }

    async def user(self, request: web.Request) -> Payload:
        found = self.world.people.get(request.match_info["user"])
        if found is None:
            raise Refused(*UNKNOWN_USER)
        return found.user()

    # Channels

    async def open_dm(self, request: web.Request) -> Payload:
        asked = str((await request.json()).get("recipient_id", ""))
        person = self.world.people.get(asked)
        if person is None or asked in self.world.webhooks:
            raise Refused(*INVALID_RECIPIENT)
        return self.world.channels[self.world.dm(person)]

    async def channel(self, request: web.Request) -> Payload:
        return self.reached(request, VIEW_CHANNEL)

    async def change_channel(self, request: web.Request) -> Payload:
        """Opens a thread, or puts it away."""
        channel, body = self.reached(request, VIEW_CHANNEL), await request.json()
        if channel["type"] != PUBLIC_THREAD or not isinstance(body.get("archived"), bool):
            raise invalid("channel_id", "CHANNEL_TYPE_INVALID", "Invalid channel type")
        channel["thread_metadata"]["archived"] = body["archived"]
        return channel

    async def history(self, request: web.Request) -> list[Payload]:
        channel = self.reached(request, VIEW_CHANNEL)
        limit = int(request.query.get("limit", 50))
        if not 1 <= limit <= 100:
            raise invalid("limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 100.")
        if not self.world.allows(channel["id"], READ_MESSAGE_HISTORY):
            return []
        there = sorted(self.world.messages[channel["id"]].values(), key=lambda one: -int(one["id"]))
        if "after" in request.query:
            later = [one for one in there if int(one["id"]) > int(request.query["after"])]
            return [self._seen(one) for one in later[-limit:]]
        if "before" in request.query:
            there = [one for one in there if int(one["id"]) < int(request.query["before"])]
        return [self._seen(one) for one in there[:limit]]

    async def archive(self, request: web.Request) -> Payload:
        channel = self.reached(request, VIEW_CHANNEL)
        put_away = [
            one
            for one in self.world.channels.values()
            if one.get("parent_id") == channel["id"] and one.get("thread_metadata", {}).get("archived")
        ]
        put_away.sort(key=lambda one: str(one["thread_metadata"]["archive_timestamp"]), reverse=True)
        return {"threads": put_away, "members": [], "has_more": False}

    async def get(self, request: web.Request) -> Payload:
        channel = self.reached(request, VIEW_CHANNEL)
        if not self.world.allows(channel["id"], READ_MESSAGE_HISTORY):
            raise Refused(*MISSING_ACCESS)
        return self._seen(self._message(request))

    async def create(self, request: web.Request) -> Payload:
        channel = self.reached(request, VIEW_CHANNEL)
        if channel["type"] == FORUM:
            raise Refused(*NON_TEXT)
        if not self.world.allows(channel["id"], SEND_MESSAGES):
            raise Refused(*MISSING_PERMISSIONS)
        if channel["type"] == DM:
            person = self.world.people[channel["recipients"][0]["id"]]
            if person.bot or not person.takes_messages:
                raise Refused(*CANNOT_MESSAGE)
        body = await body_of(request)
        check_message(body)
        again = self._said_before(channel["id"], body)
        if again:
            return again
        message = self.made(channel["id"], body, await files_of(request, self.largest_file))
        self.world.keep(message)
        if "nonce" in body:
            self._nonces.append((channel["id"], body["nonce"], message["id"]))
        self.world.created(message)
        return {key: value for key, value in message.items() if key != "ephemeral"}

    async def edit(self, request: web.Request) -> Payload:
        self.reached(request, VIEW_CHANNEL)
        message, body = self._message(request), await request.json()
        if message["author"]["id"] != self.world.bot.id:
            raise Refused(*NOT_YOURS)
        kept = {key: body[key] for key in ("content", "embeds", "components") if key in body}
        check_message({**message, **kept})
        self.world.change(message, **kept, edited_timestamp=stamp())
        return message

    async def delete(self, request: web.Request) -> None:
        channel, message = self.reached(request, VIEW_CHANNEL), self._message(request)
        own = message["author"]["id"] == self.world.bot.id
        if not own and (channel["type"] == DM or not self.world.allows(channel["id"], MANAGE_MESSAGES)):
            raise Refused(*MISSING_PERMISSIONS)
        if channel.get("thread_metadata", {}).get("archived"):
            raise Refused(*ARCHIVED)
        self.world.delete(message)

    async def file(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix("/cdn")
        if path not in self.world.contents:
            return web.Response(status=404, text="This content is no longer available.")
        if "hm" not in request.query:
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=self.world.contents[path])

    def _said_before(self, channel: str, body: Payload) -> Payload | None:
        if not body.get("enforce_nonce"):
            return None
        for where, nonce, message in self._nonces:
            if (where, nonce) == (channel, body.get("nonce")):
                return self.world.messages[where].get(message)
        return None

    def made(self, channel: str, body: Payload, files: Sequence[Upload] = ()) -> Payload:
        more: Payload = {"embeds": [{"type": "rich", **embed} for embed in body.get("embeds", [])]}
        more["components"] = body.get("components", [])
        more["flags"] = body.get("flags", 0)
        more["attachments"] = [self.world._file(channel, *file) for file in files]
        for key in ("nonce", "allowed_mentions"):
            if key in body:
                more[key] = body[key]
        reference = body.get("message_reference")
        if reference:
            answered = self.world.messages[channel].get(str(reference["message_id"]))
            if answered is None and reference.get("fail_if_not_exists", True):
                raise invalid("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
            if answered:
                more |= {"type": 19, "referenced_message": answered}
                more["message_reference"] = {
                    "type": 0,
                    "channel_id": channel,
                    "message_id": answered["id"],
                }
        author = self.world.bot.user()
        return self.world.message(author, channel, body.get("content") or "", **more)

    def reached(
        self, request: web.Request, permission: int, otherwise: tuple[int, int, str] = MISSING_ACCESS
    ) -> Payload:
        """The channel that is asked for, where the bot may do that."""
        channel = self.world.channels.get(request.match_info["channel"])
        if channel is None:
            raise Refused(*UNKNOWN_CHANNEL)
        if not self.world.is_in and channel.get("guild_id"):
            raise Refused(*MISSING_ACCESS)
        if not self.world.allows(channel["id"], VIEW_CHANNEL):
            raise Refused(*MISSING_ACCESS)
        if not self.world.allows(channel["id"], permission):
            raise Refused(*otherwise)
        return channel

    def _message(self, request: web.Request) -> Payload:
        found = self.world.messages[request.match_info["channel"]].get(request.match_info["message"])
        if found is None:
            raise Refused(*UNKNOWN_MESSAGE)
        return found

    def _seen(self, message: Payload) -> Payload:
        """A message as REST shows it: without the content of others, unless the portal allows it."""
        return {key: value for key, value in message.items() if key != "nonce"}


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """With the bare media type, as Discord sends it."""
    content = json.dumps(body).encode()
    return web.Response(body=content, status=status, headers=headers, content_type="application/json")


__all__ = ["API", "PUBLIC_THREAD", "Fault", "Refused", "Rest"]
