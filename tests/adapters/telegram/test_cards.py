"""Cases in the moderators' chat: one card each, kept up to date, with buttons that need no memory."""

import asyncio
from pathlib import Path

import pytest

from adapters.telegram import cards
from adapters.telegram.platform import TelegramPlatform
from bot.model import CardChoice, ChatRef, MessageRef, Person, Press, Reply, Severity
from tests.adapters.fake_inbox import FakeInbox
from tests.adapters.telegram.rig import (
    ALI,
    GROUP,
    MODERATORS,
    SANA,
    card,
    make_platform,
    running,
)
from tests.fakes.desk import FakeDesk
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import ApiError, Json, Room


@pytest.fixture
def room(server: Telegram) -> Room:
    room = server.supergroup(MODERATORS)
    room.members[SANA["id"]] = "administrator"
    return room


def labels(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


@pytest.mark.parametrize("choice", CardChoice)
def test_a_button_says_all_and_fits(choice: CardChoice) -> None:
    data = cards.button_data(10**15, choice)
    assert len(data.encode()) <= 64
    assert cards.read_button(data) == (10**15, choice)


@pytest.mark.parametrize("data", ["", "k", "k:a", "k:a:", "k:z:7", "k:a:-7", "k:a:7:8", "w:a:7", "k:a:٣"])
def test_a_button_of_something_else_is_none_of_a_card(data: str) -> None:
    assert cards.read_button(data) is None


async def test_a_card_says_what_it_is_about(platform: TelegramPlatform, room: Room) -> None:
    await platform.escalate(card())
    (shown,) = room.messages.values()
    assert shown["text"] == (
        "🟠 Case 7: Budget & more · [en] severity-high\n\nAli: a <label>.\n\n"
        "[en] telegram-message-link link=https://t.me/c/1111111111/57\n\nhttp://127.0.0.1:8710/cases/7"
    )
    assert labels(shown) == ["I take it", "Leak"]


async def test_a_card_that_is_shown_for_the_first_time_starts_with_its_news(
    server: Telegram, platform: TelegramPlatform, room: Room
) -> None:
    news = "Sana <s> passed this case up to you."
    await platform.escalate(card(news=news))
    await platform.escalate(card("c2", case=8, news="A <label>."))
    first, second = room.messages.values()
    assert first["text"].startswith(f"{news}\n\n🟠 Case 7")
    assert second["text"].startswith("🟠 Case 8"), "what stands in it need not be said twice"


@pytest.mark.parametrize(
    "target", [None, MessageRef("telegram", str(GROUP), "5"), MessageRef("discord", "1", "2")]
)
async def test_where_messages_have_no_address_none_is_shown(
    platform: TelegramPlatform, room: Room, target: MessageRef | None
) -> None:
    await platform.escalate(card(ref=target))
    (shown,) = room.messages.values()
    assert "t.me" not in shown["text"]


async def test_a_case_has_one_card_that_is_brought_up_to_date(
    server: Telegram, tmp_path: Path, room: Room
) -> None:
    await make_platform(server, tmp_path).escalate(card())
    platform = make_platform(server, tmp_path)
    await platform.escalate(card())
    later = {"body": "Taken.", "severity": Severity.CRITICAL, "choices": ()}
    await platform.escalate(card("c2", revision=2, **later))
    (shown,) = room.messages.values()
    assert shown["text"].startswith("🔴 Case 7")
    assert "Taken." in shown["text"]
    assert labels(shown) == []
    await platform.escalate(card("c3", case=8))
    assert len(room.messages) == 2


async def test_news_reply_to_the_card_once(server: Telegram, tmp_path: Path, room: Room) -> None:
    await make_platform(server, tmp_path).escalate(card())
    for _ in range(2):
        await make_platform(server, tmp_path).escalate(card("c2", revision=2, news="An edit <b>."))
    shown, news = room.messages.values()
    assert news["text"] == "An edit <b>."
    assert news["reply_to_message"]["message_id"] == shown["message_id"]
    assert labels(news) == []


async def test_what_is_out_of_date_overwrites_nothing(platform: TelegramPlatform, room: Room) -> None:
    await platform.escalate(card(revision=5, body="new"))
    await platform.escalate(card("c2", revision=4, body="old"))
    (shown,) = room.messages.values()
    assert "new" in shown["text"]


async def test_a_card_that_says_the_same_is_fine(platform: TelegramPlatform, room: Room) -> None:
    await platform.escalate(card())
    await platform.escalate(card("c2", revision=2))
    assert len(room.messages) == 1


async def test_cards_of_one_case_at_the_same_time_are_one(platform: TelegramPlatform, room: Room) -> None:
    await asyncio.gather(*(platform.escalate(card(f"c{n}", revision=n)) for n in range(4)))
    assert len(room.messages) == 1


async def test_a_card_that_was_deleted_is_shown_anew_with_the_news(
    platform: TelegramPlatform, room: Room
) -> None:
    await platform.escalate(card())
    room.messages.clear()
    await platform.escalate(card("c2", revision=2, news="news"))
    (shown,) = room.messages.values()
    assert shown["text"].startswith("news\n\n🟠 Case 7")


async def test_moderators_are_followed_when_their_group_moves(
    server: Telegram, platform: TelegramPlatform
) -> None:
    room = server.group(MODERATORS)
    await platform.escalate(card())
    new = await server.becomes_supergroup(room, -1008888888888)
    await platform.escalate(card("c2", revision=2))
    await platform.escalate(card("c3", revision=3, body="later"))
    *_, shown = new.messages.values()
    assert "later" in shown["text"]


async def test_a_press_goes_to_the_desk_also_after_a_restart(
    server: Telegram, tmp_path: Path, room: Room
) -> None:
    await make_platform(server, tmp_path).escalate(card())
    desk, (shown,) = FakeDesk(), room.messages.values()
    async with running(make_platform(server, tmp_path), FakeInbox(), desk):
        press = await server.presses(SANA, shown, "Leak")
        await server.confirmed()
    (told,) = desk.presses
    moderators = ChatRef("telegram", str(MODERATORS))
    assert told == Press(press, 7, moderators, told.at, Person("502", "Sana"), CardChoice.LEAK, True)
    (answer,) = server.shown_answers
    assert answer["text"] == "Noted."
    assert "show_alert" not in answer


@pytest.mark.parametrize("status", [None, "left", "kicked"])
async def test_who_does_not_belong_to_the_chat_is_told_so(
    server: Telegram, tmp_path: Path, room: Room, status: str | None
) -> None:
    await (platform := make_platform(server, tmp_path)).escalate(card())
    desk, (shown,) = FakeDesk(), room.messages.values()
    desk.reply = Reply("Only moderators." + "x" * 300)
    if status:
        room.members[ALI["id"]] = status
    async with running(platform, FakeInbox(), desk):
        await server.presses(ALI, shown, "Leak")
        await server.confirmed()
    assert [press.is_member for press in desk.presses] == [False]
    (answer,) = server.shown_answers
    assert answer["show_alert"]
    assert len(answer["text"]) == 200


async def test_where_nobody_can_say_who_belongs_there_nothing_is_handed_over(
    server: Telegram, tmp_path: Path, room: Room
) -> None:
    await (platform := make_platform(server, tmp_path)).escalate(card())
    desk, (shown,) = FakeDesk(), room.messages.values()
    server.faults["getChatMember"].append(ApiError(400, "Bad Request: CHAT_ADMIN_REQUIRED"))
    async with running(platform, FakeInbox(), desk):
        await server.presses(SANA, shown, "Leak")
        await server.confirmed()
    assert not desk.presses
    assert server.shown_answers[0]["text"] == "[en] try-again"


async def test_a_press_that_is_told_again_is_taken_once(server: Telegram, tmp_path: Path, room: Room) -> None:
    await make_platform(server, tmp_path).escalate(card())
    desk, (shown,) = FakeDesk(), room.messages.values()
    async with running(make_platform(server, tmp_path), FakeInbox(), desk):
        await server.presses(SANA, shown, "Leak")
        told = list(server.queue)
        await server.confirmed()
    server.queue = told
    async with running(make_platform(server, tmp_path), FakeInbox(), desk):
        await server.confirmed()
    assert len(desk.presses) == 1
