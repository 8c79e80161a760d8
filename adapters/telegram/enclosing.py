"""Files that are posted again: photos as such, all else as documents, together as far as albums reach."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import telegram
from telegram.error import BadRequest

from adapters.telegram.albums import LARGEST
from adapters.telegram.speaking import Speaking
from bot.model import Attachment

_MB = 1024 * 1024
_LARGEST_PHOTO, _LARGEST_TOGETHER = 10 * _MB, 45 * _MB
"""Telegram takes 50 MB at once; a little goes to what stands between the files."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What can be sent at once: each a name and what is in it."""

    are_photos: bool
    files: tuple[tuple[str, bytes], ...]


def batches(attachments: Sequence[Attachment]) -> list[Batch]:
    """In their order. Telegram mixes no photos with documents, and takes nothing that is empty."""
    found: list[Batch] = []
    full = [(one.name, one.content) for one in attachments if one.content]
    for are_photos, files in groupby(full, lambda file: is_photo(file[1])):
        batch = Batch(are_photos, ())
        for file in files:
            if batch.files and not _has_room(batch, file[1]):
                found.append(batch)
                batch = Batch(are_photos, ())
            batch = replace(batch, files=(*batch.files, file))
        found.append(batch)
    return found


def is_photo(content: bytes) -> bool:
    """By what is in it: its name may say anything."""
    is_picture = (
        content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or content[:4] + content[8:12] == b"RIFFWEBP"
    )
    return is_picture and len(content) <= _LARGEST_PHOTO


def _has_room(batch: Batch, content: bytes) -> bool:
    together = sum(len(one) for _, one in batch.files) + len(content)
    return len(batch.files) < LARGEST and together <= _LARGEST_TOGETHER


@dataclass(frozen=True, slots=True)
class Enclosing:
    speaking: Speaking

    async def send_once(self, key: str, chat: int, batch: Batch, topic: int | None) -> None:
        """What was sent under this key before is not sent again. Raises TelegramError."""
        if self.speaking.was_sent(key):
            return
        try:
            await self._send(chat, batch, topic)
        except BadRequest as error:
            if not (batch.are_photos and _is_about_the_photo(error)):
                raise
            await self._send(chat, replace(batch, are_photos=False), topic)
        self.speaking.keep_sent(key)

    async def _send(self, chat: int, batch: Batch, topic: int | None) -> None:
        bot = self.speaking.bot

        async def send(place: int, topic: int | None) -> Sequence[telegram.Message]:
            if len(batch.files) > 1:
                kind = telegram.InputMediaPhoto if batch.are_photos else telegram.InputMediaDocument
                media = [kind(content, filename=name) for name, content in batch.files]
                return await bot.send_media_group(place, media, message_thread_id=topic)
            ((name, content),) = batch.files
            if batch.are_photos:
                return [await bot.send_photo(place, content, filename=name, message_thread_id=topic)]
            return [await bot.send_document(place, content, filename=name, message_thread_id=topic)]

        await self.speaking.post(chat, topic, send)


def _is_about_the_photo(error: BadRequest) -> bool:
    """Whether Telegram can't take a picture as a photo, such as one that is too long and thin."""
    return any(part in error.message.lower() for part in ("photo_", "image_"))
