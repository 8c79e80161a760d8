"""What a button's `custom_id` carries, so that it works after a restart. Pure.

At most 100 characters: three ids of up to 20 digits, and the words between them.
"""

import re
from dataclasses import dataclass

from adapters.discord.translate import PLATFORM
from bot.model import CardChoice, Choice, CommandName, MessageRef

_PREFIX = "raazdar"
_SHOW = "show"
_NOTICE = re.compile(rf"{_PREFIX}:(?P<what>[a-z]+):(?P<author>\d+):(?P<chat>\d+):(?P<message>\d+)")
_CARD = re.compile(rf"{_PREFIX}:case:(?P<case>\d+):(?P<choice>[a-z_]+):(?P<channel>\d+)")
_OPTION = re.compile(rf"{_PREFIX}:do:(?P<command>[a-z]+):(?P<arguments>.*)", re.DOTALL)
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Button:
    """`choice` is None for the button of a public reply, which opens the notice itself."""

    ref: MessageRef
    author: str
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class CardButton:
    """A button under the card of a case. `channel` is where the card was shown."""

    case: int
    choice: CardChoice
    channel: int


@dataclass(frozen=True, slots=True)
class OptionButton:
    """A button that stands for a command."""

    command: CommandName
    arguments: str


def custom_id(button: Button | CardButton | OptionButton) -> str:
    match button:
        case Button():
            what = button.choice.value if button.choice else _SHOW
            return f"{_PREFIX}:{what}:{button.author}:{button.ref.chat}:{button.ref.id}"
        case CardButton():
            return f"{_PREFIX}:case:{button.case}:{button.choice.value}:{button.channel}"
        case OptionButton():
            return f"{_PREFIX}:do:{button.command.value}:{button.arguments}"[:_LONGEST]


def read(custom_id: str) -> Button | CardButton | OptionButton | None:
    """The inverse; None for what is not ours."""
    found = _CARD.fullmatch(custom_id)
    if found:
        known = found["choice"] in set(CardChoice)
        case, channel = int(found["case"]), int(found["channel"])
        return CardButton(case, CardChoice(found["choice"]), channel) if known else None
    found = _OPTION.fullmatch(custom_id)
    if found:
        known = found["command"] in set(CommandName)
        return OptionButton(CommandName(found["command"]), found["arguments"]) if known else None
    found = _NOTICE.fullmatch(custom_id)
    if found is None or found["what"] not in {_SHOW, *Choice}:
        return None
    choice = None if found["what"] == _SHOW else Choice(found["what"])
    return Button(MessageRef(PLATFORM, found["chat"], found["message"]), found["author"], choice)
