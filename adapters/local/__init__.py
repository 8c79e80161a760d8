"""The local web chat: a whole chat platform in one process, for demos, tests and development.

Importing this is cheap; the web framework is loaded by `build`.
"""

import re
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.ports import Platform, Surroundings

_PERSON_ID = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class PersonSetting:
    """Somebody whom the page offers to be. `title` is shown beside the name, such as an office."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    name: str
    title: str = ""

    def __post_init__(self) -> None:
        if not _PERSON_ID.fullmatch(self.id):
            raise ValueError("a person's id is made of the letters a-z, digits and hyphens")
        if not self.name.strip():
            raise ValueError("a person needs a name")


@dataclass(frozen=True, slots=True)
class Settings:
    """The keys under `platforms.local`. Without `people`, anybody may enter any name."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    people: tuple[PersonSetting, ...] = ()
    suggestions: tuple[str, ...] = ()
    max_attachment_mb: int = 10

    def __post_init__(self) -> None:
        ids = [person.id for person in self.people]
        if len(set(ids)) < len(ids):
            raise ValueError("two people have the same id")
        if not all(text.strip() for text in self.suggestions):
            raise ValueError("a suggestion is empty")
        if self.max_attachment_mb < 1:
            raise ValueError("max_attachment_mb must be 1 or more")


@dataclass(frozen=True, slots=True)
class LocalAdapter:
    """Satisfies `bot.ports.Adapter`."""

    settings: type = field(default=Settings)

    def build(self, settings: Any, surroundings: Surroundings) -> Platform:
        """Opens the chat's own memory under `surroundings.data`.

        Raises PlatformRefused where a room's id can't stand in an address.
        """
        from adapters.local.house import open_house
        from adapters.local.platform import LocalPlatform

        return LocalPlatform(open_house(settings, surroundings))


adapter = LocalAdapter()
