"""Events as bytes and back, faithfully: lone surrogates, NULs and binary attachments included."""

import base64
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.errors import InputError
from bot.model import (
    Answer,
    Attachment,
    CardChoice,
    ChatRef,
    Choice,
    Deletion,
    Event,
    Gap,
    Joined,
    Message,
    MessageRef,
    Mode,
    ModeChange,
    Person,
    Press,
    Report,
)


def about(event: Event) -> str:
    """Names an event so that the same one always has the same name; holds no content."""
    match event:
        case Message():
            name = [*_ref_data(event.ref), "revision", event.revision]
        case Deletion():
            name = [*_ref_data(event.ref), "deleted"]
        case Answer():
            name = [*_ref_data(event.ref), "answer", event.choice, event.at.isoformat()]
        case Press():
            name = [*_chat_data(event.chat), "press", event.id]
        case Report():
            name = [*_ref_data(event.message.ref), "reported", event.by.id, event.provision]
        case ModeChange():
            name = [*_chat_data(event.chat), "mode", event.id]
        case Joined():
            name = [*_chat_data(event.chat), "joined", event.at.isoformat()]
        case Gap():
            name = [*_chat_data(event.chat), "gap", event.before]
    return json.dumps(name)


def ref_name(ref: MessageRef) -> str:
    """Names a message whatever its revision, so that no other has that name."""
    return json.dumps(_ref_data(ref))


def event_bytes(event: Event) -> bytes:
    return json.dumps(_data(event)).encode("ascii")


