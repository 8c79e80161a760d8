"""Authors are told in private, once, and may answer; also after a restart."""

from dataclasses import replace
from typing import Any

import pytest

from adapters.discord import drawing
from bot.model import Answer, Choice, Person
from bot.ports import PlatformRefused, PlatformUnavailable
from tests.adapters.discord.playing import CHOICES, Play, button, has, ref, response, until
from tests.adapters.fake_inbox import FakeInbox
from tests.platforms.discord.world import SEND_MESSAGES, Payload


@pytest.fixture
def message(play: Play) -> Payload:
    return play.world.post(play.ali, play.world.general, "the text of the leak")


async def test_the_author_is_told_in_a_direct_message(play: Play, message: Payload) -> None:
    async with play.running() as platform:
        assert await platform.warn(play.notice(message)) is True
        assert await platform.warn(play.notice(message)) is True
    (told,) = play.notices()
    (embed,) = told["embeds"]
    assert embed["title"] == "Please look at this message again"
    assert "A label was seen." in embed["description"]
    assert "Provision: rule 1" in embed["description"]
    labels = [one["label"] for one in told["components"][0]["components"]]
    assert labels == [label for _, label in CHOICES]
    assert "the text of the leak" not in str(play.server.rest.asked("POST", "/messages"))


async def test_the_notice_leads_to_the_message(play: Play, message: Payload) -> None:
    inbox = FakeInbox()
    async with play.running(inbox) as platform:
        play.world.post(play.ali, play.world.general, "a sign that the server is there")
        await has(inbox, 1)
        await platform.warn(play.notice(message))
    (told,) = play.notices()
    link = f"/channels/{play.world.guild}/{message['channel_id']}/{message['id']}"
    assert link in told["embeds"][0]["description"]


async def test_the_same_key_is_told_once_also_after_a_restart(play: Play, message: Payload) -> None:
    for _ in range(2):
        async with play.running() as platform:
            await platform.warn(play.notice(message))
            await platform.warn(play.notice(message))
    assert len(play.notices()) == 1
    assert len(play.server.rest.asked("POST", "/messages")) == 1


async def test_a_lost_answer_of_discord_s_does_not_tell_twice(play: Play, message: Payload) -> None:
    play.server.rest.fail("POST", r"/messages$", 503, {"message": "down", "code": 0}, after=True)
    async with play.running() as platform:
        with pytest.raises(PlatformUnavailable):
            await platform.warn(play.notice(message))
        await platform.warn(play.notice(message))
    assert len(play.notices()) == 1


@pytest.mark.parametrize(("number", "choice"), [(0, Choice.REMOVE), (2, Choice.DISPUTE)])
async def test_a_press_is_an_answer(
    play: Play, message: Payload, inbox: FakeInbox, number: int, choice: Choice
) -> None:
    async with play.running(inbox) as platform:
        await platform.warn(play.notice(message))
        (told,) = play.notices()
        pressed = play.world.press(play.ali, told, button(told, number))
        (answer,) = [one for one in await has(inbox, 1) if isinstance(one, Answer)]
        shown = await response(pressed)
    assert (answer.ref, answer.choice, answer.letter) == (ref(message), choice, "")
    assert answer.by == Person(play.ali.id, "Ali Raza")
    assert shown["type"] == 7
    assert shown["data"]["components"] == []
    assert f"[en] thanks-{choice}" in str(told["embeds"])
    assert told["embeds"][0]["title"] == "Please look at this message again"


async def test_buttons_work_after_a_restart_with_a_new_memory(
    play: Play, message: Payload, inbox: FakeInbox
) -> None:
    async with play.running() as platform:
        await platform.warn(play.notice(message))
    (told,) = play.notices()
    (play.data / "discord.db").unlink()
    async with play.running(inbox):
        play.world.press(play.ali, told, button(told))
        (answer,) = await has(inbox, 1)
    assert isinstance(answer, Answer)
    assert answer.ref == ref(message)


async def test_who_is_authorised_is_asked_for_the_letter(
    play: Play, message: Payload, inbox: FakeInbox
) -> None:
    async with play.running(inbox) as platform:
        await platform.warn(play.notice(message))
        (told,) = play.notices()
        modal = await response(play.world.press(play.ali, told, button(told, 1)))
        assert modal["type"] == 9
        assert inbox.events == []
        sent = play.world.submit(play.ali, told, modal["data"], "  F.4(12)/2025 ")
        (answer,) = await has(inbox, 1)
        assert (await response(sent))["type"] == 7
    assert isinstance(answer, Answer)
    assert (answer.choice, answer.letter) == (Choice.AUTHORISED, "F.4(12)/2025")


