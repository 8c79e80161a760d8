"""Notices to authors: in private where that is possible, once each, and answered by the author alone."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.telegram.platform import TelegramPlatform
from bot.model import Answer, Choice, Person
from bot.ports import PlatformRefused, PlatformUnavailable
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import (
    ALI,
    CHANNEL,
    SANA,
    SUPER,
    heard,
    make_platform,
    notice,
    ref,
    running,
)
from tests.fakes.desk import FakeDesk
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import BOT, ApiError, Room, user

Json = dict[str, Any]


@pytest.fixture
def room(server: Telegram) -> Room:
    return server.supergroup(SUPER)


@pytest.fixture
async def posted(server: Telegram, room: Room) -> Json:
    return await server.posts(room, ALI, "something")


def from_bot(room: Room) -> list[Json]:
    return [one for one in room.messages.values() if one.get("from", {}).get("id") == BOT["id"]]


async def test_who_has_started_the_bot_is_warned_in_private(
    server: Telegram, platform: TelegramPlatform, room: Room, posted: Json
) -> None:
    direct = server.direct(ALI)
    await platform.warn(notice(ref(SUPER, posted)))
    (shown,) = from_bot(direct)
    assert shown["text"] == "Please look <again>\n\nA label & more.\n\nProvision: 1"
    labels = [row[0]["text"] for row in shown["reply_markup"]["inline_keyboard"]]
    assert labels == ["Remove the message", "I am authorised", "This is wrong"]
    assert not from_bot(room)


async def test_the_same_notice_is_shown_once(server: Telegram, tmp_path: Path, posted: Json) -> None:
    direct = server.direct(ALI)
    platform = make_platform(server, tmp_path)
    await asyncio.gather(*(platform.warn(notice(ref(SUPER, posted))) for _ in range(3)))
    await make_platform(server, tmp_path).warn(notice(ref(SUPER, posted)))
    assert len(from_bot(direct)) == 1


async def test_what_was_sent_is_remembered_though_nobody_waited_for_it(
    server: Telegram, platform: TelegramPlatform, posted: Json
) -> None:
    direct = server.direct(ALI)
    warning = asyncio.create_task(platform.warn(notice(ref(SUPER, posted))))
    await server.until(lambda: server.asked("sendMessage"))
    warning.cancel()
    await platform.warn(notice(ref(SUPER, posted)))
    assert len(from_bot(direct)) == 1


async def test_an_end_in_the_middle_of_a_warning_doubles_nothing(
    server: Telegram, tmp_path: Path, posted: Json
) -> None:
    direct, platform = server.direct(ALI), make_platform(server, tmp_path)
    server.slow["sendMessage"] = asyncio.Event()
    async with running(platform, FakeInbox()) as run:
        warning = asyncio.create_task(platform.warn(notice(ref(SUPER, posted))))
        await server.until(lambda: from_bot(direct))
        warning.cancel()
        run.cancel()
        asyncio.get_running_loop().call_later(0.2, server.slow["sendMessage"].set)
    await make_platform(server, tmp_path).warn(notice(ref(SUPER, posted)))
    assert len(from_bot(direct)) == 1


@pytest.mark.parametrize("how", ["never started", "blocked"])
async def test_who_can_not_be_written_to_gets_a_short_reply_that_goes_away(
    server: Telegram, tmp_path: Path, room: Room, posted: Json, how: str
) -> None:
    if how == "blocked":
        server.direct(ALI)
        server.blocked.add(ALI["id"])
    platform = make_platform(server, tmp_path, public_notice_seconds=0.3)
    async with running(platform, FakeInbox()):
        assert not await platform.warn(notice(ref(SUPER, posted)))
        (reply,) = from_bot(room)
        assert reply["text"] == "[en] telegram-notice-in-chat person=Ali"
        (mention,) = reply["entities"]
        assert (mention["type"], mention["user"]["id"]) == ("text_mention", 501)
        assert reply["reply_to_message"]["message_id"] == posted["message_id"]
        (button,) = reply["reply_markup"]["inline_keyboard"][0]
        assert button["url"] == "https://t.me/raazdar_bot?start=notice"
        await server.until(lambda: not from_bot(room))
    assert posted["message_id"] in room.messages


async def test_the_short_reply_goes_away_after_a_restart(
    server: Telegram, tmp_path: Path, room: Room, posted: Json
) -> None:
    await make_platform(server, tmp_path, public_notice_seconds=0.1).warn(notice(ref(SUPER, posted)))
    assert from_bot(room)
    async with running(make_platform(server, tmp_path), FakeInbox()):
        await server.until(lambda: not from_bot(room))


async def test_who_starts_the_bot_later_gets_what_waited(
    server: Telegram, tmp_path: Path, room: Room, posted: Json
) -> None:
    await make_platform(server, tmp_path).warn(notice(ref(SUPER, posted)))
    inbox = FakeInbox()
    async with running(make_platform(server, tmp_path), inbox):
        direct = server.direct(ALI)
        await server.posts(direct, ALI, "/start notice")
        await server.until(lambda: from_bot(direct) and not from_bot(room))
        await server.presses(ALI, from_bot(direct)[0], "This is wrong")
        *_, answer = await heard(inbox, 2)
    assert (answer.choice, answer.ref) == (Choice.DISPUTE, ref(SUPER, posted))


@pytest.mark.parametrize("who", ["channel", "group", "bot that was heard", "bot", "bot itself", "Telegram"])
async def test_who_can_never_read_a_warning_gets_none_and_no_hint(
    server: Telegram, tmp_path: Path, room: Room, who: str
) -> None:
    other = user(9, "News", is_bot=True)
    authors = {"channel": CHANNEL, "group": SUPER, "bot itself": BOT["id"], "Telegram": 777000}
    platform = make_platform(server, tmp_path)
    async with running(platform, FakeInbox()):
        posted = await server.posts(room, other if who == "bot that was heard" else ALI, "x")
        await server.confirmed()
        server.bots.update({9, BOT["id"]})
        one = notice(ref(SUPER, posted), author=str(authors.get(who, 9)))
        for _ in range(2):
            with pytest.raises(PlatformRefused, match="reads no warnings"):
                await platform.warn(one)
    assert not from_bot(room)
    assert len(server.asked("sendMessage")) == (who in {"bot", "bot itself"})


async def test_whether_the_author_has_it_is_told_again_as_it_is(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox, room: Room, posted: Json
) -> None:
    assert not await platform.warn(notice(ref(SUPER, posted)))
    assert not await platform.warn(notice(ref(SUPER, posted)))
    direct = server.direct(ALI)
    await server.posts(direct, ALI, "/start notice")
    await server.until(lambda: from_bot(direct))
    await server.confirmed()
    assert await platform.warn(notice(ref(SUPER, posted)))
    assert await platform.warn(notice(ref(SUPER, posted), "k2"))


async def test_a_name_in_a_hint_is_no_markup(
    server: Telegram, platform: TelegramPlatform, room: Room, posted: Json
) -> None:
    named = replace(notice(ref(SUPER, posted)), author=Person("501", "<b>Ali</b> & {x}"))
    await platform.warn(named)
    assert from_bot(room)[0]["text"].endswith("person=<b>Ali</b> & {x}")


async def test_the_notice_of_a_message_that_is_gone_waits_too(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox, room: Room, posted: Json
) -> None:
    del room.messages[posted["message_id"]]
    assert not await platform.warn(notice(ref(SUPER, posted)))
    assert "person=Ali" in from_bot(room)[0]["text"]
    direct = server.direct(ALI)
    await server.posts(direct, ALI, "/start")
    await server.confirmed()
    assert [one["text"].split("\n")[0] for one in from_bot(direct)] == ["Please look <again>"]


async def test_who_starts_the_bot_for_nothing_is_greeted(server: Telegram, inbox: FakeInbox) -> None:
    direct = server.direct(SANA)
    await server.posts(direct, SANA, "/start")
    await server.until(lambda: from_bot(direct))
    assert from_bot(direct)[0]["text"] == "[en] telegram-hello"
    assert not inbox.events


@pytest.mark.parametrize(
    ("label", "choice"), [("Remove the message", Choice.REMOVE), ("This is wrong", Choice.DISPUTE)]
)
async def test_a_press_is_an_answer_also_after_a_restart(
    server: Telegram, tmp_path: Path, posted: Json, label: str, choice: Choice
) -> None:
    direct = server.direct(ALI)
    await make_platform(server, tmp_path).warn(notice(ref(SUPER, posted)))
    inbox = FakeInbox()
    async with running(make_platform(server, tmp_path), inbox):
        await server.presses(ALI, from_bot(direct)[0], label)
        _, answer = await heard(inbox, 2)
        await server.confirmed()
    assert isinstance(answer, Answer)
    assert (answer.ref, answer.by) == (ref(SUPER, posted), Person("501", "Ali Raza"))
    assert answer.choice is choice
    (shown,) = from_bot(direct)
    assert "reply_markup" not in shown
    assert shown["text"].endswith(f"[en] telegram-answered answer={label}")
    assert not server.presses_open


async def test_who_is_authorised_is_asked_for_the_letter(
    server: Telegram, tmp_path: Path, posted: Json
) -> None:
    direct = server.direct(ALI)
    inbox, platform = FakeInbox(), make_platform(server, tmp_path)
    async with running(platform, inbox):
        await platform.warn(notice(ref(SUPER, posted)))
        await server.presses(ALI, from_bot(direct)[0], "I am authorised")
        await server.until(lambda: len(from_bot(direct)) == 2)
        await server.confirmed()
    prompt = from_bot(direct)[1]
    async with running(make_platform(server, tmp_path), inbox):
        letter = await server.posts(direct, ALI, " F.4(1)/2026 ", reply_to=prompt)
        *_, answer = await heard(inbox, 2)
        await server.confirmed()
    assert (answer.choice, answer.letter) == (Choice.AUTHORISED, "F.4(1)/2026")
    assert answer.at.timestamp() == letter["date"]
    assert from_bot(direct)[-1]["text"] == "[en] thanks-authorised"


async def test_a_letter_counts_without_pressing_reply(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox, posted: Json
) -> None:
    direct = server.direct(ALI)
    await platform.warn(notice(ref(SUPER, posted)))
    await server.presses(ALI, from_bot(direct)[0], "I am authorised")
    await server.until(lambda: len(from_bot(direct)) == 2)
    await server.posts(direct, ALI, "12/2026")
    *_, answer = await heard(inbox, 2)
    assert answer.letter == "12/2026"


async def test_a_letter_that_is_told_again_answers_no_other_question(
    server: Telegram, tmp_path: Path, room: Room, posted: Json
) -> None:
    direct, inbox, platform = server.direct(ALI), FakeInbox(), make_platform(server, tmp_path)
    async with running(platform, inbox):
        other = await server.posts(room, ALI, "something else")
        for number, one in enumerate((posted, other)):
            await platform.warn(notice(ref(SUPER, one), f"k{number}"))
            await server.presses(ALI, from_bot(direct)[-1], "I am authorised")
            await server.confirmed()
        await server.posts(direct, ALI, "F.4(1)/2026")
        told = list(server.queue)
        await server.confirmed()
    server.queue = told
    async with running(make_platform(server, tmp_path), inbox):
        await server.confirmed()
    assert [one.ref for one in inbox.events if isinstance(one, Answer)] == [ref(SUPER, other)]


async def test_only_the_author_may_answer(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox, posted: Json
) -> None:
    direct = server.direct(ALI)
    await platform.warn(notice(ref(SUPER, posted)))
    await server.presses(SANA, from_bot(direct)[0], "Remove the message")
    await server.until(lambda: server.shown_answers)
    assert server.shown_answers[0]["text"] == "[en] notice-not-yours"
    assert len(inbox.events) == 1


async def test_a_press_that_is_told_twice_is_one_answer(
    server: Telegram, tmp_path: Path, posted: Json
) -> None:
    direct = server.direct(ALI)

    class Crash(Exception):
        pass

    class DyingInbox(FakeInbox):
        async def put(self, event: Any) -> bool:
            await super().put(event)
            if isinstance(event, Answer):
                raise Crash
            return True

    platform, before, after = make_platform(server, tmp_path), DyingInbox(), FakeInbox()
    await platform.warn(notice(ref(SUPER, posted)))
    await server.presses(ALI, from_bot(direct)[0], "Remove the message")
    with pytest.raises(Crash):
        await platform.run(before, FakeDesk())
    async with running(make_platform(server, tmp_path), after):
        await server.confirmed()
    assert after.events[-1] == before.events[-1]


async def test_how_it_ended_takes_the_place_of_the_notice(
    server: Telegram, tmp_path: Path, posted: Json
) -> None:
    direct = server.direct(ALI)
    await make_platform(server, tmp_path).warn(notice(ref(SUPER, posted)))
    platform = make_platform(server, tmp_path)
    for _ in range(2):
        await platform.warn(notice(ref(SUPER, posted), "k2", ending=True))
    (shown,) = from_bot(direct)
    assert shown["text"].startswith("It is over")
    assert "reply_markup" not in shown
    assert len(server.asked("sendMessage")) == len(server.asked("editMessageText")) == 1


async def test_where_the_notice_was_deleted_the_ending_is_sent(
    server: Telegram, platform: TelegramPlatform, posted: Json
) -> None:
    direct = server.direct(ALI)
    await platform.warn(notice(ref(SUPER, posted)))
    direct.messages.clear()
    await platform.warn(notice(ref(SUPER, posted), "k2", ending=True))
    assert from_bot(direct)[0]["text"].startswith("It is over")


async def test_a_later_warning_takes_the_place_of_the_earlier(
    server: Telegram, platform: TelegramPlatform, posted: Json
) -> None:
    direct = server.direct(ALI)
    await platform.warn(notice(ref(SUPER, posted)))
    await platform.warn(notice(ref(SUPER, posted), "k2"))
    assert len(server.asked("sendMessage")) == 2
    assert len(from_bot(direct)) == 1


async def test_who_can_not_be_reached_is_told_the_ending_only_when_he_asks(
    server: Telegram, platform: TelegramPlatform, inbox: FakeInbox, room: Room, posted: Json
) -> None:
    await platform.warn(notice(ref(SUPER, posted)))
    await platform.warn(notice(ref(SUPER, posted), "k2", ending=True))
    await server.until(lambda: not from_bot(room))
    direct = server.direct(ALI)
    await server.posts(direct, ALI, "/start")
    await server.until(lambda: from_bot(direct))
    await server.confirmed()
    assert [one["text"].split("\n")[0] for one in from_bot(direct)] == ["It is over"]


async def test_an_author_in_a_topic_is_answered_in_it(
    server: Telegram, platform: TelegramPlatform, room: Room
) -> None:
    posted = await server.posts(room, ALI, "x", message_thread_id=40, is_topic_message=True)
    await platform.warn(notice(ref(SUPER, posted)))
    assert from_bot(room)[0]["message_thread_id"] == 40


async def test_where_nothing_may_be_written_the_warning_is_refused(
    server: Telegram, platform: TelegramPlatform, room: Room, posted: Json
) -> None:
    room.may_write = False
    with pytest.raises(PlatformRefused, match="make it an administrator"):
        await platform.warn(notice(ref(SUPER, posted)))


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        (ApiError(429, "Too Many Requests: retry after 17", retry_after=17), 17),
        (ApiError(502, "Bad Gateway"), None),
        ("drop", None),
    ],
)
async def test_what_may_work_later_is_told_so_and_works_later(
    server: Telegram, platform: TelegramPlatform, posted: Json, fault: ApiError | str, wait: float | None
) -> None:
    direct = server.direct(ALI)
    server.faults["sendMessage"].append(fault)
    with pytest.raises(PlatformUnavailable) as later:
        await platform.warn(notice(ref(SUPER, posted)))
    assert later.value.retry_after == wait
    await platform.warn(notice(ref(SUPER, posted)))
    assert len(from_bot(direct)) == 1
