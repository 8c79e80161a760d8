"""What the bot says to people, as a catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.model import Choice, Outcome
from bot.templates import check_template


@dataclass(frozen=True, slots=True)
class Texts:
    """Templates; the names in braces are filled in. None of them ever gets a message's content.

    `warning_body` may name `{what}` and `{why}`; `warning_provision` `{provision}` and `{rule}`; `card_*`
    `{case}`, `{severity}`, `{chat}`, `{author}` and `{news}`. The first line of an ending is its title.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    warning_title: str
    warning_body: str
    warning_provision: str
    choices: Mapping[Choice, str]
    endings: Mapping[Outcome, str]
    card_title: str
    card_body: str

    def __post_init__(self) -> None:
        missing = [one.value for one in Choice if one not in self.choices]
        missing += [one.value for one in Outcome if one not in self.endings]
        if missing:
            raise ValueError(f"there are no words for {', '.join(missing)}")
        card = {"case", "severity", "chat", "author", "news"}
        check_template(self.warning_body, {"what", "why"})
        check_template(self.warning_provision, {"provision", "rule"})
        check_template(self.card_title, card)
        check_template(self.card_body, card)
