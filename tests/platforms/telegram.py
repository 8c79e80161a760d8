"""Telegram's Bot API on loopback, strict where Telegram is: it checks what a bot sends, and words its errors alike.

People are played by the methods `posts`, `edits`, `presses` and so on; what the bot asked for is in `calls`.
"""

import asyncio
import itertools
import json
import re
import secrets
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, ClassVar

from aiohttp import ClientSession, web

Json = dict[str, Any]
TOKEN = "4242:AAtest-token_of_a_bot"
BOT = {
    "id": 4242,
    "is_bot": True,
    "first_name": "Raazdar",
    "username": "raazdar_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
}
LARGEST_DOWNLOAD = 20 * 1024 * 1024
_HOURS_48 = 48 * 3600


class ApiError(Exception):
    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(description: str, **parameters: Any) -> ApiError:
    return ApiError(400, f"Bad Request: {description}", **parameters)


def user(id_: int, name: str, *, last: str = "", is_bot: bool = False) -> Json:
    found: Json = {"id": id_, "is_bot": is_bot, "first_name": name}
    if last:
        found["last_name"] = last
    return found | ({"username": f"{name.lower()}_bot"} if is_bot else {"language_code": "en"})


@dataclass
class Room:
    """A chat. `may_delete` is the bot's right to delete what others wrote."""

    chat: Json
    messages: dict[int, Json] = field(default_factory=dict)
    may_delete: bool = True
    may_write: bool = True
    is_member: bool = True
    migrated_to: int | None = None
    numbers: "itertools.count[int] | None" = None


