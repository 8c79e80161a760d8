"""Messages as JSON lines: `{"id","text","author","chat","sent_at","attachments":[paths],"quoted"}`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.model import Attachment, Message, MessageRef, Person
from detectors.extract import LIMITS

_BYTE_ORDER_MARK = "\ufeff"
_KNOWN = frozenset({"id", "text", "author", "chat", "sent_at", "attachments", "quoted"})


@dataclass(frozen=True, slots=True)
class Line:
    """A message as a line gave it; `id` is None where the line gave none. `extra` is what else it holds."""

    id: str | int | None
    message: Message
    extra: Mapping[str, Any]


def read_line(line: bytes, number: int) -> Line:
    """Reads the line of that number. Raises InputError with the reason, never with the content."""
    return _line(_object(line), number)


def author_of(line: bytes) -> tuple[str, str]:
    """The chat and the author of a line; nobody where it can't be read."""
    try:
        data = _object(line)
        return _text(data, "chat"), _text(data, "author")
    except InputError:
        return "", ""


def _object(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(str(line, "utf-8").removeprefix(_BYTE_ORDER_MARK))
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 (byte {error.start + 1})") from error
    except json.JSONDecodeError as error:
        raise InputError(f"is not JSON: {error.msg} at column {error.colno}") from error
    except ValueError as error:
        raise InputError("is not JSON that can be read: a number in it is too long") from error
    except RecursionError as error:
        raise InputError("is not a message: it is nested too deeply") from error
    if not isinstance(data, dict):
        raise InputError("is not a JSON object")
    return data


def _line(data: Mapping[str, Any], number: int) -> Line:
    if "text" not in data:
        raise InputError("has no text")
    message_id = data.get("id")
    if message_id is not None and (isinstance(message_id, bool) or not isinstance(message_id, str | int)):
        raise InputError("id must be text or a whole number")
    message = Message(
        ref=MessageRef("", _text(data, "chat"), f"line {number}" if message_id is None else str(message_id)),
        author=Person(_text(data, "author")),
        text=_text(data, "text"),
        sent_at=_time(data),
        attachments=_attachments(data),
        quoted=_text(data, "quoted"),
    )
    return Line(message_id, message, {key: value for key, value in data.items() if key not in _KNOWN})


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if isinstance(value, str):
        return value
    if value is None and key != "text":
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and key in {"author", "chat"}:
        return str(value)
    raise InputError(f"{key} must be text")


def _time(data: Mapping[str, Any]) -> datetime | None:
    value = data.get("sent_at")
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise InputError("sent_at must be a time like 2026-01-31T09:30:00Z") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _attachments(data: Mapping[str, Any]) -> tuple[Attachment, ...]:
    value = data.get("attachments")
    if not value:
        return ()
    if not isinstance(value, list) or not all(isinstance(path, str) for path in value):
        raise InputError("attachments must be a list of paths")
    return tuple(_attachment(Path(path)) for path in value)


def _attachment(path: Path) -> Attachment:
    try:
        with path.open("rb") as file:
            # One byte too many is enough to be told as too large.
            return Attachment(path.name, content=file.read(LIMITS.file + 1))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a path"
        return Attachment(path.name, missing=reason.lower())
