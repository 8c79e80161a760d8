"""What the bot says to people, as a catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.model import Choice


@dataclass(frozen=True, slots=True)
class Texts:
    """Templates; the names in braces are filled in. None of them ever gets a message's content.

    `warning_body` may name `{what}`, `{why}` and `{provision}`; `card_*` may name `{case}`, `{severity}`,
    `{chat}`, `{author}`, `{what}` and `{why}`.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    warning_title: str
    warning_body: str
    warning_provision: str
    choices: Mapping[Choice, str]
    card_title: str
    card_body: str

    def __post_init__(self) -> None:
        missing = [choice.value for choice in Choice if choice not in self.choices]
        if missing:
            raise ValueError(f"choices lacks {', '.join(missing)}")
        try:
            self.warning_body.format(what="", why="")
            self.warning_provision.format(provision="", rule="")
            for text in (self.card_title, self.card_body):
                text.format(case=1, severity="", chat="", author="", what="", why="")
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError(f"a text names {error}, which is not known") from error