async def test_a_press_by_somebody_else_is_refused(play: Play, message: Payload, inbox: FakeInbox) -> None:
    stranger = play.world.person("other", "Other")
    async with play.running(inbox) as platform:
        await platform.warn(play.notice(message))
        (told,) = play.notices()
        shown = await response(play.world.press(stranger, told, button(told)))
    assert shown["data"]["content"] == "[en] notice-not-yours"
    assert shown["data"]["flags"] & 64
    (tried,) = inbox.events
    assert isinstance(tried, Answer), "the product refuses it, and keeps that somebody tried"
    assert (tried.ref, tried.by.id, tried.choice) == (ref(message), stranger.id, Choice.REMOVE)
    assert play.notices()[0]["components"], "the author may still answer"


async def test_a_button_that_nobody_knows_any_more_is_answered(play: Play, message: Payload) -> None:
    async with play.running():
        shown = await response(play.world.press(play.ali, message, "an-older-version:1"))
    assert shown["data"]["content"] == "[en] notice-gone"
    assert shown["data"]["flags"] & 64


async def test_a_press_that_can_t_be_kept_is_told(play: Play, message: Payload) -> None:
    full = FakeInbox(fail_at=0)
    platform = play.platform()
    with pytest.raises(OSError, match="the disk is full"):
        await pressing_at(play, platform, full, message)
    (pressed,) = play.world.interactions.values()
    assert pressed["response"]["data"]["content"] == "[en] try-again"


async def pressing_at(play: Play, platform: Any, inbox: FakeInbox, message: Payload) -> None:
    async with play.running(inbox, platform):
        await platform.warn(play.notice(message))
        (told,) = play.notices()
        play.world.press(play.ali, told, button(told))
        await until(lambda: platform._client is None)


async def test_how_it_ended_takes_the_notice_s_place(play: Play, message: Payload) -> None:
    ending = play.notice(message, "k2", title="It is in order", body="Thanks.", provision="", choices=())
    async with play.running() as platform:
        await platform.warn(play.notice(message))
    async with play.running() as platform:
        await platform.warn(ending)
        await platform.warn(ending)
    (told,) = play.notices()
    assert told["embeds"][0]["title"] == "It is in order"
    assert told["components"] == []
    assert len(play.server.rest.asked("PATCH", "/messages")) == 1


async def test_a_new_warning_takes_the_old_one_s_place_where_it_is_noticed(
    play: Play, message: Payload
) -> None:
    async with play.running() as platform:
        await platform.warn(play.notice(message))
        (first,) = play.notices()
        await platform.warn(play.notice(message, "k2", body="Now it is worse."))
    (told,) = play.notices()
    assert told["id"] != first["id"]
    assert "Now it is worse." in told["embeds"][0]["description"]


async def test_an_ending_whose_notice_was_deleted_is_told_anew(play: Play, message: Payload) -> None:
    async with play.running() as platform:
        await platform.warn(play.notice(message))
        play.world.delete(play.notices()[0])
        await platform.warn(play.notice(message, "k2", title="Over", choices=()))
    assert [told["embeds"][0]["title"] for told in play.notices()] == ["Over"]


async def test_who_takes_no_direct_messages_finds_the_notice_behind_a_button(
    play: Play, message: Payload, inbox: FakeInbox
) -> None:
    play.ali.takes_messages = False
    async with play.running(inbox) as platform:
        assert await platform.warn(play.notice(message)) is False
        assert await platform.warn(play.notice(message)) is False
        (reply,) = play.world.sent_to(play.world.general)
        assert "A label" not in str(reply)
        assert reply["embeds"] == []
        assert reply["message_reference"]["message_id"] == message["id"]
        assert reply["allowed_mentions"]["users"] == [int(play.ali.id)]

        stranger = play.world.person("other", "Other")
        refused = await response(play.world.press(stranger, reply, button(reply)))
        assert refused["data"]["content"] == "[en] notice-not-yours"

        opening = play.world.press(play.ali, reply, button(reply))
        opened = await response(opening)
        assert opened["data"]["flags"] & 64
        assert "A label was seen." in opened["data"]["embeds"][0]["description"]
        await until(lambda: not play.world.sent_to(play.world.general))

        play.world.press(play.ali, opening["shown"], button(opening["shown"]))
        (answer,) = await has(inbox, 1)
    assert isinstance(answer, Answer)
    assert (answer.choice, answer.ref) == (Choice.REMOVE, ref(message))


