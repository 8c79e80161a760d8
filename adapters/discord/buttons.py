"""What a button's `custom_id` carries, so that it works after a restart. Pure.

At most 100 characters: three ids of up to 20 digits, and the words between them.
"""

import re
from dataclasses import dataclass

from adapters.discord.translate import PLATFORM
from bot.model import Choice, MessageRef

_PREFIX = "raazdar"
_SHOW = "show"
_PATTERN = re.compile(rf"{_PREFIX}:(?P<what>[a-z]+):(?P<author>\d+):(?P<chat>\d+):(?P<message>\d+)")


@dataclass(frozen=True, slots=True)
class Button:
    """`choice` is None for the button of a public reply, which opens the notice itself."""

    ref: MessageRef
    author: str
    choice: Choice | None = None


def custom_id(button: Button) -> str:
    what = button.choice.value if button.choice else _SHOW
    return f"{_PREFIX}:{what}:{button.author}:{button.ref.chat}:{button.ref.id}"


def read(custom_id: str) -> Button | None:
    """The inverse; None for what is not ours."""
    found = _PATTERN.fullmatch(custom_id)
    if found is None or found["what"] not in {_SHOW, *Choice}:
        return None
    choice = None if found["what"] == _SHOW else Choice(found["what"])
    return Button(MessageRef(PLATFORM, found["chat"], found["message"]), found["author"], choice)
