"""Telegram, through the Bot API: groups, supergroups with topics, channels and their discussion groups.

Importing this is cheap; the client library is loaded by `build`.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

from bot.ports import Platform, Surroundings


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Where Telegram hands updates over, instead of being asked for them.

    `listen` is the address here, behind a proxy with TLS; `url` is what Telegram calls, and `secret` what it
    must say then.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    listen: str
    url: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        host, colon, port = self.listen.rpartition(":")
        if not (host and colon and port.isascii() and port.isdigit() and int(port) <= 65535):
            raise ValueError('listen must read "address:port", such as "127.0.0.1:8443"')
        _check_address("url", self.url)
        plain = self.secret.replace("_", "").replace("-", "")
        if not (plain.isascii() and plain.isalnum() and 16 <= len(self.secret) <= 256):
            raise ValueError("secret must be 16 to 256 of the characters A-Z, a-z, 0-9, _ and -")

    @property
    def host(self) -> str:
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        return int(self.listen.rpartition(":")[2])

    @property
    def path(self) -> str:
        return urlsplit(self.url).path or "/"


@dataclass(frozen=True, slots=True)
class Settings:
    """The keys under `platforms.telegram`.

    The two addresses are for tests, for proxies and for a Bot API server of one's own, which lets files be
    larger. With a path that ends in `bot` they are taken as they are; without, `/bot` and `/file/bot` are
    put at their ends.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    webhook: WebhookSettings | None = None
    max_attachment_mb: int = 20
    public_notice_seconds: float = 60.0
    album_seconds: float = 1.0
    poll_seconds: int = 30
    gap_seconds: float = 60.0

    def __post_init__(self) -> None:
        if not self.token or not self.token.isascii() or any(one in self.token for one in " \t\r\n/?#"):
            raise ValueError("token must be the bot's token as BotFather gave it")
        _check_address("base_url", self.base_url)
        _check_address("base_file_url", self.base_file_url)
        object.__setattr__(self, "base_url", _completed(self.base_url, "/bot"))
        object.__setattr__(self, "base_file_url", _completed(self.base_file_url, "/file/bot"))
        if self.max_attachment_mb < 1:
            raise ValueError("max_attachment_mb must be 1 or more")
        if not 0 < self.public_notice_seconds <= 86400:
            raise ValueError("public_notice_seconds must be above 0 and at most 86400")
        if not 0 <= self.album_seconds <= 10:
            raise ValueError("album_seconds must be from 0 to 10")
        if not 0 <= self.gap_seconds <= 3600:
            raise ValueError("gap_seconds must be from 0 to 3600")
        if not 0 <= self.poll_seconds <= 50:
            raise ValueError("poll_seconds must be from 0 to 50")


def _check_address(key: str, address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(f"{key} must start with http:// or https:// and name a host")


def _completed(address: str, end: str) -> str:
    bare = address.rstrip("/")
    if urlsplit(bare).path.endswith("bot"):
        return bare
    return bare.removesuffix("/file") + end


@dataclass(frozen=True, slots=True)
class TelegramAdapter:
    """Satisfies `bot.ports.Adapter`."""

    settings: type = field(default=Settings)

    def build(self, settings: Any, surroundings: Surroundings) -> Platform:
        """Opens the adapter's own memory under `surroundings.data`; Telegram is not contacted yet."""
        from adapters.telegram.platform import open_platform

        return open_platform(settings, surroundings)


adapter = TelegramAdapter()