async def test_the_public_reply_goes_by_itself_also_after_a_restart(play: Play, message: Payload) -> None:
    play.ali.takes_messages = False
    inbox = FakeInbox()
    async with play.running(inbox, play.platform(reply_seconds=1)) as platform:
        await platform.warn(play.notice(message))
    assert len(play.world.sent_to(play.world.general)) == 1
    async with play.running(inbox):
        await until(lambda: not play.world.sent_to(play.world.general))
    assert inbox.events == []


async def test_an_ending_leaves_no_second_hint_and_stands_behind_the_first(
    play: Play, message: Payload
) -> None:
    play.ali.takes_messages = False
    async with play.running() as platform:
        await platform.warn(play.notice(message))
        ending = play.notice(message, "k2", title="It is over", choices=())
        assert await platform.warn(ending) is False
        assert await platform.warn(ending) is False
        (hint,) = play.world.sent_to(play.world.general)
        opened = await response(play.world.press(play.ali, hint, button(hint)))
        assert opened["data"]["embeds"][0]["title"] == "It is over"
        play.ali.takes_messages = True
        assert await platform.warn(ending) is True
        assert await platform.warn(ending) is True
    assert len(play.notices()) == 1


async def test_an_ending_that_nobody_can_be_shown_is_not_remembered_as_said(
    play: Play, message: Payload
) -> None:
    play.ali.takes_messages = False
    async with play.running() as platform:
        assert await platform.warn(play.notice(message, choices=())) is False
        assert play.world.sent_to(play.world.general) == []
        play.ali.takes_messages = True
        assert await platform.warn(play.notice(message, choices=())) is True
    assert len(play.notices()) == 1


async def test_where_nothing_can_be_said_a_person_hears_of_it(play: Play, message: Payload) -> None:
    play.ali.takes_messages = False
    play.world.forbid(play.world.general, SEND_MESSAGES)
    async with play.running() as platform:
        with pytest.raises(PlatformRefused, match="permission Send Messages"):
            await platform.warn(play.notice(message))
        play.world.forbid(play.world.general, 0)
        await platform.warn(play.notice(message))


@pytest.mark.parametrize("webhook", [None, "News desk"])
async def test_bots_and_webhooks_can_t_be_told(play: Play, webhook: str | None) -> None:
    helper = play.world.person("helper", "Helper", bot=True)
    message = play.world.post(helper, play.world.general, "x", webhook=webhook)
    async with play.running() as platform:
        with pytest.raises(PlatformRefused, match="reads no warnings"):
            await platform.warn(play.notice(message))


@pytest.mark.parametrize("webhook", [None, "News desk"])
async def test_a_program_that_was_heard_is_not_even_tried_also_after_a_restart(
    play: Play, inbox: FakeInbox, webhook: str | None
) -> None:
    async with play.running(inbox):
        helper = play.world.person("helper", "Helper", bot=True)
        message = play.world.post(helper, play.world.general, "x", webhook=webhook)
        await has(inbox, 1)
    async with play.running() as platform:
        with pytest.raises(PlatformRefused, match="reads no warnings"):
            await platform.warn(play.notice(message))
    assert play.server.rest.asked("POST", "/users/@me/channels") == []
    assert play.world.sent_to(play.world.general) == []


async def test_before_the_bot_runs_nothing_can_be_told(play: Play, message: Payload) -> None:
    with pytest.raises(PlatformUnavailable) as unavailable:
        await play.platform().warn(play.notice(message))
    assert unavailable.value.retry_after


def test_the_longest_words_still_fit(play: Play, message: Payload) -> None:
    notice = play.notice(
        message, title="t" * 999, body="b" * 9999, provision="p" * 9999, choices=((Choice.REMOVE, "l" * 99),)
    )
    embed = drawing.notice_embed(replace(notice), "https://discord.com/x")
    assert len(embed) <= 6000
    assert len(embed.title or "") <= 256
    assert len(embed.description or "") <= 4096


async def test_too_many_new_direct_channels_are_put_off(play: Play, message: Payload) -> None:
    body = {"message": "You are opening direct messages too fast", "code": 40003}
    play.server.rest.fail("POST", "/users/@me/channels", 403, body)
    async with play.running() as platform:
        with pytest.raises(PlatformUnavailable) as unavailable:
            await platform.warn(play.notice(message))
        assert unavailable.value.retry_after == 60.0
        await platform.warn(play.notice(message))
    assert len(play.notices()) == 1
