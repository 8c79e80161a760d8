"""A case's card stands once in the moderators' channel, is brought up to date there, and can be pressed."""

from typing import Any

import pytest

from bot.model import CardChoice, MessageRef, Person, Reply
from bot.ports import PlatformForbidden
from tests.adapters.discord.playing import Play, button, card, has, response, until
from tests.adapters.fake_inbox import FakeInbox
from tests.platforms.discord.world import DIRECT_MESSAGES, SEND_MESSAGES, Payload

CHOICES = ((CardChoice.ACKNOWLEDGE, "I take it"), (CardChoice.FALSE_ALARM, "False alarm"))


@pytest.fixture
def channel(play: Play) -> str:
    play.moderators = play.world.channel("moderators")
    return play.moderators


def labels(message: Payload) -> list[str]:
    return [one["label"] for row in message["components"] for one in row["components"]]


async def shown(play: Play, channel: str, **more: Any) -> Payload:
    async with play.running() as platform:
        await platform.escalate(card(channel, choices=CHOICES, **more))
    (found,) = play.world.sent_to(channel)
    return found


async def test_a_later_card_takes_the_place_of_the_first_also_after_a_restart(
    play: Play, channel: str
) -> None:
    first = await shown(play, channel)
    assert labels(first) == ["I take it", "False alarm"]
    async with play.running() as platform:
        await platform.escalate(card(channel, "c2", revision=2, body="Taken.", choices=CHOICES[1:]))
        await platform.escalate(card(channel, "c2", revision=2, body="Taken.", choices=CHOICES[1:]))
    (now,) = play.world.sent_to(channel)
    assert now["id"] == first["id"]
    assert "Taken." in now["embeds"][0]["description"]
    assert labels(now) == ["False alarm"]
    async with play.running() as platform:
        await platform.escalate(card(channel, "c3", revision=3, body="Closed."))
    assert labels(now) == []


async def test_an_older_card_overwrites_nothing(play: Play, channel: str) -> None:
    await shown(play, channel, revision=5)
    async with play.running() as platform:
        await platform.escalate(card(channel, "c0", revision=4, body="Long ago."))
        await platform.escalate(card(channel, "c5", revision=5, body="The same time."))
    (now,) = play.world.sent_to(channel)
    assert "The same time." in now["embeds"][0]["description"]


async def test_news_answer_the_card_that_was_there_before(play: Play, channel: str) -> None:
    first = await shown(play, channel, news="A new case: *why*.")
    assert first["content"] == r"A new case: \*why\*."
    async with play.running() as platform:
        for _ in range(2):
            await platform.escalate(
                card(channel, "c2", revision=2, news="Somebody *said* @everyone.", choices=CHOICES)
            )
    now, news = play.world.sent_to(channel)
    assert now["id"] == first["id"]
    assert news["message_reference"]["message_id"] == first["id"]
    assert news["content"] == r"Somebody \*said\* \@everyone."
    assert news["allowed_mentions"]["parse"] == []
    assert news["components"] == []


async def test_a_card_that_somebody_deleted_is_shown_anew(play: Play, channel: str) -> None:
    first = await shown(play, channel)
    play.world.delete(first)
    second = await shown(play, channel, key="c2", revision=2, news="Something new.")
    assert second["id"] != first["id"]
    third = await shown(play, channel, key="c3", revision=3, body="Later.")
    assert third["id"] == second["id"]


async def test_a_card_leads_to_the_message_and_to_the_console(
    play: Play, channel: str, inbox: FakeInbox
) -> None:
    message = play.world.post(play.ali, play.world.general, "x")
    async with play.running(inbox) as platform:
        play.world.post(play.ali, play.world.general, "a sign that the server is there")
        await has(inbox, 1)
        await platform.escalate(
            card(channel, ref=MessageRef("discord", message["channel_id"], message["id"]))
        )
    (found,) = play.world.sent_to(channel)
    text = found["embeds"][0]["description"]
    link = f"https://discord.com/channels/{play.world.guild}/{message['channel_id']}/{message['id']}"
    assert f"[en] discord-message: {link}" in text
    assert "[en] card-console: http://127.0.0.1:8710/cases/7" in text


