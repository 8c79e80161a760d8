"""What Telegram sends, as the product's model. Pure."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import telegram

from adapters.telegram.contents import NOT_READ, FileLink, files, is_happening, texts
from adapters.telegram.unread import name
from adapters.telegram.unread import text as written
from bot.model import Attachment, MessageRef, Person
from bot.model import Message as Posted

PLATFORM = "telegram"
_log = logging.getLogger("raazdar.telegram")


@dataclass(frozen=True, slots=True)
class Post:
    """A message as Telegram told of it, before its files are fetched. `group` names its album."""

    chat: int
    id: int
    author: Person
    text: str
    sent_at: datetime | None = None
    edited_at: datetime | None = None
    reply_to: int | None = None
    quoted: str = ""
    forwarded_from: str | None = None
    files: tuple[FileLink, ...] = ()
    group: str | None = None


def ref(chat: str, id_: str) -> MessageRef:
    return MessageRef(PLATFORM, chat, id_)


def message(
    post: Post, target: MessageRef, revision: int, attachments: Sequence[Attachment], reply_to: str | None
) -> Posted:
    return Posted(
        ref=target,
        author=post.author,
        text=post.text,
        sent_at=post.sent_at,
        revision=revision,
        attachments=tuple(attachments),
        reply_to=reply_to,
        forwarded_from=post.forwarded_from,
        quoted=post.quoted,
    )


def revision(edited_at: datetime | None, update_id: int) -> int:
    """0 for what was posted; for an edit its time, told apart within a second by the update's number."""
    return 0 if edited_at is None else int(edited_at.timestamp()) * 1000 + update_id % 1000


def post(told: telegram.Message) -> Post | None:
    """None for what people did not write: joins, pins, calls and the like."""
    if is_happening(told):
        return None
    text = "\n".join(filter(None, texts(told)))
    links = tuple(files(told))
    if not text and not links and told.effective_attachment is None and told.api_kwargs:
        text, links = written(told.api_kwargs), (FileLink("", "message", missing=NOT_READ),)
    replied_to = answered(told)
    return Post(
        chat=told.chat.id,
        id=told.message_id,
        author=author(told),
        text=text,
        sent_at=told.date,
        edited_at=told.edit_date,
        reply_to=replied_to.message_id if replied_to else None,
        quoted=_quoted(told, replied_to),
        forwarded_from=origin_name(told.forward_origin) if told.forward_origin else None,
        files=links,
        group=told.media_group_id,
    )


def whole_post(told: telegram.Message) -> Post | None:
    """The same; one message that can't be translated must not hold up those after it."""
    try:
        return post(told)
    except Exception as error:  # noqa: BLE001
        _log.error("a message could not be translated (%s); it is told as undecided", type(error).__name__)
        kind = "edited_message" if told.edit_date else "message"
        return unread({kind: told.to_dict()})


def answered(told: telegram.Message) -> telegram.Message | None:
    """What it replies to. In a topic, what answers nothing is said to answer the topic's first message."""
    replied_to = told.reply_to_message
    return None if replied_to is None or replied_to.forum_topic_created else replied_to


def topic(told: telegram.Message) -> int | None:
    return told.message_thread_id if told.is_topic_message else None


def unread(raw: Mapping[str, Any]) -> Post | None:
    """The message of an update that the library can't read, with all its words: more is not known."""
    for kind in ("message", "channel_post", "edited_message", "edited_channel_post"):
        told = raw.get(kind)
        if isinstance(told, dict) and isinstance(told.get("chat"), dict):
            chat, id_ = told["chat"].get("id"), told.get("message_id")
            if isinstance(chat, int) and isinstance(id_, int) and told["chat"].get("type") != "private":
                sender = told.get("sender_chat") or told.get("from") or {}
                sender = sender if isinstance(sender, dict) else {}
                answered, group = told.get("reply_to_message"), told.get("media_group_id")
                edited = told.get("edit_date") if kind.startswith("edited") else None
                return Post(
                    chat,
                    id_,
                    Person(str(sender.get("id", chat)), name(sender)),
                    written(told),
                    edited_at=datetime.fromtimestamp(edited, UTC) if isinstance(edited, int) else None,
                    quoted=written(answered) if isinstance(answered, dict) else "",
                    files=(FileLink("", "message", missing=NOT_READ),),
                    group=group if isinstance(group, str) else None,
                )
    return None


def author(told: telegram.Message) -> Person:
    """Who posted it. Who speaks for a chat, such as a channel or an anonymous admin, is that chat."""
    if told.from_user is not None and told.sender_chat is None:
        return person(told.from_user)
    speaker = told.sender_chat or told.chat
    name = chat_name(speaker)
    return Person(str(speaker.id), f"{name} ({told.author_signature})" if told.author_signature else name)


def person(user: telegram.User) -> Person:
    return Person(str(user.id), user.full_name)


def chat_name(chat: telegram.Chat) -> str:
    return chat.title or chat.full_name or chat.username or str(chat.id)


def origin_name(origin: telegram.MessageOrigin) -> str:
    match origin:
        case telegram.MessageOriginUser():
            return origin.sender_user.full_name
        case telegram.MessageOriginHiddenUser():
            return origin.sender_user_name
        case telegram.MessageOriginChat():
            return chat_name(origin.sender_chat)
        case telegram.MessageOriginChannel():
            return chat_name(origin.chat)
        case _:
            return "unknown"


def _quoted(told: telegram.Message, answered: telegram.Message | None) -> str:
    """The text that it answers: the whole message where Telegram brings it along, and what was picked."""
    whole = "\n".join(filter(None, texts(answered))) if answered else ""
    picked = told.quote.text if told.quote else ""
    return whole if picked in whole else "\n".join(filter(None, (whole, picked)))
