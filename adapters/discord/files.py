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
_BROKEN = 500
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 4.0


class _Troubled(Exception):
    """What Discord could not do now it may be able to do in a moment."""


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
        """Tries again, as long as there is time, where the network or Discord is only in trouble."""
        if file.size > self.max_mb * _MEGABYTE:
            return _missing(file, "too large")
        why = f"took over {self.seconds:.0f} seconds"
        pause = _FIRST_PAUSE
        try:
            async with asyncio.timeout(self.seconds):
                while True:
                    try:
                        return await self._fetched(file)
                    except _Troubled as trouble:
                        why = str(trouble)
                    except (aiohttp.ClientError, OSError):
                        why = "the connection failed"
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE)
        except TimeoutError:
            return _missing(file, f"not downloaded ({why})")
        except ValueError:
            return _missing(file, "not downloaded (its address is none)")

    async def _fetched(self, file: File) -> Attachment:
        async with self.session.get(self.address(file.url)) as response:
            if response.status >= _BROKEN:
                raise _Troubled(f"Discord answered {response.status}")
            if response.status != 200:
                return _missing(file, f"not downloaded (Discord answered {response.status})")
            return await self._read(file, response)

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
