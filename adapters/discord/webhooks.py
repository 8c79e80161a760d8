"""The bot's own webhooks, one a channel: by them it posts in other people's names."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from adapters.discord.memory import Memory

_NAME = "Raazdar"


class Webhooks:
    """Kept while the bot runs; their tokens are never written down, only which webhooks are its own."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._known: dict[int, discord.Webhook] = {}

    def around(self, client: discord.Client, channel: int) -> int:
        """The channel whose webhook serves: a thread has none of its own."""
        there = client.get_channel(channel)
        if isinstance(there, discord.Thread):
            return there.parent_id
        return self._memory.parent(channel) or channel

    async def of(self, client: discord.Client, channel: int) -> discord.Webhook | None:
        """The webhook for a channel, made where there is none yet; None where the bot may not have one."""
        around = self.around(client, channel)
        if around not in self._known:
            found = await self._found(client, around)
            if found is None:
                return None
            self._memory.own_webhook(found.id, around)
            self._known[around] = found
        return self._known[around]

    def forget(self, client: discord.Client, channel: int) -> None:
        """Somebody deleted a webhook."""
        self._known.pop(self.around(client, channel), None)

    async def _found(self, client: discord.Client, channel: int) -> discord.Webhook | None:
        """The bot's own among those that are there, or a new one."""
        try:
            for one in await _there(client, channel):
                if _is_own(client, one) and one.get("token"):
                    return discord.Webhook.partial(int(one["id"]), str(one["token"]), client=client)
            made = await client.http.create_webhook(channel, name=_NAME)
        except discord.HTTPException as error:
            if error.status == 429 or error.status >= 500:
                raise
            return None  # it may not, or the channel has too many, or can't have any
        return discord.Webhook.partial(int(made["id"]), str(made.get("token")), client=client)


async def _there(client: discord.Client, channel: int) -> Sequence[Mapping[str, Any]]:
    try:
        return await client.http.channel_webhooks(channel)
    except discord.NotFound:
        return ()


def _is_own(client: discord.Client, webhook: Mapping[str, Any]) -> bool:
    """Discord tells a webhook's maker; only his own program gets its token."""
    made_by = str(webhook.get("application_id") or (webhook.get("user") or {}).get("id", ""))
    return made_by in {str(client.application_id), str(client.user.id if client.user else "")}
