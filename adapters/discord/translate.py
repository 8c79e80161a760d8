"""Between what Discord's library hands over and the product's model. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

import discord

from bot.model import Answer, Attachment, ChatRef, Choice, Deletion, Message, MessageRef, Person
from bot.ports import PlatformRefused

PLATFORM = "discord"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class File:
    """A file with a message, before it was downloaded."""

    name: str
    media_type: str
    size: int
    url: str


def ref(channel: int, message: int) -> MessageRef:
    return MessageRef(PLATFORM, str(channel), str(message))


def chat(channel: int) -> ChatRef:
    return ChatRef(PLATFORM, str(channel))


def snowflake(id_: str) -> int:
    """An id as the library wants it. Raises PlatformRefused for what can't be one."""
    if id_.isascii() and id_.isdigit() and len(id_) <= 20:
        return int(id_)
    raise PlatformRefused(f"{id_!r} is no id on Discord: those are numbers, such as 1234567890123456789.")


def person(user: discord.abc.User) -> Person:
    """By the name that the others in the chat see."""
    return Person(str(user.id), user.display_name)


def message(
    source: discord.Message, attachments: Sequence[Attachment] = (), *, is_update: bool = False
) -> Message:
    """`is_update` says that Discord told of a change, not of a new message."""
    return Message(
        ref=ref(source.channel.id, source.id),
        author=person(source.author),
        text=text(source),
        sent_at=source.created_at,
        revision=revision(source, is_update=is_update),
        attachments=tuple(attachments),
        reply_to=_reply_to(source),
        forwarded_from=_forwarded_from(source),
        quoted=_quoted(source),
    )


def deletion(channel: int, id_: int, at: datetime) -> Deletion:
    """Discord does not tell who deleted a message."""
    return Deletion(ref(channel, id_), at)


def answer(target: MessageRef, user: discord.abc.User, at: datetime, choice: Choice, letter: str) -> Answer:
    return Answer(target, at, person(user), choice, letter)


def revision(source: discord.Message, *, is_update: bool = False) -> int:
    """0 for a message as it was posted, then the time of its last edit in milliseconds.

    The previews of links come later, without being an edit: a person's message has one revision more then.
    """
    edited = source.edited_at
    previewed = bool(source.embeds) and not (source.author.bot or source.webhook_id)
    if edited is None:
        return int(is_update and previewed)
    return (edited - _EPOCH) // _MILLISECOND + int(previewed)


def is_readable(source: discord.Message, *, is_update: bool = False) -> bool:
    """Whether anything was said: not that somebody joined or pinned, and not that a bot is still thinking.

    An update that is neither an edit nor a preview changes nothing that a person said; a bot fills in what it
    was thinking of that way.
    """
    if source.flags.loading or (source.is_system() and not source.content):
        return False
    is_by_a_program = source.author.bot or source.webhook_id is not None
    return not is_update or is_by_a_program or revision(source, is_update=True) > 0


def text(source: discord.Message) -> str:
    """Everything of a message that can be read, in the order in which it is shown."""
    return _joined([_title(source), *_lines(source), *_poll_lines(source.poll)])


def files(source: discord.Message) -> tuple[File, ...]:
    """Its own files and those of what it forwards."""
    own = [*source.attachments]
    for snapshot in source.message_snapshots:
        own += snapshot.attachments
    return tuple(File(_file_name(one), one.content_type or "", one.size, one.url) for one in own)


def file(payload: Mapping[str, Any]) -> File:
    """One that was given with a command."""
    name, title = str(payload.get("filename", "")), str(payload.get("title") or "")
    return File(
        name=f"{title}{PurePosixPath(name).suffix}" if title else name,
        media_type=str(payload.get("content_type") or ""),
        size=int(payload.get("size") or 0),
        url=str(payload.get("url", "")),
    )


def _lines(source: discord.Message) -> Iterator[str]:
    parts: list[discord.Message | discord.MessageSnapshot] = [source, *source.message_snapshots]
    for part in parts:
        yield part.content
        for attachment in part.attachments:
            yield attachment.description or ""
        yield from (sticker.name for sticker in part.stickers)
        for embed in part.embeds:
            yield from _embed_lines(embed)
        yield from _component_lines(part.components)


def _file_name(file: discord.Attachment) -> str:
    """As its author named it: Discord keeps that apart where it takes letters out of a file's name."""
    if not file.title:
        return file.filename
    return f"{file.title}{PurePosixPath(file.filename).suffix}"


def _title(source: discord.Message) -> str:
    """A post in a forum is a thread whose first message has the thread's own id; its name is the title."""
    channel = source.channel
    return channel.name if isinstance(channel, discord.Thread) and channel.id == source.id else ""


def _embed_lines(embed: discord.Embed) -> Iterator[str]:
    yield embed.author.name or ""
    yield embed.title or ""
    yield embed.description or ""
    for field in embed.fields:
        yield field.name or ""
        yield field.value or ""
    yield embed.footer.text or ""


def _component_lines(components: Iterable[object]) -> Iterator[str]:
    """Bots may build a message of components; only what all readers see of it counts."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        elif isinstance(component, discord.Button):
            yield component.label or ""
        elif isinstance(component, discord.SectionComponent):
            yield from _component_lines([*component.children, component.accessory])
        elif isinstance(component, discord.ActionRow | discord.Container):
            yield from _component_lines(component.children)
        elif isinstance(component, discord.MediaGalleryComponent):
            yield from (item.description or "" for item in component.items)


def _poll_lines(poll: discord.Poll | None) -> Iterator[str]:
    if poll is not None:
        yield str(poll.question)
        yield from (answer.text for answer in poll.answers)


def _joined(lines: Iterable[str]) -> str:
    """What stands alone stays as it was posted, white space and all."""
    return "\n".join(line for line in lines if line)


def _reply_to(source: discord.Message) -> str | None:
    reference = source.reference
    is_reply = source.type is discord.MessageType.reply and reference is not None
    return str(reference.message_id) if is_reply and reference and reference.message_id else None


def _quoted(source: discord.Message) -> str:
    """Discord hands the message along that was replied to, while it is there."""
    if source.type is not discord.MessageType.reply or source.reference is None:
        return ""
    answered = source.reference.resolved
    return text(answered) if isinstance(answered, discord.Message) else ""


def _forwarded_from(source: discord.Message) -> str | None:
    """The channel that a forwarded message comes from, by its name where the bot knows it."""
    if source.flags.is_crossposted:
        return source.author.display_name
    reference = source.reference
    if reference is None or reference.type is not discord.MessageReferenceType.forward:
        return None
    here = source.guild
    known = here.get_channel_or_thread(reference.channel_id) if here else None
    return known.name if known else str(reference.channel_id)