def bytes_event(content: bytes) -> Event:
    """The inverse of `event_bytes`. Raises InputError for anything else."""
    try:
        return _event(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("An entry of the inbox is not an event that this version knows.") from error


def with_plain_names(event: Event) -> Event:  # noqa: PLR0911 - one for each kind
    """The event with names and numbers that can be stored and shown; its content stays as it is."""
    match event:
        case Message():
            return replace(event, ref=_plain_ref(event.ref), author=_plain_person(event.author))
        case Deletion():
            return replace(event, ref=_plain_ref(event.ref), by=plain_name(event.by))
        case Answer():
            ref, by = _plain_ref(event.ref), _plain_person(event.by)
            return replace(event, ref=ref, by=by, letter=plain_name(event.letter))
        case Report():
            message = with_plain_names(event.message)
            assert isinstance(message, Message)  # noqa: S101 - a message stays one
            words = plain_name(event.words)
            return replace(event, message=message, by=_plain_person(event.by), words=words)
        case Press() | ModeChange():
            chat, by = _plain_chat(event.chat), _plain_person(event.by)
            return replace(event, id=plain_name(event.id), chat=chat, by=by)
        case Joined():
            added = _plain_person(event.by) if event.by else None
            return replace(event, chat=_plain_chat(event.chat), name=plain_name(event.name), by=added)
        case Gap():
            return replace(event, chat=_plain_chat(event.chat), before=plain_name(event.before))


def plain_name(name: str) -> str:
    """The name with a replacement character for each lone surrogate and control character."""
    return "".join("\ufffd" if unicodedata.category(one) in {"Cc", "Cs"} else one for one in name)


def _plain_person(person: Person) -> Person:
    return Person(plain_name(person.id), plain_name(person.name))


def _plain_ref(ref: MessageRef) -> MessageRef:
    return MessageRef(plain_name(ref.platform), plain_name(ref.chat), plain_name(ref.id))


def _plain_chat(chat: ChatRef) -> ChatRef:
    return ChatRef(plain_name(chat.platform), plain_name(chat.id))


def _ref_data(ref: MessageRef) -> list[Any]:
    return [ref.platform, ref.chat, ref.id]


def _chat_data(chat: ChatRef) -> list[Any]:
    return [chat.platform, chat.id]


def _person_data(person: Person) -> list[Any]:
    return [person.id, person.name]


def _data(event: Event) -> dict[str, Any]:  # noqa: PLR0911 - one for each kind
    match event:
        case Message():
            return {
                "kind": "message",
                "ref": _ref_data(event.ref),
                "author": _person_data(event.author),
                "text": event.text,
                "sent_at": event.sent_at.isoformat() if event.sent_at else None,
                "revision": event.revision,
                "attachments": [_attachment_data(attachment) for attachment in event.attachments],
                "reply_to": event.reply_to,
                "forwarded_from": event.forwarded_from,
                "quoted": event.quoted,
            }
        case Deletion():
            at = event.at.isoformat()
            return {"kind": "deletion", "ref": _ref_data(event.ref), "at": at, "by": event.by}
        case Answer():
            return {
                "kind": "answer",
                "ref": _ref_data(event.ref),
                "at": event.at.isoformat(),
                "by": _person_data(event.by),
                "choice": event.choice,
                "letter": event.letter,
            }
        case Press():
            return {
                "kind": "press",
                "id": event.id,
                "case": event.case,
                "chat": _chat_data(event.chat),
                "at": event.at.isoformat(),
                "by": _person_data(event.by),
                "choice": event.choice,
                "is_member": event.is_member,
            }
        case Report():
            return {
                "kind": "report",
                "message": _data(event.message),
                "at": event.at.isoformat(),
                "by": _person_data(event.by),
                "provision": event.provision,
                "words": event.words,
            }
        case ModeChange():
            return {
                "kind": "mode",
                "id": event.id,
                "chat": _chat_data(event.chat),
                "at": event.at.isoformat(),
                "by": _person_data(event.by),
                "mode": event.mode,
            }
        case Joined():
            return {
                "kind": "joined",
                "chat": _chat_data(event.chat),
                "name": event.name,
                "at": event.at.isoformat(),
                "by": _person_data(event.by) if event.by else None,
            }
        case Gap():
            return {
                "kind": "gap",
                "chat": _chat_data(event.chat),
                "at": event.at.isoformat(),
                "before": event.before,
                "why": event.why,
                "missing": event.missing,
            }


def _event(data: Mapping[str, Any]) -> Event:  # noqa: PLR0911 - one for each kind
    match data["kind"]:
        case "message":
            return _message(data)
        case "deletion":
            return Deletion(MessageRef(*data["ref"]), _time(data), data["by"])
        case "answer":
            ref, by = MessageRef(*data["ref"]), Person(*data["by"])
            return Answer(ref, _time(data), by, Choice(data["choice"]), data["letter"])
        case "press":
            chat, by = ChatRef(*data["chat"]), Person(*data["by"])
            choice = CardChoice(data["choice"])
            return Press(data["id"], data["case"], chat, _time(data), by, choice, data["is_member"])
        case "report":
            by = Person(*data["by"])
            return Report(_message(data["message"]), _time(data), by, data["provision"], data["words"])
        case "mode":
            chat, by = ChatRef(*data["chat"]), Person(*data["by"])
            return ModeChange(data["id"], chat, _time(data), by, Mode(data["mode"]))
        case "joined":
            added = Person(*data["by"]) if data["by"] else None
            return Joined(ChatRef(*data["chat"]), data["name"], _time(data), added)
        case "gap":
            return Gap(ChatRef(*data["chat"]), _time(data), data["before"], data["why"], data["missing"])
        case kind:
            raise ValueError(f"unknown kind {kind!r}")


def _time(data: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(data["at"])


def _message(data: Mapping[str, Any]) -> Message:
    return Message(
        ref=MessageRef(*data["ref"]),
        author=Person(*data["author"]),
        text=data["text"],
        sent_at=datetime.fromisoformat(data["sent_at"]) if data["sent_at"] else None,
        revision=data["revision"],
        attachments=tuple(_attachment(attachment) for attachment in data["attachments"]),
        reply_to=data["reply_to"],
        forwarded_from=data["forwarded_from"],
        quoted=data.get("quoted", ""),
    )


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
