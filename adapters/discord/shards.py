"""How many connections to Discord there are, and in which order they are made."""

import asyncio
from collections.abc import Sequence

import discord
import yarl

from adapters.discord import Settings
from adapters.discord.refusals import translated
from adapters.discord.together import first_of
from bot.ports import PlatformUnavailable

_BETWEEN = 5.0
"""Seconds that Discord wants between two connections that introduce themselves."""


async def find(settings: Settings) -> int:
    """The number of shards. The library is told where the gateway is."""
    count, url = settings.shards or 1, settings.gateway_url
    if not url:
        async with discord.Client(intents=discord.Intents.none()) as asking:
            with translated("log in"):
                await asking.login(settings.token)
                recommended, url, _ = await asking.http.get_bot_gateway()
        count = settings.shards or recommended
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
    return count


async def connected(listeners: Sequence[discord.Client]) -> None:
    """Stays connected, through dropped sockets and outages. Never returns; ends as the first one does."""
    await first_of(*(_connected(listener, place * _BETWEEN) for place, listener in enumerate(listeners)))


async def _connected(listener: discord.Client, after: float) -> None:
    await asyncio.sleep(after)
    with translated("stay connected"):
        try:
            await listener.connect(reconnect=True)
        except AttributeError:
            # The library stumbles over a first connection that fails: it looks for the one before.
            if getattr(listener, "ws", None) is not None:
                raise
    raise PlatformUnavailable("The connection to Discord has ended.")
