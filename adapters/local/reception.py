"""Where people's commands and presses are brought to the desk, while the platform runs."""

from collections.abc import Iterator
from contextlib import contextmanager

from adapters.local.speech import Speech
from bot.model import Command, Press, Reply
from bot.ports import Desk


class Reception:
    """Asks people to try again where nobody sits at the desk."""

    def __init__(self, say: Speech) -> None:
        self._say = say
        self._desk: Desk | None = None

    @contextmanager
    def opened(self, desk: Desk) -> Iterator[None]:
        self._desk = desk
        try:
            yield
        finally:
            self._desk = None

    async def command(self, command: Command) -> Reply:
        return await self._desk.command(command) if self._desk else self._try_again()

    async def press(self, press: Press) -> Reply:
        return await self._desk.press(press) if self._desk else self._try_again()

    def _try_again(self) -> Reply:
        return Reply(self._say("try-again"), self._say.language)
