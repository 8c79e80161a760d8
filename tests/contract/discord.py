"""Discord, played over its real client library against the server on loopback."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from unittest import mock

from adapters.discord.listener import Listener
from tests.contract.playground import AMINA, BILAL, MODERATORS, NADIA, OFFICIAL, PRIVATE
from tests.contract.whole import running
from tests.platforms.discord.server import Discord, serving
from tests.platforms.discord.world import MANAGE_MESSAGES, Payload

_PATIENCE = 20.0
_HIDDEN, _THINKING = 1 << 6, 1 << 7
_LATER, _MODAL = 5, 9
_OPTIONS = {"check": ("text",), "report": ("message",), "language": ("language",), "mode": ("mode", "chat")}
_MENU = "Report to moderators"


class DiscordPlayground:
    """Satisfies `Playground`."""

    name = "discord"

    def __init__(self, server: Discord, folder: Path) -> None:
        self._server = server
        self._world = server.world
        self._folder = folder
        self._people = {
            name: self._world.person(name.split()[0].lower(), name) for name in (AMINA, BILAL, NADIA)
        }
        self._chats = {OFFICIAL: self._world.general, MODERATORS: self._world.channel("moderators")}
        self._world.shut(self._chats[MODERATORS], self._people[NADIA])
        self._stopping = asyncio.Event()
        self._bot: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._stopping = asyncio.Event()
        before = self._server.gateway.identified
        self._bot = asyncio.create_task(self._run())
        await _until(lambda: self._server.gateway.identified > before and self._world.commands, self._bot)

    async def stop(self) -> None:
        self._stopping.set()
        if self._bot:
            await self._bot

    async def _run(self) -> None:
        """In a task of its own: what enters has to leave as well."""
        settings = {
            "token": "${DISCORD_TOKEN}",
            "api_base": self._server.api_base,
            "gateway_url": self._server.gateway_url,
            "cdn_base": self._server.cdn_base,
        }
        environment = {"DISCORD_TOKEN": self._world.token}
        official, moderators = self._chats[OFFICIAL], self._chats[MODERATORS]
        async with running(self._folder, self.name, settings, official, moderators, environment):
            await self._stopping.wait()

    async def post(
        self, text: str, files: Sequence[tuple[str, bytes]] = (), *, by: str = AMINA, answers: str = ""
    ) -> str:
        attached = [(name, "text/plain", content) for name, content in files]
        answered = self._official[answers] if answers else None
        channel = self._chats[OFFICIAL]
        made = self._world.post(self._people[by], channel, text, files=attached, reply_to=answered)
        return str(made["id"])

    async def edit(self, message: str, text: str) -> None:
        self._world.edit(self._official[message], text)

    async def delete(self, message: str) -> None:
        self._world.delete(self._official[message])

    def stands(self, message: str) -> bool:
        return message in self._official

    def said(self, chat: str = OFFICIAL) -> Sequence[str]:
        there = self._world.messages[self._chats[chat]].values()
        return [_read(one) for one in there if one["author"].get("bot")]

    def told(self, person: str) -> Sequence[str]:
        return [_read(one) for one in self._private(person)]

    async def answer(self, person: str, label: str, letter: str = "") -> None:
        notice, custom_id = _button(reversed(self._private(person)), label)
        pressed = self._world.press(self._people[person], notice, custom_id)
        await _until(lambda: pressed["response"])
        if pressed["response"]["type"] == _MODAL:
            modal = pressed["response"]["data"]
            pressed = self._world.submit(self._people[person], notice, modal, letter)
            await _until(lambda: pressed["response"])

    async def press(self, person: str, label: str, case: int) -> str:
        card, custom_id = _button([self._card(case)], label)
        return await self._shown(self._world.press(self._people[person], card, custom_id))

    def buttons(self, case: int) -> Sequence[str]:
        return [button["label"] for button in _buttons(self._card(case))]

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
        who = self._people[person]
        if about:
            return await self._shown(self._world.choose(who, self._official[about], _MENU))
        channel = self._world.dm(who) if where == PRIVATE else self._chats[where]
        names = _OPTIONS.get(name, ())
        options = dict(
            zip(names, arguments.split(maxsplit=1) if len(names) > 1 else [arguments], strict=False)
        )
        given = {key: value for key, value in options.items() if value}
        attached = [(file, "text/plain", content) for file, content in files]
        return await self._shown(self._world.give(who, channel, name, attached, **given))

    def limit_rate(self, seconds: float) -> None:
        for method, path in (("POST", "/messages$"), ("DELETE", "/messages/")):
            self._server.rest.limit(method, path, seconds)

    def forbid_removing(self) -> None:
        self._world.forbid(self._chats[OFFICIAL], MANAGE_MESSAGES)

    def allow_removing(self) -> None:
        self._world.forbid(self._chats[OFFICIAL], 0)

    def cut_off(self) -> None:
        self._server.cut()

    def reconnect(self) -> None:
        self._server.mend()

    async def add_bot(self) -> None:
        self._server.gateway.throw_out()
        self._server.gateway.add_bot()

    @property
    def _official(self) -> dict[str, Payload]:
        return self._world.messages[self._chats[OFFICIAL]]

    def _private(self, person: str) -> Sequence[Payload]:
        """Direct messages, and what only that person sees in a channel."""
        who = self._people[person]
        found = list(self._world.sent_to(self._world.dm(who)))
        for interaction in self._world.interactions.values():
            if interaction["person"] == who.id:
                found += [one for one in (interaction["shown"], *interaction["followups"]) if one]
        hidden = [one for one in found if not one["flags"] & _THINKING]
        return sorted(hidden, key=lambda one: int(one["id"]))

    def _card(self, case: int) -> Payload:
        title = re.compile(rf"\b{case}\b")
        for message in reversed(self._world.sent_to(self._chats[MODERATORS])):
            if any(title.search(embed.get("title", "")) for embed in message["embeds"]):
                return message
        raise AssertionError("there is no such card")

    async def _shown(self, interaction: Payload) -> str:
        """What a person is told in answer, once it is there."""
        await _until(lambda: interaction["shown"] and not interaction["shown"]["flags"] & _THINKING)
        return _read(interaction["shown"])


@asynccontextmanager
async def playground(folder: Path) -> AsyncIterator[DiscordPlayground]:
    async def at_once(*_: object, **__: object) -> None:
        return

    # The library waits five seconds before each further session, as Discord asks it to.
    with mock.patch.object(Listener, "before_identify_hook", at_once):
        async with serving() as server:
            yield DiscordPlayground(server, folder)


def _read(message: Payload) -> str:
    """As a person reads it: without the strokes that keep letters from being markup."""
    parts = [message["content"]]
    for embed in message["embeds"]:
        parts += [embed.get("title", ""), embed.get("description", "")]
    return re.sub(r"\\([^\w\s])", r"\1", "\n".join(filter(None, parts)).replace("\\_", "_"))


def _buttons(message: Payload) -> list[Payload]:
    return [button for row in message["components"] for button in row["components"]]


def _button(messages: Iterable[Payload], label: str) -> tuple[Payload, str]:
    for message in messages:
        for button in _buttons(message):
            if button["label"] == label:
                return message, button["custom_id"]
    raise AssertionError(f"nobody shows a button {label}")


async def _until(holds: Callable[[], object], unless: "asyncio.Task[None] | None" = None) -> None:
    async with asyncio.timeout(_PATIENCE):
        while not holds():
            if unless and unless.done():
                unless.result()
            await asyncio.sleep(0.01)
