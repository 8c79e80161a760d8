"""The application and its commands, and what a server says of itself."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aiohttp import web

from tests.platforms.discord.basics import Payload
from tests.platforms.discord.forms import (
    MISSING_ACCESS,
    UNKNOWN_GUILD,
    UNKNOWN_MEMBER,
    Refused,
    check_command,
    invalid,
)
from tests.platforms.discord.interactions import Route

if TYPE_CHECKING:
    from tests.platforms.discord.rest import Rest

_MOST_COMMANDS = {1: 100, 2: 5, 3: 5}


class Applications:
    def __init__(self, rest: "Rest") -> None:
        self.world = rest.world

    def routes(self) -> Iterator[Route]:
        yield "GET", "/oauth2/applications/@me", self.application
        yield "GET", "/applications/@me", self.application
        yield "GET", f"/applications/{self.world.application}/commands", self.commands
        yield "PUT", f"/applications/{self.world.application}/commands", self.overwrite
        yield "GET", "/guilds/{guild}", self.guild
        yield "GET", "/guilds/{guild}/members/{user}", self.member

    async def application(self, _: web.Request) -> Payload:
        return {
            "id": self.world.application,
            "name": "Raazdar",
            "icon": None,
            "description": "",
            "summary": "",
            "type": None,
            "bot": self.world.bot.user(),
            "bot_public": False,
            "bot_require_code_grant": False,
            "verify_key": "00" * 32,
            "flags": 1 << 19 if self.world.privileged else 0,
            "hook": True,
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": self.world.bot.user(),
            "team": None,
        }

    async def commands(self, _: web.Request) -> list[Payload]:
        return self.world.commands

    async def overwrite(self, request: web.Request) -> list[Payload]:
        """Takes the place of all the commands that were there."""
        body = await request.json()
        names = [(one.get("type", 1), one["name"]) for one in body]
        if len(set(names)) < len(names):
            raise invalid(
                "0", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        for number, command in enumerate(body):
            check_command(number, command)
        for kind, most in _MOST_COMMANDS.items():
            if sum(one == kind for one, _ in names) > most:
                raise Refused(400, 30032, f"Maximum number of application commands reached ({most}).")
        self.world.commands[:] = [self._kept(one) for one in body]
        return self.world.commands

    def _kept(self, command: Payload) -> Payload:
        """As Discord tells of it: with what it filled in, and without what is the default."""
        options = [
            {key: value for key, value in option.items() if key != "required" or value}
            for option in command.get("options") or ()
        ]
        return {
            "id": self.world.flakes.next(),
            "application_id": self.world.application,
            "version": self.world.flakes.next(),
            "default_member_permissions": command.get("default_member_permissions"),
            "type": command.get("type", 1),
            "name": command["name"],
            "name_localizations": None,
            "description": command.get("description", ""),
            "description_localizations": None,
            "dm_permission": True,
            "contexts": command.get("contexts"),
            "integration_types": command.get("integration_types", [0]),
            "nsfw": command.get("nsfw", False),
            **({"options": options} if options else {}),
        }

    async def guild(self, request: web.Request) -> Payload:
        self._inside(request)
        left_out = {
            "joined_at",
            "large",
            "unavailable",
            "member_count",
            "members",
            "channels",
            "threads",
            "presences",
            "voice_states",
            "stage_instances",
            "guild_scheduled_events",
        }
        return {key: value for key, value in self.world.guild_payload().items() if key not in left_out}

    async def member(self, request: web.Request) -> Payload:
        self._inside(request)
        person = self.world.people.get(request.match_info["user"])
        if person is None or person.id in self.world.gone:
            raise Refused(*UNKNOWN_MEMBER)
        return (
            self.world.bot_member()
            if person is self.world.bot
            else {"user": person.user(), **person.member()}
        )

    def _inside(self, request: web.Request) -> None:
        if request.match_info["guild"] != self.world.guild:
            raise Refused(*UNKNOWN_GUILD)
        if not self.world.is_in:
            raise Refused(*MISSING_ACCESS)
