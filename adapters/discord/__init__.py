"""Discord, over its gateway and its REST interface.

Importing this is cheap; Discord's library is loaded by `build`.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

from bot.ports import Platform, Surroundings


@dataclass(frozen=True, slots=True)
class Settings:
    """The keys under `platforms.discord`. The addresses are for proxies and tests.

    Without `gateway_url`, Discord says itself where its gateway is, and how many connections (`shards`) it
    wants; with one, there is one unless `shards` says otherwise. `reply_seconds` is how long a public
    reply stays that stands in for a direct message; `look_back` how many messages of each channel are
    looked through for edits that were made while the bot was away.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    token: str = field(repr=False)
    api_base: str = "https://discord.com/api/v10"
    gateway_url: str = ""
    cdn_base: str = "https://cdn.discordapp.com"
    max_attachment_mb: int = 10
    download_seconds: int = 30
    reply_seconds: int = 60
    look_back: int = 50
    shards: int = 0

    def __post_init__(self) -> None:
        if not self.token.strip() or any(one.isspace() for one in self.token.strip()):
            raise ValueError("token must be the bot's token, without spaces")
        _check_address("api_base", self.api_base, {"http", "https"})
        _check_address("cdn_base", self.cdn_base, {"http", "https"})
        if self.gateway_url:
            _check_address("gateway_url", self.gateway_url, {"ws", "wss"})
        for name in ("max_attachment_mb", "download_seconds", "reply_seconds"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more")
        if not 0 <= self.shards <= 1000:
            raise ValueError("shards must be between 0, for what Discord recommends, and 1000")
        if not 0 <= self.look_back <= 100:
            raise ValueError("look_back must be between 0 and 100")


def _check_address(key: str, address: str, schemes: set[str]) -> None:
    parts = urlsplit(address)
    if parts.scheme not in schemes or not parts.hostname:
        raise ValueError(f"{key} must be an address that starts with {' or '.join(sorted(schemes))}")


@dataclass(frozen=True, slots=True)
class DiscordAdapter:
    """Satisfies `bot.ports.Adapter`."""

    settings: type = field(default=Settings)

    def build(self, settings: Any, surroundings: Surroundings) -> Platform:
        """Opens the adapter's memory under `surroundings.data`; nothing is contacted before `run`."""
        from adapters.discord.memory import open_memory
        from adapters.discord.platform import DiscordPlatform

        return DiscordPlatform(settings, surroundings, open_memory(surroundings.data))


adapter = DiscordAdapter()
