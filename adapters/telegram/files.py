"""Fetches the files of messages, up to a limit. What can't be fetched is told, never left out."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import telegram
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from adapters.telegram.contents import FileLink
from adapters.telegram.failures import wait_of
from bot.model import Attachment

TOO_LARGE = "too large"
NOT_DOWNLOADED = "could not be downloaded"
_TRIES = 3
_PAUSE = 0.5
_LONGEST_WAIT = 10.0
_LONGEST_FETCH = 60.0


@dataclass(frozen=True, slots=True)
class Files:
    """`limit` is in bytes."""

    bot: telegram.Bot
    limit: int

    async def fetch(self, links: Sequence[FileLink], limit: int | None = None) -> tuple[Attachment, ...]:
        """`limit` is a lower one."""
        limit = min(self.limit, limit or self.limit)
        return tuple([await self._attachment(link, limit) for link in links])

    async def _attachment(self, link: FileLink, limit: int) -> Attachment:
        missing = link.missing or (TOO_LARGE if (link.size or 0) > limit else "")
        content = None
        if not missing:
            content, missing = await self._content(link, limit)
        return Attachment(link.name, link.media_type, content, missing)

    async def _content(self, link: FileLink, limit: int) -> tuple[bytes | None, str]:
        """The file, or why there is none. A fault that may pass is given a few tries."""
        for pause in (*(_PAUSE * 2**tried for tried in range(_TRIES - 1)), None):
            try:
                async with asyncio.timeout(_LONGEST_FETCH):
                    file = await self.bot.get_file(link.file_id)
                    if (file.file_size or 0) > limit:
                        return None, TOO_LARGE
                    content = bytes(await file.download_as_bytearray())
            except RetryAfter as error:
                if pause is not None:
                    await asyncio.sleep(min(wait_of(error), _LONGEST_WAIT))
            except (BadRequest, Forbidden, InvalidToken) as error:
                return None, TOO_LARGE if "too big" in error.message.lower() else NOT_DOWNLOADED
            except (TelegramError, TimeoutError, OSError, RuntimeError):
                if pause is not None:
                    await asyncio.sleep(pause)
            else:
                return (content, "") if len(content) <= limit else (None, TOO_LARGE)
        return None, NOT_DOWNLOADED
