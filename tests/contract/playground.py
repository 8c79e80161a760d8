"""A platform with a whole bot on it, as the people in its chats see it.

Each adapter has one in a module of its own here: its REAL client library, against a server on loopback. The
scenarios in `test_contract.py` know nothing else of a platform.
"""

from collections.abc import Sequence
from typing import Protocol

AMINA = "Amina Raza"
"""Writes in the official chat."""

BILAL = "Bilal Ahmed"
"""Reads and writes in the official chat too, and is no moderator."""

NADIA = "Nadia Khan"
"""A moderator: belongs to the moderators' chat."""

OFFICIAL = "Budget wing"
"""A chat in enforce mode, ceiling restricted."""

MODERATORS = "Moderators"
"""The chat where the cases of the official one are shown."""

PRIVATE = "private"
"""The direct chat of a person and the bot, or its like."""


class Playground(Protocol):
    """What people do takes effect at once; what the bot does in answer takes a while: wait for it.

    Texts are what a person would read, buttons left out.
    """

    name: str

    async def start(self) -> None:
        """Starts the bot, on the memory that it had before."""

    async def stop(self) -> None:
        """Stops it as a signal would."""

    async def post(
        self, text: str, files: Sequence[tuple[str, bytes]] = (), *, by: str = AMINA, answers: str = ""
    ) -> str:
        """Posts in the official chat and returns the message's id; several files are an album, if there are any."""

    async def edit(self, message: str, text: str) -> None: ...

    async def delete(self, message: str) -> None: ...

    def stands(self, message: str) -> bool:
        """Whether a message can still be read in the official chat."""

    def said(self, chat: str = OFFICIAL) -> Sequence[str]:
        """What the bot has said in a chat and what still stands there, oldest first; its cards too."""

    def told(self, person: str) -> Sequence[str]:
        """What the bot has told somebody in private: notices and replies, as they stand, oldest first."""

    async def answer(self, person: str, label: str, letter: str = "") -> None:
        """Presses the button with that label under somebody's newest notice, and types what it asks for."""

    async def press(self, person: str, label: str, case: int) -> str:
        """Presses a button under the card of a case in the moderators' chat; returns what he alone is told."""

    def buttons(self, case: int) -> Sequence[str]:
        """The labels under a case's card."""

    async def command(
        self,
        person: str,
        name: str,
        arguments: str = "",
        *,
        where: str = PRIVATE,
        about: str = "",
        files: Sequence[tuple[str, bytes]] = (),
    ) -> str:
        """Gives a command and returns the words of the reply. `about` is a message of the official chat."""

    async def add_bot(self) -> None:
        """Somebody adds the bot to the official chat."""


class RemotePlayground(Playground, Protocol):
    """A platform beyond a network, with limits and rights of its own."""

    def limit_rate(self, seconds: float) -> None:
        """The platform asks the bot to wait that long at its next request that acts."""

    def forbid_removing(self) -> None:
        """Takes the right to remove messages from the bot."""

    def allow_removing(self) -> None: ...

    def cut_off(self) -> None:
        """The network is gone; people go on posting."""

    def reconnect(self) -> None: ...
