"""The local web chat as a playground: people act over HTTP, and read what their pages show."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from adapters.local.house import House
from adapters.local.platform import LocalPlatform
from adapters.local.shown import CardView, card_view, notice_view
from adapters.local.view import Place
from tests.adapters.local.serving import served
from tests.contract import whole
from tests.contract.playground import AMINA, BILAL, MODERATORS, NADIA, OFFICIAL, Playground

_IDS = {AMINA: "amina", BILAL: "bilal", NADIA: "nadia"}
_ROOMS = {OFFICIAL: "budget-wing", MODERATORS: "moderators"}
_OFFICIAL = _ROOMS[OFFICIAL]
_SETTINGS = {"people": [{"id": id_, "name": name} for name, id_ in _IDS.items()]}


@asynccontextmanager
async def playground(folder: Path) -> AsyncIterator[Playground]:
    ground = LocalPlayground(folder)
    async with served(ground.app) as address, httpx.AsyncClient(base_url=address, timeout=20) as http:
        ground.http = http
        yield ground


class LocalPlayground:
    """While the bot is stopped, its chat's pages go on: what people do there waits in the chat's memory."""

    name = "local"
    http: httpx.AsyncClient

    def __init__(self, folder: Path) -> None:
        self.app = Starlette(routes=[Mount("/chat", app=self._serve)])
        self._folder = folder
        self._platform: LocalPlatform | None = None
        self._running: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self._replies = defaultdict[str, list[Mapping[str, Any]]](list)

    async def start(self) -> None:
        self._stopping.clear()
        started = asyncio.Event()
        self._running = asyncio.create_task(self._run(started))
        waiting = asyncio.create_task(started.wait())
        await asyncio.wait({self._running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._running.done():
            self._running.result()

    async def stop(self) -> None:
        self._stopping.set()
        if self._running:
            await self._running

    async def post(
        self, text: str, files: Sequence[tuple[str, bytes]] = (), *, by: str = AMINA, answers: str = ""
    ) -> str:
        sent = await self._send(by, OFFICIAL, "", files, text=text, answers=answers)
        return str(sent["id"])

    async def edit(self, message: str, text: str) -> None:
        await self._send(self._author(message), OFFICIAL, "/edit", message=message, text=text)

    async def delete(self, message: str) -> None:
        await self._send(self._author(message), OFFICIAL, "/delete", message=message)

    def stands(self, message: str) -> bool:
        row = self._house.rooms.find(_OFFICIAL, message)
        return row is not None and not row.gone

    def said(self, chat: str = OFFICIAL) -> Sequence[str]:
        rows = self._house.rooms.latest(_ROOMS[chat])
        own = [f"{row.text}\n{row.note}" for row in rows if row.origin and not row.gone]
        return [*own, *(_read(card) for card in self._cards(_ROOMS[chat]))]

    def told(self, person: str) -> Sequence[str]:
        notices = self._house.notices.of_reader(_OFFICIAL, _IDS[person]).values()
        own = [
            f"{one.title}\n{one.body}\n{one.provision}" for one in sorted(notices, key=lambda n: n.shown_at)
        ]
        replies = [
            "\n".join([reply["text"], *(f"{one['title']}\n{one['body']}" for one in reply["notices"])])
            for reply in self._replies[person]
        ]
        return [*own, *replies]

    async def answer(self, person: str, label: str, letter: str = "") -> None:
        offered = [button for button in self._buttons_for(person) if button["label"] == label]
        await self._send(person, OFFICIAL, "/answer", **(offered[0] | {"letter": letter}))

    async def press(self, person: str, label: str, case: int) -> str:
        card = next(card for card in self._cards(_ROOMS[MODERATORS]) if card.anchor == f"c-{case}")
        choice = next(press.choice for press in card.choices if press.label == label)
        told = await self._send(person, MODERATORS, "/press", case=str(case), choice=choice)
        return self._noted(person, told)

    def buttons(self, case: int) -> Sequence[str]:
        cards = self._cards(_ROOMS[MODERATORS])
        return [press.label for card in cards if card.anchor == f"c-{case}" for press in card.choices]

    async def command(
        self,
        person: str,
        name: str,
        arguments: str = "",
        *,
        where: str = OFFICIAL,
        about: str = "",
        files: Sequence[tuple[str, bytes]] = (),
    ) -> str:
        """There is no direct chat with the bot here: what is asked in a room, only the asker sees."""
        room = where if where in _ROOMS else OFFICIAL
        told = await self._send(person, room, "", files, text=f"/{name} {arguments}", answers=about)
        return self._noted(person, told)

    async def add_bot(self) -> None:
        """The bot is in each of its rooms from the start."""

    @property
    def _house(self) -> House:
        assert self._platform, "the playground was never started"
        return self._platform.house

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._platform, "the playground was never started"
        await self._platform.web(scope, receive, send)

    async def _run(self, started: asyncio.Event) -> None:
        rooms = (_OFFICIAL, _ROOMS[MODERATORS])
        async with whole.running(self._folder, "local", _SETTINGS, *rooms, {}, people=("nadia",)) as bot:
            platform = bot.platforms["local"]
            assert isinstance(platform, LocalPlatform)
            self._platform = platform
            # Until it has begun to run, nobody sits at the desk.
            await asyncio.sleep(0)
            started.set()
            await self._stopping.wait()

    async def _send(
        self, person: str, chat: str, act: str, files: Sequence[tuple[str, bytes]] = (), **fields: str
    ) -> Mapping[str, Any]:
        response = await self.http.post(
            f"/chat/as/{_IDS[person]}/rooms/{_ROOMS[chat]}{act}",
            data=fields,
            files=[("file", (name, content, "text/plain")) for name, content in files] or None,
            headers={"Accept": "application/json"},
        )
        assert response.status_code == 200, response.text
        answer: Mapping[str, Any] = response.json()
        return answer

    def _noted(self, person: str, told: Mapping[str, Any]) -> str:
        if told["note"] is None:
            return ""
        self._replies[person].append(told["note"])
        return str(told["note"]["text"])

    def _author(self, message: str) -> str:
        row = self._house.rooms.find(_OFFICIAL, message)
        assert row, "there is no such message"
        return row.author_name

    def _cards(self, room: str) -> Sequence[CardView]:
        house = self._house
        place = Place("/chat", "nadia", room)
        return [card_view(card, place, house.names, house.say) for card in house.cards.of_room(room)]

    def _buttons_for(self, person: str) -> Sequence[Mapping[str, str]]:
        """Those under the person's newest notice, as his page would send them."""
        replied = [notice for reply in self._replies[person] for notice in reply["notices"]]
        if replied:
            return [*replied[-1]["choices"], *replied[-1]["lettered"]]
        house = self._house
        row = max(house.notices.of_reader(_OFFICIAL, _IDS[person]).values(), key=lambda one: one.shown_at)
        message = house.rooms.find(_OFFICIAL, row.message)
        assert message, "a notice stands below a message"
        view = notice_view(row, message, house.say)
        return [
            {"key": choice.key, "choice": choice.choice, "label": choice.label}
            for choice in (*view.choices, *view.lettered)
        ]


def _read(card: CardView) -> str:
    """A card with its news, as people read it."""
    return "\n".join([card.severity, card.title, card.body, *(news.text for news in card.news)])
