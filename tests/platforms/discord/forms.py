"""What Discord refuses of a body, and in which words."""

import re
from typing import Any

from tests.platforms.discord.world import Payload

_LINK, _OWN_STYLES = 5, {1, 2, 3, 4}


class Refused(Exception):
    """An error as Discord words it."""

    def __init__(self, status: int, code: int, message: str, **more: Any) -> None:
        self.status = status
        self.body = {"message": message, "code": code, **more}
        super().__init__(message)


UNAUTHORIZED = (401, 0, "401: Unauthorized")
UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
UNKNOWN_USER = (404, 10013, "Unknown User")
UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
MISSING_ACCESS = (403, 50001, "Missing Access")
NOT_YOURS = (403, 50005, "Cannot edit a message authored by another user")
EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
CANNOT_MESSAGE = (403, 50007, "Cannot send messages to this user")
NON_TEXT = (400, 50008, "Cannot send messages in a non-text channel")
MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
INVALID_RECIPIENT = (400, 50033, "Invalid Recipient(s)")
UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
INVALID_WEBHOOK_TOKEN = (401, 50027, "Invalid Webhook Token")
TOO_MANY_WEBHOOKS = (400, 30007, "Maximum number of webhooks reached (15)")
TOO_LARGE = (413, 40005, "Request entity too large")
TOO_MANY_FILES = (400, 50035, "Invalid Form Body")
ARCHIVED = (400, 50083, "Thread is archived")
ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")


def invalid(path: str, code: str, message: str) -> Refused:
    """Something in a body is wrong; Discord says where."""
    errors: Any = {"_errors": [{"code": code, "message": message}]}
    for key in reversed(path.split(".")):
        errors = {key: errors}
    return Refused(400, 50035, "Invalid Form Body", errors=errors)


def check_message(body: Payload) -> None:
    embeds, content = body.get("embeds") or [], body.get("content") or ""
    if not (content or embeds or body.get("attachments") or body.get("sticker_items")):
        raise Refused(*EMPTY_MESSAGE)
    if len(content) > 2000:
        raise invalid("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
    if len(str(body.get("nonce", ""))) > 25:
        raise invalid("nonce", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    if (
        len(embeds) > 10
        or sum(len(one.get("title") or "") + len(one.get("description") or "") for one in embeds) > 6000
    ):
        raise invalid("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
    for number, embed in enumerate(embeds):
        for key, longest in (("title", 256), ("description", 4096)):
            if len(embed.get(key) or "") > longest:
                raise invalid(
                    f"embeds.{number}.{key}", "BASE_TYPE_MAX_LENGTH", f"Must be {longest} or fewer in length."
                )
    check_components(body.get("components") or [])


def check_components(rows: list[Payload]) -> None:
    if len(rows) > 5:
        raise invalid("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    seen: set[str] = set()
    for row in rows:
        if row["type"] != 1 or not 1 <= len(row["components"]) <= 5:
            raise invalid("components.0", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
        for button in row["components"]:
            id_ = button.get("custom_id", "")
            if button["style"] in _OWN_STYLES and not 1 <= len(id_) <= 100:
                raise invalid(
                    "components.0.components.0.custom_id",
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be between 1 and 100 in length.",
                )
            if id_ in seen:
                raise invalid(
                    "components.0",
                    "COMPONENT_CUSTOM_ID_DUPLICATED",
                    "Component custom id cannot be duplicated",
                )
            seen.add(id_)
            if not 1 <= len(button.get("label") or "") <= 80:
                raise invalid(
                    "components.0.components.0.label",
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be between 1 and 80 in length.",
                )
            if button["style"] == _LINK and not re.match(r"(https?|discord)://", button.get("url", "")):
                raise invalid(
                    "components.0.components.0.url", "URL_TYPE_INVALID_URL", "Not a well formed URL."
                )


def check_modal(data: Payload) -> None:
    if not 1 <= len(data.get("title", "")) <= 45:
        raise invalid("data.title", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 45 in length.")
    if not 1 <= len(data.get("custom_id", "")) <= 100:
        raise invalid("data.custom_id", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    if not 1 <= len(data.get("components", [])) <= 5:
        raise invalid("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    for label in data["components"]:
        if (
            label["type"] != 18
            or not 1 <= len(label["label"]) <= 45
            or len(label.get("description") or "") > 100
        ):
            raise invalid("data.components.0", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 45 in length.")
        if label["component"]["type"] != 4:
            raise invalid(
                "data.components.0.component",
                "UNION_TYPE_CHOICES",
                'Value of field "type" must be one of (3, 4, 5, 6, 7, 8).',
            )


_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")


def check_command(number: int, command: Payload) -> None:
    """One of an application's commands."""
    name, kind = str(command.get("name", "")), command.get("type", 1)
    if kind == 1:
        if not _COMMAND_NAME.fullmatch(name) or name != name.lower():
            raise invalid(f"{number}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
        _check_length(f"{number}.description", command.get("description") or "", 100)
    elif kind in {2, 3}:
        _check_length(f"{number}.name", name, 32)
        if command.get("description") or command.get("options"):
            raise invalid(
                f"{number}.description",
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED",
                "Context menu commands cannot have description",
            )
    else:
        raise invalid(f"{number}.type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4}.")
    options = command.get("options") or []
    if len(options) > 25:
        raise invalid(f"{number}.options", "BASE_TYPE_BAD_LENGTH", "Must be 25 or fewer in length.")
    for place, option in enumerate(options):
        where = f"{number}.options.{place}"
        if not _COMMAND_NAME.fullmatch(option["name"]) or option["name"] != option["name"].lower():
            raise invalid(f"{where}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
        _check_length(f"{where}.description", option.get("description") or "", 100)
        if option["type"] not in range(1, 12) or len(option.get("choices") or []) > 25:
            raise invalid(f"{where}.type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5}.")


def check_webhook_name(path: str, name: str) -> None:
    lower = name.lower()
    if not 1 <= len(name) <= 80:
        raise invalid(path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 80 in length.")
    for word in ("clyde", "discord", "```"):
        if word in lower:
            raise invalid(path, "USERNAME_INVALID_CONTAINS", f'Username cannot contain "{word}"')
    if lower in {"everyone", "here"}:
        raise invalid(path, "USERNAME_INVALID", f'Username cannot be "{name}"')


def _check_length(path: str, text: str, longest: int) -> None:
    if not 1 <= len(text) <= longest:
        raise invalid(path, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {longest} in length.")
