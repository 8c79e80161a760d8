"""Telegram as a playground: the real client library against the Bot API on loopback."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from tests.contract import whole
from tests.contract.playground import AMINA, BILAL, MODERATORS, NADIA, OFFICIAL, PRIVATE, RemotePlayground
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import BOT, TOKEN, ApiError, Json, Room, user

OFFICIAL_ID, MODERATORS_ID = -1001111111111, -1003333333333
PEOPLE = {
    name: user(501 + number, name.split()[0], last=name.split()[1])
    for number, name in enumerate((AMINA, BILAL, NADIA))
}


@asynccontextmanager
async def playground(folder: Path) -> AsyncIterator[RemotePlayground]:
    async with Telegram().serving() as server:
        yield TelegramPlayground(server, folder)


class TelegramPlayground:
    name = "telegram"

    def __init__(self, server: Telegram, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._running = AsyncExitStack()
        self._official = server.supergroup(OFFICIAL_ID, OFFICIAL)
        self._moderators = server.supergroup(MODERATORS_ID, MODERATORS)
        self._moderators.members[PEOPLE[NADIA]["id"]] = "member"
        self._direct = {name: server.direct(person) for name, person in PEOPLE.items()}

    async def start(self) -> None:
        settings = {
            "token": "${TELEGRAM_TOKEN}",
            "base_url": self._server.base,
            "base_file_url": self._server.base_file,
            "album_seconds": 0.2,
        }
        environment = {"TELEGRAM_TOKEN": TOKEN}
        await self._running.enter_async_context(
            whole.running(
                self._folder, self.name, settings, str(OFFICIAL_ID), str(MODERATORS_ID), environment
            )
        )

    async def stop(self) -> None:
        await self._running.aclose()

    async def post(
        self, text: str, files: Sequence[tuple[str, bytes]] = (), *, by: str = AMINA, answers: str = ""
    ) -> str:
        reply = {"reply_to": self._official.messages[int(answers)]} if answers else {}
        posted = await self._posted(self._official, by, text, files, reply)
        return str(posted["message_id"])

    async def edit(self, message: str, text: str) -> None:
        posted = self._official.messages[int(message)]
        await self._server.edits(self._official, posted, **{"text" if "text" in posted else "caption": text})

    async def delete(self, message: str) -> None:
        del self._official.messages[int(message)]

    def stands(self, message: str) -> bool:
        return int(message) in self._official.messages

    def said(self, chat: str = OFFICIAL) -> Sequence[str]:
        room = self._official if chat == OFFICIAL else self._moderators
        return [one["text"] for one in _from_bot(room)]

    def told(self, person: str) -> Sequence[str]:
        return [one["text"] for one in _from_bot(self._direct[person])]

    async def answer(self, person: str, label: str, letter: str = "") -> None:
        direct = self._direct[person]
        notice = [one for one in _from_bot(direct) if label in _labels(one)][-1]
        await self._server.presses(PEOPLE[person], notice, label)
        if letter:
            await self._server.confirmed()
            await self._server.posts(direct, PEOPLE[person], letter, reply_to=_from_bot(direct)[-1])

    async def press(self, person: str, label: str, case: int) -> str:
        press = await self._server.presses(PEOPLE[person], self._card(case), label)
        await self._server.until(lambda: press not in self._server.presses_open)
        (answer,) = [one for one in self._server.shown_answers if one["callback_query_id"] == press]
        return str(answer.get("text", ""))

    def buttons(self, case: int) -> Sequence[str]:
        return _labels(self._card(case))

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
        direct = self._direct[person]
        room = {OFFICIAL: self._official, MODERATORS: self._moderators}.get(where, direct)
        reply = {"reply_to": self._official.messages[int(about)]} if about else {}
        before = {id(one) for one in _from_bot(direct)}
        given = await self._posted(room, person, f"/{name} {arguments}".strip(), files, reply)
        await self._server.confirmed()
        new = [one["text"] for one in _from_bot(direct) if id(one) not in before]
        answers = [one["text"] for one in _from_bot(room) if _answered(one) == given["message_id"]]
        return str([*new, *answers, ""][0])

    def limit_rate(self, seconds: float) -> None:
        wait = int(seconds)
        fault = ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        self._server.next_act_fails = fault

    def forbid_removing(self) -> None:
        self._official.may_delete = False

    def allow_removing(self) -> None:
        self._official.may_delete = True

    def cut_off(self) -> None:
        self._server.is_down = True

    def reconnect(self) -> None:
        self._server.is_down = False

    async def add_bot(self) -> None:
        await self._server.adds_bot(self._official, PEOPLE[NADIA])

    async def _posted(
        self, room: Room, by: str, text: str, files: Sequence[tuple[str, bytes]], reply: Json
    ) -> Json:
        if not files:
            return await self._server.posts(room, PEOPLE[by], text, **reply)
        parts: list[Json] = [
            {"document": self._server.document(name, content, "text/plain")} for name, content in files
        ]
        parts[0]["caption"] = text
        if len(parts) == 1:
            return await self._server.posts(room, PEOPLE[by], **parts[0], **reply)
        return (await self._server.album(room, PEOPLE[by], parts))[0]

    def _card(self, case: int) -> Json:
        (card,) = [one for one in _from_bot(self._moderators) if _is_card(one, case)]
        return card


def _is_card(message: Json, case: int) -> bool:
    """Cards end with the address of their case; what else the bot says there has none at its end."""
    return bool(message["text"].endswith(f"/cases/{case}")) and "reply_to_message" not in message


def _from_bot(room: Room) -> list[Json]:
    return [one for one in room.messages.values() if one.get("from", {}).get("id") == BOT["id"]]


def _labels(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def _answered(message: Json) -> int | None:
    answered = message.get("reply_to_message")
    return answered["message_id"] if answered else None
