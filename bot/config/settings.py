"""`raazdar.yaml`: where things are kept, which platforms are served, and which chats are official."""

import os
from collections.abc import Callable, Collection, Mapping, MutableSequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar

import yaml

from bot.config.catalogue import ENGLISH
from bot.config.reading import check, compose, key_path, locate, plain, report
from bot.errors import Problem, RaazdarError
from bot.model import Action, Audience, Chat, ChatRef, Level, Mode, Moderators, Unread
from bot.places import check_key_file, store_path
from bot.ports import Adapter

T = TypeVar("T")

_STRICT: Mapping[str, str] = {"extra": "forbid"}
_ELSEWHERE = "is not among the platforms of this configuration"


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
    """`people` are ids on that platform; without them, everybody who belongs to the chat is a moderator."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT
    platform: str
    chat: str
    people: tuple[str, ...] = ()
    above: "ModeratorsSettings | None" = None

    def moderators(self) -> Moderators:
        above = self.above.moderators() if self.above else None
        return Moderators(ChatRef(self.platform, self.chat), frozenset(self.people), above)


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """`public` and `guests` say who else can read along; an official chat has neither unless it says so.

    `critical` is what is done about a critical message: remove, redact or hold; `personal` whether one that
    is warned of for personal data alone is left or redacted too; `unread` what is done about a file or text
    that could not be looked at. Without `language` the bot speaks that of the whole configuration.
    """

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
    language: str | None = None
    critical: Literal["remove", "redact", "hold"] = "remove"
    personal: Literal["leave", "redact"] = "leave"
    unread: Unread | None = None

    def __post_init__(self) -> None:
        if self.mode == Mode.ENFORCE and self.moderators is None:
            raise ValueError("a chat in enforce mode needs moderators: {platform: …, chat: …}")

    def chat(self, language: str) -> Chat:
        """`language` is that of the whole configuration."""
        return Chat(
            ref=ChatRef(self.platform, self.id),
            name=self.name,
            mode=self.mode,
            audience=Audience(self.ceiling, frozenset(self.departments), self.guests, self.public),
            moderators=self.moderators.moderators() if self.moderators else None,
            language=self.language or language,
            critical=Action(self.critical),
            redacts_personal=self.personal == "redact",
            unread=self.unread,
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """All of `raazdar.yaml`. `platforms` holds each adapter's own settings, checked by the adapter.

    `language` is what the bot speaks where neither a chat nor a person says another, and `operator` who set
    it up, in words for the people in the chats.
    """

    store: StoreSettings
    bus: BusSettings
    seal: SealSettings
    console: ConsoleSettings
    platforms: Mapping[str, Any]
    chats: tuple[ChatSettings, ...]
    unknown_chats: Mode
    language: str
    operator: str

    def listed(self) -> tuple[Chat, ...]:
        """The chats that the configuration tells of."""
        return tuple(chat.chat(self.language) for chat in self.chats)


def read_settings(
    defaults: Path,
    problems: MutableSequence[Problem],
    overrides: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    languages: Collection[str] = (ENGLISH,),
) -> Settings | None:
    """Reads `raazdar.yaml` of `overrides` over that of `defaults`; None after adding to `problems`.

    `languages` are those that there are words for. Each section is checked by itself, so that a mistake in
    one hides none in another.
    """
    before = len(problems)
    path = defaults / "raazdar.yaml"
    node = compose(path, problems)
    data = plain(node, path, problems, environment) if node else {}
    if overrides:
        path = overrides / "raazdar.yaml"
        node = compose(path, problems)
        own = plain(node, path, problems, environment) if node else {}
        if not isinstance(own, dict):
            problems.append(Problem(path, 1, "", "must be a mapping of keys to values"))
            return None
        data = _merged(data, own)
    if node is None:
        return None
    file = _File(path, node, problems)
    sections = {field.name: field.type for field in fields(Settings)}
    for key in data:
        if key not in sections:
            file.report((key,), "is not a key that is known here")
    store = file.check(data["store"], StoreSettings, "store")
    bus = file.check(data["bus"], BusSettings, "bus")
    seal = file.check(data["seal"], SealSettings, "seal")
    console = file.check(data["console"], ConsoleSettings, "console")
    platforms = _platforms(data["platforms"], file)
    chats = _chats(data["chats"], frozenset(platforms), file)
    unknown = file.check(data["unknown_chats"], Mode, "unknown_chats")
    language = file.check(data["language"], str, "language")
    file.check_language(language, languages, "language")
    for index, chat in enumerate(chats):
        file.check_language(chat.language, languages, "chats", index, "language")
    operator = file.check(data["operator"], str, "operator")
    if unknown == Mode.ENFORCE:
        file.report(("unknown_chats",), "can't be enforce: a chat that nobody told of has no moderators")
    if bus and bus.url != "memory:":
        file.report(("bus", "url"), "must be memory: in this version")
    if store:
        file.report_error(("store", "url"), lambda: store_path(store.url))
    if seal:
        file.report_error(("seal", "key_file"), lambda: check_key_file(Path(seal.key_file)))
    if len(problems) > before or not (store and bus and seal and console and unknown and language):
        return None
    return Settings(store, bus, seal, console, platforms, chats, unknown, language, operator or "")


def installed_adapters() -> Mapping[str, Adapter]:
    """The adapters that are installed, by the platform's name."""
    from importlib.metadata import entry_points

    return {entry.name: entry.load() for entry in entry_points(group="raazdar.adapters")}


