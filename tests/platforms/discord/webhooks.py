"""Webhooks of channels: made by programs, which post by them under any name."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.platforms.discord.basics import MANAGE_WEBHOOKS, PUBLIC_THREAD, Payload
from tests.platforms.discord.forms import (
    INVALID_WEBHOOK_TOKEN,
    MISSING_PERMISSIONS,
    TOO_MANY_WEBHOOKS,
    UNKNOWN_CHANNEL,
    UNKNOWN_WEBHOOK,
    Refused,
    check_message,
    check_webhook_name,
    invalid,
)
from tests.platforms.discord.interactions import Route
from tests.platforms.discord.uploads import body_of, files_of

if TYPE_CHECKING:
    from tests.platforms.discord.rest import Rest

_MOST = 15


class Webhooks:
    def __init__(self, rest: "Rest") -> None:
        self.rest = rest
        self.world = rest.world

    def routes(self) -> Iterator[Route]:
        yield "GET", "/channels/{channel}/webhooks", self.list
        yield "POST", "/channels/{channel}/webhooks", self.create
        yield "POST", "/webhooks/{webhook}/{token}", self.execute

    async def list(self, request: web.Request) -> list[Payload]:
        channel = self._allowed(request)
        return [one for one in self.world.webhooks.values() if one["channel_id"] == channel["id"]]

    async def create(self, request: web.Request) -> Payload:
        channel, body = self._allowed(request), await request.json()
        if channel["type"] == PUBLIC_THREAD:
            raise invalid("channel_id", "CHANNEL_TYPE_INVALID", "Invalid channel type")
        check_webhook_name("name", body["name"])
        if len(await self.list(request)) >= _MOST:
            raise Refused(*TOO_MANY_WEBHOOKS)
        id_ = self.world.flakes.next()
        self.world.webhooks[id_] = {
            "id": id_,
            "type": 1,
            "guild_id": self.world.guild,
            "channel_id": channel["id"],
            "user": self.world.bot.user(),
            "name": body["name"],
            "avatar": None,
            "token": f"webhook-token-{id_}",
            "application_id": self.world.application,
            "url": f"https://discord.com/api/webhooks/{id_}/webhook-token-{id_}",
        }
        return self.world.webhooks[id_]

    async def execute(self, request: web.Request) -> Payload | None:
        webhook, body = self._webhook(request), await body_of(request)
        channel = request.query.get("thread_id", webhook["channel_id"])
        where = self.world.channels.get(channel)
        if where is None or webhook["channel_id"] not in {channel, where.get("parent_id")}:
            raise Refused(*UNKNOWN_CHANNEL)
        name = body.get("username", webhook["name"])
        check_webhook_name("username", name)
        check_message(body)
        message = self.rest.made(channel, body, await files_of(request, self.rest.largest_file))
        message["author"] = {
            **self.world.bot.user(),
            "id": webhook["id"],
            "username": name,
            "discriminator": "0000",
            "global_name": None,
            "avatar": body.get("avatar_url"),
            "bot": True,
        }
        message |= {"webhook_id": webhook["id"], "application_id": webhook.get("application_id")}
        self.world.keep(message)
        self.world.created(message)
        return message if request.query.get("wait") in {"true", "True", "1"} else None

    def _allowed(self, request: web.Request) -> Any:
        return self.rest.reached(request, MANAGE_WEBHOOKS, MISSING_PERMISSIONS)

    def _webhook(self, request: web.Request) -> Payload:
        webhook = self.world.webhooks.get(request.match_info["webhook"])
        if webhook is None:
            raise Refused(*UNKNOWN_WEBHOOK)
        if webhook.get("token") != request.match_info["token"]:
            raise Refused(*INVALID_WEBHOOK_TOKEN)
        return webhook
