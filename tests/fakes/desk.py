"""The `Desk` port, remembering what it was asked and answering with what it was told to answer."""

from bot.model import Command, Press, Reply


class FakeDesk:
    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.presses: list[Press] = []
        self.reply = Reply("Noted.")

    async def command(self, command: Command) -> Reply:
        self.commands.append(command)
        return self.reply

    async def press(self, press: Press) -> Reply:
        self.presses.append(press)
        return self.reply
