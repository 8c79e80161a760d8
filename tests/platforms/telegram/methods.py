"""The methods of the Bot API that the adapter may call."""

import asyncio
import re
import secrets

from tests.platforms.telegram.content import read_content, read_markup
from tests.platforms.telegram.world import (
    BOT,
    HOURS_48,
    LARGEST_DOWNLOAD,
    PERMISSIONS,
    RIGHTS,
    ApiError,
    Json,
    Room,
    World,
    bad,
    member,
    user,
)

_OF_STATUS: dict[str, Json] = {
    "creator": {"is_anonymous": False},
    "administrator": {"can_be_edited": False, "is_anonymous": False, "can_delete_messages": True}
    | dict.fromkeys(RIGHTS, False),
    "kicked": {"until_date": 0},
    "restricted": {"until_date": 0, "is_member": True} | dict.fromkeys(PERMISSIONS, True),
}


class Methods(World):
    async def _do_getme(self, _: Json) -> Json:
        return self.me

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

    def _room(self, params: Json) -> Room:
        try:
            room = self.rooms.get(int(params["chat_id"]))
        except (KeyError, ValueError):
            raise bad("chat_id is empty") from None
        if room is None:
            if int(params["chat_id"]) in self.bots:
                raise ApiError(403, "Forbidden: bots can't send messages to bots")
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

    async def _do_getchatmember(self, params: Json) -> Json:
        room = self._room(params)
        try:
            id_ = int(params["user_id"])
        except (KeyError, ValueError):
            raise bad("invalid user_id specified") from None
        if id_ == self.me["id"]:
            return room.bot_is
        if id_ not in room.members:
            raise bad("PARTICIPANT_ID_INVALID")
        return member(room.members[id_], user(id_, "Somebody")) | _OF_STATUS.get(room.members[id_], {})

    async def _do_getmycommands(self, params: Json) -> list[Json]:
        return self.menus.get(self._menu(params), [])

    async def _do_setmycommands(self, params: Json) -> bool:
        commands = params.get("commands", [])
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(command.get("description", "")) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.menus[self._menu(params)] = commands
        return True

    def _menu(self, params: Json) -> tuple[str, str]:
        scope, language = params.get("scope") or {"type": "default"}, params.get("language_code", "")
        if not re.fullmatch(r"([a-z]{2})?", language):
            raise bad("LANG_CODE_INVALID")
        if scope["type"] == "chat":
            self._room(scope)
        elif scope["type"] not in {"default", "all_private_chats", "all_group_chats"}:
            raise bad("can't parse BotCommandScope: Unsupported type specified")
        return f"{scope['type']} {scope.get('chat_id', '')}".strip(), language

    async def _do_getwebhookinfo(self, _: Json) -> Json:
        url = self.webhook["url"] if self.webhook else ""
        return {"url": url, "has_custom_certificate": False, "pending_update_count": len(self.queue)}

    async def _do_sendmessage(self, params: Json) -> Json:
        room = self._room(params)
        if not room.may_write:
            raise bad("not enough rights to send text messages to the chat")
        return await self._says(
            room, self._context(room, params) | read_content(params) | read_markup(params)
        )

    async def _do_senddocument(self, params: Json) -> Json:
        return await self._sends(params, {"document": self._uploaded(params, params.get("document"))})

    async def _do_sendphoto(self, params: Json) -> Json:
        return await self._sends(params, {"photo": self._uploaded_photo(params, params.get("photo"))})

    async def _do_sendmediagroup(self, params: Json) -> list[Json]:
        media = params["media"]
        if not 2 <= len(media) <= 10:
            raise bad("wrong number of messages to send an album")
        if len({one["type"] == "document" for one in media}) > 1:
            raise bad("document can't be mixed with other media types")
        group = str(secrets.randbits(50))
        read = {"document": self._uploaded, "photo": self._uploaded_photo}
        parts = [{one["type"]: read[one["type"]](params, one["media"])} for one in media]
        return [await self._sends(params, part | {"media_group_id": group}) for part in parts]

    async def _sends(self, params: Json, file: Json) -> Json:
        room = self._room(params)
        if not room.may_write:
            raise bad("not enough rights to send documents to the chat")
        return await self._says(room, self._context(room, params) | file)

    def _uploaded(self, params: Json, file: object) -> Json:
        if isinstance(file, str):
            file = params.get(file.removeprefix("attach://"))
        if not isinstance(file, tuple):
            raise bad("wrong remote file identifier specified: Wrong string length")
        name, content = file
        if not content:
            raise bad("file must be non-empty")
        return self.document(name, content, "application/octet-stream")

    def _uploaded_photo(self, params: Json, file: object) -> list[Json]:
        content = self.files[self._uploaded(params, file)["file_id"]]
        if not content.startswith((b"\xff\xd8\xff", b"\x89PNG")):
            raise bad("IMAGE_PROCESS_FAILED")
        if b"long and thin" in content:
            raise bad("PHOTO_INVALID_DIMENSIONS")
        return self.photo(content)

    def _context(self, room: Room, params: Json) -> Json:
        """The topic that is written in, and the message that is answered."""
        more: Json = {}
        if topic := int(params.get("message_thread_id", 0)):
            if "forum_topic_created" not in room.messages.get(topic, {}):
                raise bad("message thread not found")
            if topic in room.closed_topics:
                raise bad("TOPIC_CLOSED")
            more |= {"message_thread_id": topic, "is_topic_message": True}
        if reply := params.get("reply_parameters"):
            answered = room.messages.get(int(reply["message_id"]))
            if answered:
                more["reply_to"] = answered
                if "message_thread_id" in answered:
                    more["message_thread_id"] = answered["message_thread_id"]
            elif not reply.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
        return more

    async def _says(self, room: Room, more: Json) -> Json:
        if room.chat["type"] != "channel":
            speaker = {"id": BOT["id"], "is_bot": True, "first_name": "Raazdar", "username": "raazdar_bot"}
            return self._message(room, speaker, **more)
        sent = self._message(room, None, **more)
        self.own_posts.add((room.chat["id"], sent["message_id"]))
        if self.echoes_own_posts:
            await self.tells({"channel_post": sent})
        return sent

    def _is_own(self, message: Json) -> bool:
        is_post = (message["chat"]["id"], message["message_id"]) in self.own_posts
        return is_post or message.get("from", {}).get("id") == BOT["id"]

    def _own(self, params: Json, verb: str) -> tuple[Room, Json]:
        room = self._room(params)
        message = room.messages.get(int(params["message_id"]))
        if message is None:
            raise bad(f"message to {verb} not found")
        return room, message

    async def _do_editmessagetext(self, params: Json) -> Json:
        room, message = self._own(params, "edit")
        if not self._is_own(message):
            raise bad("message can't be edited")
        bare = {
            k: v for k, v in message.items() if k not in {"text", "entities", "reply_markup", "edit_date"}
        }
        edited = bare | read_content(params) | read_markup(params)
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
        if not (self._is_own(message) or room.may_delete) or self.now() - message["date"] > HOURS_48:
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

    async def _do_sendchataction(self, params: Json) -> bool:
        self._room(params)
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
