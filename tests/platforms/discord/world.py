"""What is on Discord: one server with its people, channels and messages, as full payloads.

Nothing here knows of Raazdar. Whatever happens is told to `listeners`, which is what the gateway is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.platforms.discord.basics import ANNOUNCEMENT as ANNOUNCEMENT
from tests.platforms.discord.basics import DIRECT_MESSAGES as DIRECT_MESSAGES
from tests.platforms.discord.basics import DM as DM
from tests.platforms.discord.basics import EMBED_LINKS as EMBED_LINKS
from tests.platforms.discord.basics import EVERYBODY_HERE as EVERYBODY_HERE
from tests.platforms.discord.basics import EVERYTHING_HERE as EVERYTHING_HERE
from tests.platforms.discord.basics import FORUM as FORUM
from tests.platforms.discord.basics import GUILD_MESSAGES as GUILD_MESSAGES
from tests.platforms.discord.basics import GUILDS as GUILDS
from tests.platforms.discord.basics import MANAGE_MESSAGES as MANAGE_MESSAGES
from tests.platforms.discord.basics import MANAGE_WEBHOOKS as MANAGE_WEBHOOKS
from tests.platforms.discord.basics import MESSAGE_CONTENT as MESSAGE_CONTENT
from tests.platforms.discord.basics import PUBLIC_THREAD as PUBLIC_THREAD
from tests.platforms.discord.basics import READ_MESSAGE_HISTORY as READ_MESSAGE_HISTORY
from tests.platforms.discord.basics import SEND_IN_THREADS as SEND_IN_THREADS
from tests.platforms.discord.basics import SEND_MESSAGES as SEND_MESSAGES
from tests.platforms.discord.basics import TEXT as TEXT
from tests.platforms.discord.basics import VIEW_CHANNEL as VIEW_CHANNEL
from tests.platforms.discord.basics import VOICE as VOICE
from tests.platforms.discord.basics import Listener as Listener
from tests.platforms.discord.basics import Payload as Payload
from tests.platforms.discord.basics import Person as Person
from tests.platforms.discord.basics import Snowflakes as Snowflakes
from tests.platforms.discord.basics import stamp as stamp
from tests.platforms.discord.housing import Housing
from tests.platforms.discord.interacting import Interacting


@dataclass
class World(Housing, Interacting):
    """`base` is the server's address, known once it listens."""

    token: str = "a-token-of-three.parts.each"
    privileged: int = MESSAGE_CONTENT
    base: str = ""
    flakes: Snowflakes = field(default_factory=Snowflakes)
    listeners: list[Listener] = field(default_factory=list)
    channels: dict[str, Payload] = field(default_factory=dict)
    messages: dict[str, dict[str, Payload]] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    webhooks: dict[str, Payload] = field(default_factory=dict)
    commands: list[Payload] = field(default_factory=list)
    rooms: dict[str, set[str]] = field(default_factory=dict)
    is_in: bool = True
    gone: set[str] = field(default_factory=set)
    joined_at: str = "2025-01-01T09:00:00.000000+00:00"
    system_channel: str | None = None
    contents: dict[str, bytes] = field(default_factory=dict)
    interactions: dict[str, Payload] = field(default_factory=dict)
    overwrites: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.application = self.flakes.next()
        self.bot = self.person("raazdar", "Raazdar", bot=True)
        self.guild = self.flakes.next()
        self.role = self.flakes.next()
        self.general = self.channel("general")

    def person(self, username: str, name: str, *, nick: str | None = None, bot: bool = False) -> Person:
        made = Person(self.flakes.next(), username, name, nick, bot)
        self.people[made.id] = made
        return made

    # Channels

    def channel(self, name: str, kind: int = TEXT) -> str:
        id_ = self.flakes.next()
        self.channels[id_] = {
            "id": id_,
            "type": kind,
            "guild_id": getattr(self, "guild", "0"),
            "name": name,
            "position": len(self.channels),
            "permission_overwrites": [],
            "nsfw": False,
            "topic": None,
            "parent_id": None,
            "rate_limit_per_user": 0,
            "last_message_id": None,
            "last_pin_timestamp": None,
            "flags": 0,
            **({"bitrate": 64000, "user_limit": 0, "rtc_region": None} if kind == VOICE else {}),
            **({"available_tags": [], "default_reaction_emoji": None} if kind == FORUM else {}),
        }
        self.messages[id_] = {}
        if self.listeners:
            self._tell("CHANNEL_CREATE", dict(self.channels[id_]), GUILDS)
        return id_

    def thread(self, parent: str, name: str, owner: Person, *, id_: str | None = None) -> str:
        """A public thread, of which the bot is told like everybody who sees the channel."""
        id_ = id_ or self.flakes.next()
        now = stamp()
        self.channels[id_] = {
            "id": id_,
            "type": PUBLIC_THREAD,
            "guild_id": self.guild,
            "parent_id": parent,
            "owner_id": owner.id,
            "name": name,
            "last_message_id": None,
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "rate_limit_per_user": 0,
            "flags": 0,
            "thread_metadata": {
                "archived": False,
                "archive_timestamp": now,
                "auto_archive_duration": 4320,
                "locked": False,
                "create_timestamp": now,
            },
        }
        self.messages[id_] = {}
        self._tell("THREAD_CREATE", {**self.channels[id_], "newly_created": True}, GUILDS)
        return id_

    def archive(self, thread: str) -> None:
        self.channels[thread]["thread_metadata"] |= {"archived": True, "archive_timestamp": stamp()}
        self._tell("THREAD_UPDATE", dict(self.channels[thread]), GUILDS)

    def drop_thread(self, thread: str) -> None:
        """Discord tells of the thread, and not of the messages in it."""
        gone = self.channels.pop(thread)
        self.messages.pop(thread)
        data = {key: gone[key] for key in ("id", "guild_id", "parent_id", "type")}
        self._tell("THREAD_DELETE", data, GUILDS)

    def dm(self, person: Person) -> str:
        """The direct channel with the bot, made the first time."""
        for id_, channel in self.channels.items():
            if channel["type"] == DM and channel["recipients"][0]["id"] == person.id:
                return id_
        id_ = self.flakes.next()
        self.channels[id_] = {
            "id": id_,
            "type": DM,
            "last_message_id": None,
            "flags": 0,
            "recipients": [person.user()],
        }
        self.messages[id_] = {}
        return id_

    def forbid(self, channel: str, permissions: int) -> None:
        """Takes permissions from the bot in one channel."""
        self.overwrites[channel] = permissions
        self._tell_overwrites(channel)

    def shut(self, channel: str, *people: Person) -> None:
        """From now on only these people, and the bot, see a channel."""
        self.rooms[channel] = {one.id for one in people}
        self._tell_overwrites(channel)

    def allows(self, channel: str, permission: int) -> bool:
        """Whether the bot may do something in a channel; a thread has its channel's permissions."""
        return bool(self.permissions(self.bot, channel) & permission)

    def permissions(self, person: Person, channel: str) -> int:
        """What somebody may do in a channel."""
        where = self.channels[channel]
        if where["type"] == DM:
            return EVERYTHING_HERE
        if where["type"] == PUBLIC_THREAD:
            return self.permissions(person, where["parent_id"])
        if person is self.bot:
            return EVERYTHING_HERE & ~self.overwrites.get(channel, 0)
        is_inside = channel not in self.rooms or person.id in self.rooms[channel]
        return EVERYBODY_HERE if is_inside and person.id not in self.gone else 0

    def _tell_overwrites(self, channel: str) -> None:
        denied = self.overwrites.get(channel, 0)
        allowed = VIEW_CHANNEL & ~denied if channel in self.rooms else 0
        drawn = [{"id": self.bot.id, "type": 1, "allow": str(allowed), "deny": str(denied)}]
        if channel in self.rooms:
            drawn.append({"id": self.guild, "type": 0, "allow": "0", "deny": str(VIEW_CHANNEL)})
            for one in sorted(self.rooms[channel]):
                drawn.append({"id": one, "type": 1, "allow": str(VIEW_CHANNEL), "deny": "0"})
        self.channels[channel]["permission_overwrites"] = drawn
        self._tell("CHANNEL_UPDATE", dict(self.channels[channel]), GUILDS)

    # What people do

    def post(
        self,
        author: Person,
        channel: str,
        content: str = "",
        *,
        files: Sequence[tuple[str, str, bytes]] = (),
        reply_to: Payload | None = None,
        forward: Payload | None = None,
        webhook: str | None = None,
        **more: Any,
    ) -> Payload:
        """Somebody writes. `files` are name, media type and content; `webhook` is the name it goes by."""
        message = self.message(author.user(), channel, content, **more)
        message["attachments"] = [self._file(channel, *file) for file in files]
        if webhook:
            id_ = self.flakes.next()
            self.webhooks[id_] = {"id": id_, "channel_id": channel, "name": webhook}
            message |= {"webhook_id": id_, "author": {**author.user(), "id": id_, "username": webhook}}
            message["author"] |= {"bot": True, "global_name": None}
        if reply_to:
            message |= {"type": 19, "message_reference": self._reference(reply_to, 0)}
            message["referenced_message"] = self.messages[reply_to["channel_id"]].get(reply_to["id"])
        if forward:
            kept = ("type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags")
            snapshot = {key: forward[key] for key in kept} | {"mentions": [], "components": []}
            message |= {"message_reference": self._reference(forward, 1), "flags": 1 << 14}
            message["message_snapshots"] = [{"message": snapshot}]
        self.keep(message)
        self.created(message)
        return message

    def edit(self, message: Payload, content: str, at: datetime | None = None) -> None:
        self.change(message, content=content, edited_timestamp=stamp(at))

    def unfurl(self, message: Payload, **embed: Any) -> None:
        """Discord has fetched the preview of a link: a change that is no edit."""
        self.change(message, embeds=[{"type": "article", **embed}])

    def change(self, message: Payload, **what: Any) -> None:
        """An update is complete, as a new message is."""
        message |= what
        self._tell("MESSAGE_UPDATE", self._told(message), self._message_intent(message))

    def delete(self, message: Payload) -> None:
        self.messages[message["channel_id"]].pop(message["id"])
        data = {"id": message["id"], "channel_id": message["channel_id"]}
        if self.channels[message["channel_id"]]["type"] != DM:
            data["guild_id"] = self.guild
        self._tell("MESSAGE_DELETE", data, self._message_intent(message))

    def delete_many(self, messages: Sequence[Payload]) -> None:
        channel = messages[0]["channel_id"]
        for message in messages:
            self.messages[channel].pop(message["id"])
        ids = [message["id"] for message in messages]
        self._tell(
            "MESSAGE_DELETE_BULK", {"ids": ids, "channel_id": channel, "guild_id": self.guild}, GUILD_MESSAGES
        )

    # What they leave behind

    def message(self, author: Payload, channel: str, content: str, **more: Any) -> Payload:
        return {
            "id": self.flakes.next(),
            "type": 0,
            "channel_id": channel,
            "author": author,
            "content": content,
            "timestamp": stamp(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": [],
            "pinned": False,
            "flags": 0,
            **more,
        }

    def keep(self, message: Payload) -> None:
        self.messages[message["channel_id"]][message["id"]] = message
        self.channels[message["channel_id"]]["last_message_id"] = message["id"]

    def created(self, message: Payload) -> None:
        self._tell("MESSAGE_CREATE", self._told(message), self._message_intent(message))

    def sent_to(self, channel: str) -> list[Payload]:
        """What the bot wrote there, and what of it is still there."""
        return [one for one in self.messages[channel].values() if one["author"]["id"] == self.bot.id]

    def _file(self, channel: str, name: str, media_type: str, content: bytes) -> Payload:
        id_ = self.flakes.next()
        path = f"/attachments/{channel}/{id_}/{name}"
        self.contents[path] = content
        url = f"{self.base}/cdn{path}?ex=65d903de&is=65c68ede&hm=2481f30d"
        return {
            "id": id_,
            "filename": name,
            "size": len(content),
            "url": url,
            "proxy_url": url,
            "content_type": media_type,
            "content_scan_version": 0,
            "flags": 0,
        }

    def _reference(self, message: Payload, kind: int) -> Payload:
        return {
            "type": kind,
            "channel_id": message["channel_id"],
            "message_id": message["id"],
            "guild_id": self.guild,
        }

    def _told(self, message: Payload) -> Payload:
        """A message as the gateway tells it: with the server, and the author as its member."""
        told = dict(message)
        if self.channels[message["channel_id"]]["type"] != DM:
            told["guild_id"] = self.guild
            author = self.people.get(message["author"]["id"])
            if author and "webhook_id" not in message:
                told["member"] = author.member()
        return told

    def _message_intent(self, message: Payload) -> int:
        is_dm = self.channels[message["channel_id"]]["type"] == DM
        return DIRECT_MESSAGES if is_dm else GUILD_MESSAGES

    def _tell(self, event: str, data: Payload, intent: int) -> None:
        channel = data.get("channel_id")
        if intent == GUILD_MESSAGES and not self.allows(channel or "", VIEW_CHANNEL):
            return
        for listener in list(self.listeners):
            listener(event, data, intent)