async def test_a_case_about_a_message_in_a_thread_that_was_put_away_leads_to_it(
    play: Play, channel: str, inbox: FakeInbox
) -> None:
    async with play.running(inbox):
        thread = play.world.thread(play.world.general, "old talk", play.ali)
        message = play.world.post(play.ali, thread, "x")
        await has(inbox, 1)
    play.world.archive(thread)
    async with play.running(later := FakeInbox()) as platform:
        play.world.post(play.ali, play.world.general, "a sign that the server is there")
        await has(later, 1)
        await platform.escalate(card(channel, ref=MessageRef("discord", thread, message["id"])))
    (found,) = play.world.sent_to(channel)
    assert f"/channels/{play.world.guild}/{thread}/{message['id']}" in found["embeds"][0]["description"]


async def test_a_case_about_a_message_elsewhere_has_no_link_to_it(play: Play, channel: str) -> None:
    async with play.running() as platform:
        await platform.escalate(card(channel, ref=MessageRef("telegram", "-1001234", "5")))
    assert "discord-message" not in str(play.world.sent_to(channel))


async def test_without_permission_it_is_said_which(play: Play, channel: str) -> None:
    async with play.running() as platform:
        play.world.forbid(channel, SEND_MESSAGES)
        with pytest.raises(PlatformForbidden, match="Send Messages"):
            await platform.escalate(card(channel))


async def test_a_press_is_brought_to_the_desk_and_answered_in_private(play: Play, channel: str) -> None:
    nadia = play.world.person("nadia", "Nadia Khan")
    play.world.shut(channel, nadia)
    message = await shown(play, channel)
    play.desk.reply = Reply("Noted: I take it.")
    async with play.running():
        pressed = play.world.press(nadia, message, button(message))
        said = await response(pressed)
    (press,) = play.desk.presses
    assert (press.case, press.choice, press.chat.id) == (7, CardChoice.ACKNOWLEDGE, channel)
    assert press.by == Person(nadia.id, "Nadia Khan")
    assert press.id in play.world.interactions
    assert press.is_member
    assert said["type"] == 4
    assert said["data"]["content"] == "Noted: I take it."
    assert said["data"]["flags"] & 64


async def test_who_does_not_see_the_channel_is_no_member(play: Play, channel: str) -> None:
    message = await shown(play, channel)
    play.world.shut(channel)
    async with play.running():
        await response(play.world.press(play.ali, message, button(message)))
    assert [press.is_member for press in play.desk.presses] == [False]


async def test_a_card_s_button_elsewhere_is_not_pressed_by_a_member(play: Play, channel: str) -> None:
    id_ = button(await shown(play, channel))
    elsewhere = play.world.post(play.ali, play.world.general, "a copy")
    direct = play.world.post(play.world.bot, play.world.dm(play.ali), "a copy")
    async with play.running():
        for copy in (elsewhere, direct):
            await response(play.world.press(play.ali, copy, id_))
    assert [press.is_member for press in play.desk.presses] == [False, False]


async def test_where_discord_does_not_say_where_nothing_is_handed_over(play: Play, channel: str) -> None:
    message = await shown(play, channel)

    def forgetful(event: str, data: Payload, intent: int) -> None:
        for key in ("channel", "channel_id"):
            data.pop(key, None)
        play.server.gateway.tell(event, data, intent)

    async with play.running():
        play.world.listeners[:] = [forgetful]
        said = await response(play.world.press(play.ali, message, button(message)))
    assert said["data"]["content"] == "[en] try-again"
    assert play.desk.presses == []


async def test_what_is_written_to_the_bot_is_not_even_asked_for(play: Play, channel: str) -> None:
    async with play.running():
        await until(lambda: play.server.gateway.sessions)
    sessions = [*play.server.gateway.sessions.values()]
    assert not any(session.intents & DIRECT_MESSAGES for session in sessions)
