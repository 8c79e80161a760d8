"""Telegram's chats on loopback, and the people in them, who are played by `posts`, `edits`, `presses` and so on."""

import asyncio
import itertools
import json
import re
import secrets
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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
HOURS_48 = 48 * 3600


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
    """A chat. `may_delete` is the bot's right to delete what others wrote; `members` are people by their id."""

    chat: Json
    members: dict[int, str] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    messages: dict[int, Json] = field(default_factory=dict)
    may_delete: bool = True
    may_write: bool = True
    is_member: bool = True
    migrated_to: int | None = None
    numbers: "itertools.count[int] | None" = None

    @property
    def bot_is(self) -> Json:
        """What the bot is there, as Telegram tells it."""
        if not self.is_member:
            return member("kicked", BOT, until_date=0)
        is_channel = self.chat["type"] == "channel"
        if self.chat["type"] == "private" or not (self.may_delete or is_channel):
            if self.may_write:
                return member("member", BOT)
            return member(
                "restricted", BOT, is_member=True, until_date=0, **dict.fromkeys(PERMISSIONS, False)
            )
        rights = dict.fromkeys(RIGHTS, False) | {"can_delete_messages": self.may_delete}
        if is_channel:
            rights |= {"can_post_messages": self.may_write, "can_edit_messages": self.may_write}
        return member("administrator", BOT, can_be_edited=False, is_anonymous=False, **rights)


PERMISSIONS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
]
RIGHTS = [
    "can_manage_chat",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
]


def member(status: str, who: Json, **more: Any) -> Json:
    shown = ("id", "is_bot", "first_name", "last_name", "username")
    return {"status": status, "user": {key: who[key] for key in shown if key in who}} | more


class World:
    """`queue` is what was told and not confirmed yet."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Json]] = []
        self.rooms: dict[int, Room] = {}
        self.started: dict[int, Json] = {}
        self.blocked: set[int] = set()
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[ApiError | str]] = defaultdict(list)
        self.next_act_fails: ApiError | None = None
        self.is_down = False
        self.slow: dict[str, asyncio.Event] = {}
        """Until its event is set, a method's answer is not sent, though it was carried out."""
        self.queue: list[Json] = []
        self.webhook: Json | None = None
        self.bots: set[int] = set()
        """Other bots; those who post are among them."""
        self.presses_open: set[str] = set()
        self.own_posts: set[tuple[int, int]] = set()
        self.shown_answers: list[Json] = []
        self.now: Callable[[], float] = time.time
        self.edit_second: int | None = None
        self.me: Json = dict(BOT)
        self.menus: dict[tuple[str, str], list[Json]] = {}
        self.echoes_own_posts = False
        """Whether what the bot posts in channels comes back to it."""
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

    async def adds_bot(self, room: Room, by: Json) -> None:
        """As a member, or in a channel as one who may post."""
        was, room.is_member = member("left", BOT), True
        await self._changes_bot(room, by, was, room.bot_is)
        if room.chat["type"] != "channel":
            await self.posts(room, by, new_chat_members=[BOT], new_chat_member=BOT, new_chat_participant=BOT)

    async def removes_bot(self, room: Room, by: Json) -> None:
        was, room.is_member = room.bot_is, False
        await self._changes_bot(room, by, was, room.bot_is)

    async def _changes_bot(self, room: Room, by: Json, was: Json, now: Json) -> None:
        change = {"chat": room.chat, "from": by, "date": int(self.now())}
        await self._tell({"my_chat_member": change | {"old_chat_member": was, "new_chat_member": now}})

    async def tells(self, update: Json) -> None:
        """Any update at all."""
        await self._tell(update)

    def _message(self, room: Room, by: Json | None, text: str | None = None, **more: Any) -> Json:
        message: Json = {"message_id": next(room.numbers or self._box), "date": int(self.now())}
        message["chat"] = room.chat
        if by is not None:
            message["from"] = by
            room.members.setdefault(by["id"], "member")
            if by["is_bot"]:
                self.bots.add(by["id"])
        elif room.chat["type"] == "channel":
            message["sender_chat"] = room.chat
        if text is not None:
            message["text"] = text
        for key, entities in (("text", "entities"), ("caption", "caption_entities")):
            written = text if key == "text" else more.get(key)
            if isinstance(written, str) and (command := re.match(r"/\w{1,32}(@\w+)?", written)):
                message[entities] = [{"type": "bot_command", "offset": 0, "length": command.end()}]
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

    def asked(self, method: str) -> list[Json]:
        return [params for name, params in self.calls if name == method]

    async def until(self, holds: Callable[[], Any], seconds: float = 5) -> None:
        """Waits until something holds, which is looked at after each call of the bot."""
        async with asyncio.timeout(seconds), self._called:
            await self._called.wait_for(lambda: bool(holds()))

    async def confirmed(self, seconds: float = 5) -> None:
        """Until the bot has confirmed all that was told."""
        await self.until(lambda: not self.queue, seconds)
