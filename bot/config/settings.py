"""`raazdar.yaml`: where things are kept, which platforms are served, and which chats are official."""

import os
from collections.abc import Mapping, MutableSequence
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, ClassVar

import yaml

from bot.config.reading import check, compose, key_path, locate, plain
from bot.errors import Problem, SealError, StoreError
from bot.model import Audience, Chat, ChatRef, Level, Mode
from bot.ports import Adapter
from bot.seal import check_key_file
from bot.store.database import store_path

_STRICT: Mapping[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class StoreSettings:
    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT
    url: str


@dataclass(frozen=True, slots=True)
class BusSettings:
    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT
    url: str


@dataclass(frozen=True, slots=True)
class SealSettings:
    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT
    key_file: str


@dataclass(frozen=True, slots=True)
class ConsoleSettings:
    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT
    listen: str

    def __post_init__(self) -> None:
        host, colon, port = self.listen.rpartition(":")
        if not (host and colon and port.isascii() and port.isdigit() and int(port) <= 65535):
            raise ValueError('listen must read "address:port", such as "127.0.0.1:8710"')

    @property
    def host(self) -> str:
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        return int(self.listen.rpartition(":")[2])


@dataclass(frozen=True, slots=True)
class ModeratorsSettings:
    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT
    platform: str
    chat: str


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """`public` and `guests` say who else can read along; an official chat has neither unless it says so."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT
    platform: str
    id: str
    name: str
    mode: Mode
    ceiling: Level
    departments: tuple[str, ...] = ()
    guests: bool = False
    public: bool = False
    moderators: ModeratorsSettings | None = None

    def __post_init__(self) -> None:
        if self.mode == Mode.ENFORCE and self.moderators is None:
            raise ValueError("a chat in enforce mode needs moderators: {platform: …, chat: …}")

    def chat(self) -> Chat:
        named = self.moderators
        moderators = ChatRef(named.platform, named.chat) if named else None
        audience = Audience(self.ceiling, frozenset(self.departments), self.guests, self.public)
        return Chat(ChatRef(self.platform, self.id), self.name, self.mode, audience, moderators)


@dataclass(frozen=True, slots=True)
class Settings:
    """All of `raazdar.yaml`. `platforms` holds each adapter's own settings, checked by the adapter."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT
    store: StoreSettings
    bus: BusSettings
    seal: SealSettings
    console: ConsoleSettings
    platforms: Mapping[str, Any]
    chats: tuple[ChatSettings, ...]
    unknown_chats: Mode


def read_settings(
    defaults: Path,
    problems: MutableSequence[Problem],
    overrides: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings | None:
    """Reads `raazdar.yaml` of `overrides` over that of `defaults`; None after adding to `problems`."""
    before = len(problems)
    path = defaults / "raazdar.yaml"
    node = compose(path, problems)
    data = plain(node, path, problems, environment) if node else {}
    if overrides:
        path = overrides / "raazdar.yaml"
        node = compose(path, problems)
        own = plain(node, path, problems, environment) if node else {}
        data = _merged(data, own)
    if node is None or len(problems) > before:
        return None
    settings = check(data, Settings, path, node, problems)
    if settings is None:
        return None
    settings = replace(settings, platforms=_platforms(settings.platforms, path, node, problems))
    _cross_check(settings, path, node, problems)
    return settings if len(problems) == before else None


def installed_adapters() -> Mapping[str, Adapter]:
    """The adapters that are installed, by the platform's name."""
    return {entry.name: entry.load() for entry in entry_points(group="raazdar.adapters")}


def _merged(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {
            key: value if key == "platforms" else _merged(below.get(key, value), value)
            for key, value in above.items()
        }
    return above


def _platforms(
    wanted: Mapping[str, Any], path: Path, node: yaml.Node, problems: MutableSequence[Problem]
) -> Mapping[str, Any]:
    adapters = installed_adapters()
    platforms: dict[str, Any] = {}
    for name, data in wanted.items():
        if name not in adapters:
            what = f"is not a platform that is installed; there are: {', '.join(sorted(adapters))}"
            problems.append(_problem(path, node, ("platforms", name), what))
            continue
        settings = check(data or {}, adapters[name].settings, path, node, problems, ("platforms", name))
        if settings is not None:
            platforms[name] = settings
    return platforms


def _cross_check(settings: Settings, path: Path, node: yaml.Node, problems: MutableSequence[Problem]) -> None:
    """What no single key can tell: references between keys, and files that they name."""

    def report(what: str, *keys: str | int) -> None:
        problems.append(_problem(path, node, keys, what))

    seen: set[tuple[str, str]] = set()
    for index, chat in enumerate(settings.chats):
        if chat.platform not in settings.platforms:
            report("is not among the platforms of this configuration", "chats", index, "platform")
        if (chat.platform, chat.id) in seen:
            report("this chat is listed twice", "chats", index, "id")
        seen.add((chat.platform, chat.id))
        if chat.moderators and chat.moderators.platform not in settings.platforms:
            report(
                "is not among the platforms of this configuration", "chats", index, "moderators", "platform"
            )
    if settings.bus.url != "memory:":
        report("must be memory: in this version", "bus", "url")
    try:
        store_path(settings.store.url)
    except StoreError as error:
        report(str(error), "store", "url")
    try:
        check_key_file(Path(settings.seal.key_file))
    except SealError as error:
        report(str(error), "seal", "key_file")


def _problem(path: Path, node: yaml.Node, keys: tuple[str | int, ...], what: str) -> Problem:
    return Problem(path, locate(node, keys)[0], key_path(keys), what)