def _merged(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {
            key: value if key == "platforms" else _merged(below.get(key, value), value)
            for key, value in above.items()
        }
    return above


@dataclass(frozen=True, slots=True)
class _File:
    """The file that mistakes are told of."""

    path: Path
    node: yaml.Node
    problems: MutableSequence[Problem]

    def check(self, data: object, shape: type[T], *under: str | int) -> T | None:
        return check(data, shape, self.path, self.node, self.problems, under)

    def check_language(self, language: str | None, known: Collection[str], *keys: str | int) -> None:
        if language is not None and language not in known:
            self.report(keys, f"there are no words in {language}; there are: {', '.join(known)}")

    def report(self, keys: tuple[str | int, ...], what: str) -> None:
        line, known = locate(self.node, keys)
        report(self.problems, Problem(self.path, line, key_path(known), what))

    def report_error(self, keys: tuple[str | int, ...], attempt: Callable[[], object]) -> None:
        try:
            attempt()
        except RaazdarError as error:
            self.report(keys, str(error))


def _platforms(wanted: object, file: _File) -> Mapping[str, Any]:
    """The settings of each platform that is wanted; one with a mistake is there as None."""
    if not isinstance(wanted, dict):
        file.report(("platforms",), "must be a mapping of keys to values")
        return {}
    adapters = installed_adapters() if wanted else {}
    platforms: dict[str, Any] = {}
    for name, data in wanted.items():
        if name in adapters:
            own: object = {} if data is None else data
            platforms[name] = file.check(own, adapters[name].settings, "platforms", name)
        else:
            there = ", ".join(sorted(adapters))
            file.report(("platforms", name), f"is not a platform that is installed; there are: {there}")
    return platforms


def _chats(wanted: object, platforms: frozenset[str], file: _File) -> tuple[ChatSettings, ...]:
    if not isinstance(wanted, list):
        file.report(("chats",), "must be a list")
        return ()
    seen: set[tuple[str, str]] = set()
    chats: list[ChatSettings] = []
    for index, data in enumerate(wanted):
        chat = file.check(data, ChatSettings, "chats", index)
        if chat is None:
            continue
        chats.append(chat)
        if chat.platform not in platforms:
            file.report(("chats", index, "platform"), _ELSEWHERE)
        if (chat.platform, chat.id) in seen:
            file.report(("chats", index, "id"), "this chat is listed twice")
        seen.add((chat.platform, chat.id))
        _check_moderators(chat, chat.moderators, platforms, file, ("chats", index, "moderators"))
    return tuple(chats)


def _check_moderators(
    chat: ChatSettings,
    moderators: ModeratorsSettings | None,
    platforms: frozenset[str],
    file: _File,
    keys: tuple[str | int, ...],
) -> None:
    if moderators is None:
        return
    if moderators.platform not in platforms:
        file.report((*keys, "platform"), _ELSEWHERE)
    if (moderators.platform, moderators.chat) == (chat.platform, chat.id):
        file.report(keys, "is the chat itself: everybody in it would read of its cases")
    _check_moderators(chat, moderators.above, platforms, file, (*keys, "above"))
