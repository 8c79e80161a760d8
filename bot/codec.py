"""Events as bytes and back, faithfully: lone surrogates, NULs and binary attachments included."""

import base64
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.errors import InputError
from bot.model import Answer, Attachment, Choice, Deletion, Event, Message, MessageRef, Person


def about(event: Event) -> str:
    """Names an event so that the same one always has the same name; holds no content."""
    ref = [event.ref.platform, event.ref.chat, event.ref.id]
    match event:
        case Message():
            return json.dumps([*ref, "revision", event.revision])
        case Deletion():
            return json.dumps([*ref, "deleted"])
        case Answer():
            return json.dumps([*ref, "answer", event.choice, event.at.isoformat()])


def event_bytes(event: Event) -> bytes:
    data: dict[str, Any] = {"ref": [event.ref.platform, event.ref.chat, event.ref.id]}
    match event:
        case Message():
            data |= {
                "kind": "message",
                "author": [event.author.id, event.author.name],
                "text": event.text,
                "sent_at": event.sent_at.isoformat() if event.sent_at else None,
                "revision": event.revision,
                "attachments": [_attachment_data(attachment) for attachment in event.attachments],
                "reply_to": event.reply_to,
                "forwarded_from": event.forwarded_from,
                "quoted": event.quoted,
            }
        case Deletion():
            data |= {"kind": "deletion", "at": event.at.isoformat(), "by": event.by}
        case Answer():
            data |= {
                "kind": "answer",
                "at": event.at.isoformat(),
                "by": [event.by.id, event.by.name],
                "choice": event.choice,
                "letter": event.letter,
            }
    return json.dumps(data).encode("ascii")


def bytes_event(content: bytes) -> Event:
    """The inverse of `event_bytes`. Raises InputError for anything else."""
    try:
        return _event(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("An entry of the inbox is not an event that this version knows.") from error


def with_plain_names(event: Event) -> Event:
    """The event with names and numbers that can be stored and shown; its content stays as it is."""
    ref = MessageRef(*(plain_name(part) for part in (event.ref.platform, event.ref.chat, event.ref.id)))
    match event:
        case Message():
            return replace(event, ref=ref, author=_plain_person(event.author))
        case Deletion():
            return replace(event, ref=ref, by=plain_name(event.by))
        case Answer():
            return replace(event, ref=ref, by=_plain_person(event.by), letter=plain_name(event.letter))


def plain_name(name: str) -> str:
    """The name with a replacement character for each lone surrogate and control character."""
    return "".join("\ufffd" if unicodedata.category(one) in {"Cc", "Cs"} else one for one in name)


def _plain_person(person: Person) -> Person:
    return Person(plain_name(person.id), plain_name(person.name))


def _event(data: Mapping[str, Any]) -> Event:
    ref = MessageRef(*data["ref"])
    match data["kind"]:
        case "message":
            return Message(
                ref=ref,
                author=Person(*data["author"]),
                text=data["text"],
                sent_at=datetime.fromisoformat(data["sent_at"]) if data["sent_at"] else None,
                revision=data["revision"],
                attachments=tuple(_attachment(attachment) for attachment in data["attachments"]),
                reply_to=data["reply_to"],
                forwarded_from=data["forwarded_from"],
                quoted=data.get("quoted", ""),
            )
        case "deletion":
            return Deletion(ref, datetime.fromisoformat(data["at"]), data["by"])
        case "answer":
            at, by = datetime.fromisoformat(data["at"]), Person(*data["by"])
            return Answer(ref, at, by, Choice(data["choice"]), data["letter"])
        case kind:
            raise ValueError(f"unknown kind {kind!r}")


def _attachment_data(attachment: Attachment) -> Mapping[str, Any]:
    content = attachment.content
    return {
        "name": attachment.name,
        "media_type": attachment.media_type,
        "content": None if content is None else base64.b64encode(content).decode("ascii"),
        "missing": attachment.missing,
    }


def _attachment(data: Mapping[str, Any]) -> Attachment:
    content = data["content"]
    return Attachment(
        name=data["name"],
        media_type=data["media_type"],
        content=None if content is None else base64.b64decode(content, validate=True),
        missing=data["missing"],
    )
