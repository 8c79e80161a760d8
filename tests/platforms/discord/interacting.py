"""What people do with the bot itself: buttons, modals, commands. Each makes an interaction."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.platforms.discord.basics import DM, EVERYTHING_HERE, Payload, Person, Snowflakes

SLASH, MESSAGE_MENU = 1, 3
COMMAND, COMPONENT, MODAL = 2, 3, 5


class Interacting:
    """The part of the world that makes interactions. The record of each holds the bot's response, later."""

    application: str
    guild: str
    flakes: Snowflakes
    channels: dict[str, Payload]
    commands: list[Payload]
    interactions: dict[str, Payload]
    permissions: Callable[[Person, str], int]
    _file: Callable[[str, str, str, bytes], Payload]
    _tell: Callable[[str, Payload, int], None]

    def press(self, person: Person, message: Payload, custom_id: str) -> Payload:
        """Somebody presses a button."""
        data = {"custom_id": custom_id, "component_type": 2, "id": 2}
        return self._interact(person, message["channel_id"], COMPONENT, data, message)

    def submit(self, person: Person, message: Payload, modal: Payload, text: str) -> Payload:
        """Somebody fills in a modal of one field, and sends it."""
        (label,) = modal["components"]
        field_ = {"type": 4, "id": 2, "custom_id": label["component"]["custom_id"], "value": text}
        data = {
            "custom_id": modal["custom_id"],
            "components": [{"type": 18, "id": 1, "component": field_}],
        }
        return self._interact(person, message["channel_id"], MODAL, data, message)

    def give(
        self,
        person: Person,
        channel: str,
        name: str,
        files: Sequence[tuple[str, str, bytes]] = (),
        **options: str,
    ) -> Payload:
        """Somebody gives a slash command that is registered, with options that it has."""
        command = self._registered(SLASH, name)
        kinds = {option["name"]: option["type"] for option in command.get("options", ())}
        given = [{"name": key, "type": kinds[key], "value": value} for key, value in options.items()]
        data: Payload = {"id": command["id"], "name": name, "type": SLASH}
        if files:
            made = [self._file(channel, *file) | {"ephemeral": True} for file in files]
            named = [key for key, kind in kinds.items() if kind == 11]
            given += [
                {"name": key, "type": 11, "value": one["id"]} for key, one in zip(named, made, strict=True)
            ]
            data["resolved"] = {"attachments": {one["id"]: one for one in made}}
        return self._interact(person, channel, COMMAND, data | ({"options": given} if given else {}))

    def choose(self, person: Person, message: Payload, name: str) -> Payload:
        """Somebody takes a command from the menu of a message."""
        command = self._registered(MESSAGE_MENU, name)
        data = {
            "id": command["id"],
            "name": name,
            "type": MESSAGE_MENU,
            "target_id": message["id"],
            "resolved": {"messages": {message["id"]: message}},
        }
        return self._interact(person, message["channel_id"], COMMAND, data)

    def _registered(self, kind: int, name: str) -> Payload:
        return next(one for one in self.commands if (one["type"], one["name"]) == (kind, name))

    def _interact(
        self, person: Person, channel: str, kind: int, data: Payload, message: Payload | None = None
    ) -> Payload:
        where = self.channels[channel]
        id_, token = self.flakes.next(), f"interaction-{self.flakes.next()}"
        told: dict[str, Any] = {
            "id": id_,
            "application_id": self.application,
            "type": kind,
            "data": data,
            "channel": {**where, "permissions": str(self.permissions(person, channel))},
            "channel_id": where["id"],
            "token": token,
            "version": 1,
            "app_permissions": str(EVERYTHING_HERE),
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"0": "0"},
            "context": 1,
            "attachment_size_limit": 10485760,
        }
        if message is not None:
            told["message"] = message
        if where["type"] == DM:
            told["user"] = person.user()
        else:
            told |= {"guild_id": self.guild, "guild_locale": "en-US", "context": 0}
            told["guild"] = {"id": self.guild, "locale": "en-US", "features": []}
            allowed = str(self.permissions(person, channel))
            told["member"] = {"user": person.user(), "permissions": allowed, **person.member()}
        self.interactions[id_] = {
            "token": token,
            "kind": kind,
            "person": person.id,
            "channel": channel,
            "message": message,
            "response": None,
            "shown": None,
            "followups": [],
        }
        self._tell("INTERACTION_CREATE", told, 0)
        return self.interactions[id_]
