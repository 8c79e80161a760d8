"""Server-sent events, read raw from a real socket."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from adapters.local import translate
from adapters.local.live import views
from adapters.local.platform import LocalPlatform
from adapters.local.rows import Change, Kind
from adapters.local.view import Place
from bot.model import Card, ChatRef, Choice, Deletion, Message, Notice, Person, Severity
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.local.serving import TickingClock, outer, served

NOW = TickingClock().at
AYESHA, BILAL = Person("ayesha", "Ayesha Khan"), Person("bilal", "Bilal Ahmed")


def message(id_: str, text: str = "hello", author: Person = AYESHA, revision: int = 0) -> Message:
    return Message(translate.ref("budget", id_), author, text, NOW, revision)


def notice(key: str = "k", id_: str = "m1") -> Notice:
    choices = ((Choice.REMOVE, "Remove it"),)
    return Notice(
        key, translate.ref("budget", id_), AYESHA, "A private title", "A private body", "P", choices
    )


@dataclass
class Stream:
    """Events as they come, and all that came, as it came."""

    lines: AsyncIterator[str]
    raw: list[str] = field(default_factory=list)

    async def next(self) -> tuple[str, str, dict[str, Any]]:
        """Id, kind and data of the next event."""
        event: dict[str, str] = {}
        async for line in self.lines:
            self.raw.append(line)
            if not line and event:
                return event.get("id", ""), event["event"], json.loads(event["data"])
            name, _, value = line.partition(": ")
            if name:
                event[name] = value
        raise EOFError("the stream has ended")


@asynccontextmanager
async def listening(
    http: httpx.AsyncClient, person: str, room: str = "budget", last: str | None = None, after: str = "0"
) -> AsyncIterator[Stream]:
    headers: Mapping[str, str] = {} if last is None else {"Last-Event-ID": last}
    url = f"/as/{person}/rooms/{room}/events?after={after}"
    async with http.stream("GET", url, headers=headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Stream(response.aiter_lines())


async def test_others_see_messages_edits_and_removals_at_once(
    http: httpx.AsyncClient, platform: LocalPlatform
) -> None:
    async with listening(http, "bilal") as bilal, listening(http, "ayesha") as ayesha:
        await platform.play(message("m1"))
        _, kind, seen = await bilal.next()
        assert (kind, seen["text"], seen["mine"], seen["edited"]) == ("message", "hello", False, False)
        assert (await ayesha.next())[2]["mine"] is True

        await platform.play(message("m1", "better", revision=1))
        _, _, seen = await bilal.next()
        assert (seen["id"], seen["text"], seen["edited"]) == ("m1", "better", True)

        await platform.remove(translate.ref("budget", "m1"))
        _, _, seen = await bilal.next()
        assert (seen["id"], seen["text"], seen["gone"]) == ("m1", "", "Removed by Raazdar")

        await platform.play(message("m2", author=BILAL))
        await bilal.next()
        await platform.play(Deletion(translate.ref("budget", "m2"), NOW, "bilal"))
        assert (await bilal.next())[2]["gone"] == "Deleted by its author"


async def test_a_notice_goes_to_its_author_alone(http: httpx.AsyncClient, platform: LocalPlatform) -> None:
    async with listening(http, "bilal") as bilal, listening(http, "ayesha") as ayesha:
        await platform.play(message("m1"))
        await platform.warn(notice())
        await platform.play(message("m1", "better", revision=1))
        await platform.play(message("last", "the fence"))

        for stream in (ayesha, bilal):
            while (await stream.next())[2].get("text") != "the fence":
                pass
    assert "A private title" in "\n".join(ayesha.raw)
    assert "private" not in "\n".join(bilal.raw)
    assert "notice" not in "\n".join(bilal.raw)


async def test_nobody_else_is_shown_a_notice_even_if_told_of_it(platform: LocalPlatform) -> None:
    await platform.play(message("m1"))
    await platform.warn(notice())
    told = Change(1, Kind.NOTICE, "k")
    assert views(platform.house, Place("", "bilal", "budget"), told) == []
    assert len(views(platform.house, Place("", "ayesha", "budget"), told)) == 1


async def test_the_author_sees_what_became_of_his_message_in_the_notice(
    http: httpx.AsyncClient, platform: LocalPlatform
) -> None:
    await platform.play(message("m1"))
    await platform.warn(notice())
    after = str(platform.house.journal.newest_change())
    async with listening(http, "ayesha", after=after) as ayesha:
        await platform.remove(translate.ref("budget", "m1"))
        assert (await ayesha.next())[1] == "message"
        _, kind, seen = await ayesha.next()
    assert (kind, seen["choices"]) == ("notice", [])
    assert "was removed" in seen["after"]


async def test_nothing_is_missed_on_a_connection_that_was_cut(
    http: httpx.AsyncClient, platform: LocalPlatform
) -> None:
    async with listening(http, "ayesha") as before:
        await platform.play(message("m1"))
        last, _, _ = await before.next()
    for number in (2, 3):
        await platform.play(message(f"m{number}"))
    await platform.warn(notice(id_="m3"))
    async with listening(http, "ayesha", last=last, after="0") as again:
        seen = [await again.next() for _ in range(3)]
    assert [(kind, data.get("id")) for _, kind, data in seen] == [
        ("message", "m2"),
        ("message", "m3"),
        ("notice", None),
    ]


async def test_who_is_cut_off_between_a_message_and_its_notice_gets_both_again(
    http: httpx.AsyncClient, platform: LocalPlatform
) -> None:
    await platform.play(message("m1"))
    await platform.warn(notice())
    start = str(platform.house.journal.newest_change())
    await platform.play(message("m1", "better", revision=1))
    async with listening(http, "ayesha", after=start) as stream:
        first, second = await stream.next(), await stream.next()
    assert (first[0], first[1]) == ("", "message")
    assert (second[0], second[1]) == (str(int(start) + 1), "notice")


async def test_who_knows_nothing_yet_starts_with_what_comes(
    http: httpx.AsyncClient, platform: LocalPlatform
) -> None:
    await platform.play(message("old"))
    async with listening(http, "bilal", after="") as bilal:
        await platform.play(message("new"))
        assert (await bilal.next())[2]["id"] == "new"


async def test_a_page_of_another_database_is_loaded_again(http: httpx.AsyncClient) -> None:
    async with listening(http, "bilal", last="999") as bilal:
        assert (await bilal.next())[1] == "reload"


async def test_rooms_do_not_mix(http: httpx.AsyncClient, platform: LocalPlatform) -> None:
    card = Card("c", ChatRef("local", "moderators"), 7, None, 0, Severity.HIGH, "T", "B", "/cases/7")
    async with listening(http, "bilal", "moderators") as moderators:
        await platform.play(message("m1"))
        await platform.escalate(card)
        _, kind, seen = await moderators.next()
    assert (kind, seen["anchor"], seen["severity"]) == ("card", "c-7", "high")


async def test_hostile_text_cannot_break_out_of_its_event(
    http: httpx.AsyncClient, platform: LocalPlatform
) -> None:
    text = 'a\n\nevent: notice\r\ndata: {}\u2028"</script>'
    async with listening(http, "bilal") as bilal:
        await platform.play(message("m1", text + "\ud800\0"))
        _, kind, seen = await bilal.next()
    assert (kind, seen["text"]) == ("message", text + "\ufffd\ufffd")


async def test_a_number_that_is_none_is_refused(http: httpx.AsyncClient) -> None:
    for last in ("x", "-1", "٣", "9" * 30):
        response = await http.get("/as/bilal/rooms/budget/events", params={"after": last})
        assert response.status_code == 400


async def test_an_open_page_does_not_keep_the_server_from_stopping(
    platform: LocalPlatform, inbox: FakeInbox
) -> None:
    opened = asyncio.Event()

    async def watch(address: str) -> list[str]:
        async with (
            httpx.AsyncClient(base_url=f"{address}/chat", timeout=20) as http,
            listening(http, "bilal") as bilal,
        ):
            opened.set()
            return [line async for line in bilal.lines]

    async with served(outer(platform)) as address:
        watching = asyncio.create_task(watch(address))
        await opened.wait()
    assert await watching == []