class Telegram:
    """`base` and `base_file` are what goes before the token in addresses."""

    def __init__(self) -> None:
        self.base = self.base_file = ""
        self.calls: list[tuple[str, Json]] = []
        self.rooms: dict[int, Room] = {}
        self.started: dict[int, Json] = {}
        self.blocked: set[int] = set()
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[ApiError | str]] = defaultdict(list)
        self.is_down = False
        self.slow: dict[str, asyncio.Event] = {}
        """Until its event is set, a method's answer is not sent, though it was carried out."""
        self.queue: list[Json] = []
        self.webhook: Json | None = None
        self.presses_open: set[str] = set()
        self.shown_answers: list[Json] = []
        self.now: Callable[[], float] = time.time
        self.edit_second: int | None = None
        self._update_ids = itertools.count(700_000_001)
        self._box = itertools.count(11)
        self._arrival = asyncio.Condition()
        self._called = asyncio.Condition()
        self._poll = 0
        self._polling = 0

    # --- the world -----------------------------------------------------------------------------------------

    def group(self, id_: int, title: str = "Budget wing") -> Room:
        room = Room({"id": id_, "type": "group", "title": title, "all_members_are_administrators": False})
        return self._add(room)

    def supergroup(self, id_: int, title: str = "Budget wing", *, forum: bool = False) -> Room:
        chat = {"id": id_, "type": "supergroup", "title": title} | ({"is_forum": True} if forum else {})
        return self._add(Room(chat, numbers=itertools.count(1)))

    def channel(self, id_: int, title: str = "Notices") -> Room:
        return self._add(Room({"id": id_, "type": "channel", "title": title}, numbers=itertools.count(1)))

    def direct(self, person: Json) -> Room:
        """The direct chat of somebody who has started the bot."""
        chat = {key: person[key] for key in ("id", "first_name", "last_name", "username") if key in person}
        self.started[person["id"]] = person
        return self.rooms.get(person["id"]) or self._add(Room(chat | {"type": "private"}))

    def _add(self, room: Room) -> Room:
        self.rooms[room.chat["id"]] = room
        return room

    async def posts(self, room: Room, by: Json | None, text: str | None = None, **more: Any) -> Json:
        """Somebody posts; in a channel, nobody is named."""
        message = self._message(room, by, text, **more)
        kind = "channel_post" if room.chat["type"] == "channel" else "message"
        await self._tell({kind: message})
        return message

    async def edits(self, room: Room, message: Json, **changes: Any) -> Json:
        edited = message | changes | {"edit_date": self.edit_second or int(self.now())}
        room.messages[message["message_id"]] = edited
        kind = "edited_channel_post" if room.chat["type"] == "channel" else "edited_message"
        await self._tell({kind: edited})
        return edited

    def document(self, name: str, content: bytes, kind: str = "application/pdf", **more: Any) -> Json:
        id_ = f"BQAC{secrets.token_hex(8)}"
        self.files[id_] = content
        return {
            "file_name": name,
            "mime_type": kind,
            "file_id": id_,
            "file_unique_id": f"AgAD{id_[-8:]}",
            "file_size": len(content),
        } | more

    def photo(self, content: bytes) -> list[Json]:
        sizes = []
        for side, part in ((90, content[:1]), (800, content)):
            id_ = f"AgAC{secrets.token_hex(8)}"
            self.files[id_] = part
            sizes.append(
                {
                    "file_id": id_,
                    "file_unique_id": f"AQAD{id_[-8:]}",
                    "file_size": len(part),
                    "width": side,
                    "height": side,
                }
            )
        return sizes

    async def album(self, room: Room, by: Json, parts: list[Json]) -> list[Json]:
        """Each part is an update of its own, as Telegram tells them."""
        group = str(secrets.randbits(50))
        return [await self.posts(room, by, media_group_id=group, **part) for part in parts]

    async def presses(self, by: Json, message: Json, label: str) -> str:
        """Somebody presses the button with this label."""
        current = self.rooms[message["chat"]["id"]].messages[message["message_id"]]
        rows = current["reply_markup"]["inline_keyboard"]
        (data,) = (button["callback_data"] for row in rows for button in row if button["text"] == label)
        return await self.presses_data(by, current, data)

    async def presses_data(self, by: Json, message: Json, data: str) -> str:
        id_ = str(secrets.randbits(60))
        self.presses_open.add(id_)
        query = {"id": id_, "from": by, "message": message, "chat_instance": "-77", "data": data}
        await self._tell({"callback_query": query})
        return id_

    async def becomes_supergroup(self, room: Room, id_: int) -> Room:
        new = self.supergroup(id_, room.chat["title"])
        room.migrated_to = id_
        anybody = user(99, "Owner")
        await self._tell({"message": self._message(room, anybody, migrate_to_chat_id=id_)})
        await self._tell({"message": self._message(new, anybody, migrate_from_chat_id=room.chat["id"])})
        return new

    async def tells(self, update: Json) -> None:
        """Any update at all."""
        await self._tell(update)

    def _message(self, room: Room, by: Json | None, text: str | None = None, **more: Any) -> Json:
        message: Json = {"message_id": next(room.numbers or self._box), "date": int(self.now())}
        message["chat"] = room.chat
        if by is not None:
            message["from"] = by
        elif room.chat["type"] == "channel":
            message["sender_chat"] = room.chat
        if text is not None:
            message["text"] = text
        answered = more.pop("reply_to", None)
        if answered:
            message["reply_to_message"] = {k: v for k, v in answered.items() if k != "reply_to_message"}
        message |= more
        room.messages[message["message_id"]] = message
        return message

    async def _tell(self, update: Json) -> None:
        update = {"update_id": update.pop("update_id", None) or next(self._update_ids)} | update
        async with self._arrival:
            self.queue.append(json.loads(json.dumps(update)))
            self._arrival.notify_all()

    # --- what tests look at -------------------------------------------------------------------------------

    def asked(self, method: str) -> list[Json]:
        return [params for name, params in self.calls if name == method]

    async def until(self, holds: Callable[[], Any], seconds: float = 5) -> None:
        """Waits until something holds, which is looked at after each call of the bot."""
        async with asyncio.timeout(seconds), self._called:
            await self._called.wait_for(lambda: bool(holds()))

    async def confirmed(self, seconds: float = 5) -> None:
        """Until the bot has confirmed all that was told."""
        await self.until(lambda: not self.queue, seconds)

    # --- the API ------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Telegram"]:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.base, self.base_file = f"http://127.0.0.1:{port}/bot", f"http://127.0.0.1:{port}/file/bot"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if self.is_down:
            return web.Response(status=502, text="<html>502 Bad Gateway</html>", content_type="text/html")
        try:
            if request.match_info["token"] != TOKEN:
                raise ApiError(401, "Unauthorized")
            params = await _params(request)
            self.calls.append((method, params))
            if self.faults[method]:
                fault = self.faults[method].pop(0)
                if fault == "drop":
                    assert request.transport is not None
                    request.transport.abort()
                    return web.Response()
                assert isinstance(fault, ApiError)
                raise fault
            handler = getattr(self, f"_do_{method.lower()}", None)
            if handler is None:
                raise ApiError(404, "Not Found")
            result = await handler(params)
        except ApiError as error:
            body: Json = {"ok": False, "error_code": error.code, "description": error.description}
            if error.parameters:
                body["parameters"] = error.parameters
            response = web.json_response(body, status=error.code)
        else:
            response = web.json_response({"ok": True, "result": result})
        async with self._called:
            self._called.notify_all()
        if method in self.slow:
            await self.slow[method].wait()
        return response

    async def _download(self, request: web.Request) -> web.StreamResponse:
        id_ = request.match_info["path"].removeprefix("documents/")
        if "download" in self.slow:
            await self.slow["download"].wait()
        if self.is_down:
            return web.Response(status=502)
        if self.faults["download"]:
            self.faults["download"].pop(0)
            return web.Response(status=500)
        if request.match_info["token"] != TOKEN or id_ not in self.files:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.Response(body=self.files[id_])

    async def _do_getme(self, _: Json) -> Json:
        return BOT

    async def _do_getupdates(self, params: Json) -> list[Json]:
        if self.webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
                "the webhook first",
            )
        self._poll += 1
        mine = self._poll
        offset, limit = int(params.get("offset", 0)), int(params.get("limit", 100))
        kinds = params.get("allowed_updates") or None
        async with self._arrival:
            self._arrival.notify_all()  # ends another poll
            self.queue = [update for update in self.queue if update["update_id"] >= offset]
        async with self._called:
            self._called.notify_all()

        def found() -> list[Json]:
            return [update for update in self.queue if kinds is None or set(update) & set(kinds)][:limit]

        try:
            async with asyncio.timeout(int(params.get("timeout", 0))), self._arrival:
                await self._arrival.wait_for(lambda: self._poll != mine or found() or self.is_down)
        except TimeoutError:
            pass
        if self.is_down:
            raise ApiError(502, "Bad Gateway")
        if self._poll != mine:
            raise ApiError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        return found()

    async def _do_setwebhook(self, params: Json) -> bool:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", params.get("secret_token", "")):
            raise bad("secret token contains unallowed characters")
        if params.get("url") and not params["url"].startswith("https://"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = params if params.get("url") else None
        return True

    async def _do_deletewebhook(self, params: Json) -> bool:
        self.webhook = None
        if params.get("drop_pending_updates") in {True, "true"}:
            self.queue.clear()
        return True

    async def hands_over(self, address: str) -> list[int]:
        """Posts what waits to the webhook, and keeps what is not answered with a 2xx; the answers' statuses."""
        assert self.webhook is not None
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        statuses, kept = [], []
        async with ClientSession() as session:
            for update in self.queue:
                async with session.post(address, json=update, headers=headers) as response:
                    statuses.append(response.status)
                    if not 200 <= response.status < 300:
                        kept.append(update)
        self.queue = kept
        return statuses

    def _room(self, params: Json) -> Room:
        try:
            room = self.rooms.get(int(params["chat_id"]))
        except (KeyError, ValueError):
            raise bad("chat_id is empty") from None
        if room is None:
            if int(params["chat_id"]) > 0:
                raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
            raise bad("chat not found")
        if room.migrated_to:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=room.migrated_to)
        if not room.is_member:
            raise ApiError(403, f"Forbidden: bot was kicked from the {room.chat['type']} chat")
        if room.chat["id"] in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return room

    async def _do_getchat(self, params: Json) -> Json:
        permissions = {"can_send_messages": True}
        return self._room(params).chat | {
            "accent_color_id": 1,
            "max_reaction_count": 11,
            "permissions": permissions,
            "accepted_gift_types": {
                "unlimited_gifts": False,
                "limited_gifts": False,
                "unique_gifts": False,
                "premium_subscription": False,
                "gifts_from_channels": False,
            },
        }

    async def _do_sendmessage(self, params: Json) -> Json:
        room = self._room(params)
        if not room.may_write:
            raise bad("not enough rights to send text messages to the chat")
        more = _content(params) | _markup(params)
        if reply := params.get("reply_parameters"):
            answered = room.messages.get(int(reply["message_id"]))
            if answered:
                more["reply_to"] = answered
                if "message_thread_id" in answered:
                    more["message_thread_id"] = answered["message_thread_id"]
            elif not reply.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
        speaker = {"id": BOT["id"], "is_bot": True, "first_name": "Raazdar", "username": "raazdar_bot"}
        return self._message(room, None if room.chat["type"] == "channel" else speaker, **more)

    def _own(self, params: Json, verb: str) -> tuple[Room, Json]:
        room = self._room(params)
        message = room.messages.get(int(params["message_id"]))
        if message is None:
            raise bad(f"message to {verb} not found")
        return room, message

    async def _do_editmessagetext(self, params: Json) -> Json:
        room, message = self._own(params, "edit")
        if message.get("from", {}).get("id") != BOT["id"]:
            raise bad("message can't be edited")
        bare = {
            k: v for k, v in message.items() if k not in {"text", "entities", "reply_markup", "edit_date"}
        }
        edited = bare | _content(params) | _markup(params)
        if edited == {k: v for k, v in message.items() if k != "edit_date"}:
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        edited["edit_date"] = int(self.now())
        room.messages[message["message_id"]] = edited
        return edited

    async def _do_deletemessage(self, params: Json) -> bool:
        room, message = self._own(params, "delete")
        is_own = message.get("from", {}).get("id") == BOT["id"]
        if not (is_own or room.may_delete) or self.now() - message["date"] > _HOURS_48:
            raise bad("message can't be deleted")
        del room.messages[message["message_id"]]
        return True

    async def _do_answercallbackquery(self, params: Json) -> bool:
        if params.get("callback_query_id") not in self.presses_open:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(params.get("text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        self.presses_open.discard(params["callback_query_id"])
        self.shown_answers.append(params)
        return True

    async def _do_getfile(self, params: Json) -> Json:
        id_ = params.get("file_id", "")
        if id_ not in self.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        size = len(self.files[id_])
        if size > LARGEST_DOWNLOAD:
            raise bad("file is too big")
        return {
            "file_id": id_,
            "file_unique_id": f"AgAD{id_[-8:]}",
            "file_size": size,
            "file_path": f"documents/{id_}",
        }


async def _params(request: web.Request) -> Json:
    """From the address, a form or JSON; what is an object or a list in a form is written as JSON."""
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        return params | await request.json()
    for key, value in (await request.post()).items():
        params[key] = value
        if isinstance(value, str) and value[:1] in {"{", "["}:
            params[key] = json.loads(value)
    return params


def _content(params: Json) -> Json:
    text, entities = params.get("text", ""), []
    if params.get("parse_mode") == "HTML":
        parser = _Html()
        parser.feed(text)
        parser.close()
        if parser.open:
            raise bad(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{parser.open[0][0]}\""
            )
        text, entities = parser.text.strip(), parser.entities
    if not text.strip():
        raise bad("message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise bad("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def _markup(params: Json) -> Json:
    markup = params.get("reply_markup")
    if not markup or "inline_keyboard" not in markup:
        return {}
    for button in (one for row in markup["inline_keyboard"] for one in row):
        data = button.get("callback_data")
        if not button.get("text") or (data is None) == (button.get("url") is None):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if data is not None and not 1 <= len(data.encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
        if button.get("url") and not re.match(r"(https?|tg)://[\w-]+(\.[\w-]+)+", button["url"]):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return {"reply_markup": markup} if markup["inline_keyboard"] else {}


class _Html(HTMLParser):
    """The few tags that Telegram knows; any other is an error."""

    KNOWN: ClassVar = {
        "b": "bold",
        "strong": "bold",
        "i": "italic",
        "em": "italic",
        "u": "underline",
        "code": "code",
        "pre": "pre",
    }

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, _: Any) -> None:
        if tag not in self.KNOWN:
            raise bad(
                f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {self.getpos()[1]}'
            )
        self.open.append((tag, self._length()))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise bad("can't parse entities: Unexpected end tag")
        _, start = self.open.pop()
        if self._length() > start:
            self.entities.append({"type": self.KNOWN[tag], "offset": start, "length": self._length() - start})

    def handle_data(self, data: str) -> None:
        self.text += data

    def _length(self) -> int:
        return len(self.text.encode("utf-16-le")) // 2
