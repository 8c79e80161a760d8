"""Downloads files from Discord's content network, up to a limit."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp

from adapters.discord.translate import File
from bot.model import Attachment

_OFFICIAL = ("https://cdn.discordapp.com/", "https://media.discordapp.net/")
_MEGABYTE = 1024 * 1024
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Downloads:
    """What can't be had is told as missing, with the reason; it never holds up a message for long."""

    session: aiohttp.ClientSession
    cdn_base: str
    max_mb: int
    seconds: float

    async def all(self, files: Sequence[File]) -> tuple[Attachment, ...]:
        return tuple(await asyncio.gather(*(self._one(file) for file in files)))

    async def _one(self, file: File) -> Attachment:
        if file.size > self.max_mb * _MEGABYTE:
            return _missing(file, "too large")
        try:
            async with asyncio.timeout(self.seconds), self.session.get(self.address(file.url)) as response:
                if response.status != 200:
                    return _missing(file, f"not downloaded (Discord answered {response.status})")
                return await self._read(file, response)
        except TimeoutError:
            return _missing(file, f"not downloaded (took over {self.seconds:.0f} seconds)")
        except (aiohttp.ClientError, OSError, ValueError):
            return _missing(file, "not downloaded (the connection failed)")

    async def _read(self, file: File, response: aiohttp.ClientResponse) -> Attachment:
        """The announced size is believed only where it is over the limit."""
        content = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            content += chunk
            if len(content) > self.max_mb * _MEGABYTE:
                return _missing(file, "too large")
        return Attachment(file.name, file.media_type, bytes(content))

    def address(self, url: str) -> str:
        """Where to fetch a file: Discord names its own host, which may have to be reached another way."""
        for official in _OFFICIAL:
            if url.startswith(official):
                return f"{self.cdn_base.rstrip('/')}/{url.removeprefix(official)}"
        return url


def _missing(file: File, why: str) -> Attachment:
    return Attachment(file.name, file.media_type, None, why)
