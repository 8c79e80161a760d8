"""Which settings a chat has."""

from dataclasses import replace

from bot.chats import Chats
from bot.model import Audience, Chat, ChatRef, Level, Mode, Moderators, Person

CHANNEL = Chat(ChatRef("p", "1"), "Budget", Mode.ENFORCE, Audience(Level.RESTRICTED))
THREAD, STRANGER = ChatRef("p", "2"), ChatRef("p", "3")


def test_a_thread_is_treated_as_the_chat_that_it_is_in() -> None:
    chats = Chats({CHANNEL.ref: CHANNEL}, Mode.OBSERVE, {THREAD: CHANNEL.ref}.get)
    of_thread = chats.of(THREAD)
    assert (of_thread.ref, of_thread.mode, of_thread.audience) == (THREAD, Mode.ENFORCE, CHANNEL.audience)


def test_what_nobody_told_of_can_be_read_by_anyone() -> None:
    chats = Chats({CHANNEL.ref: CHANNEL}, Mode.OBSERVE, {STRANGER: ChatRef("p", "9")}.get)
    for ref in (STRANGER, THREAD):
        assert chats.of(ref) == Chat(ref, ref.id, Mode.OBSERVE, Audience())


def test_what_moderators_set_goes_before_the_configuration_in_threads_too() -> None:
    chats = Chats(
        {CHANNEL.ref: CHANNEL}, Mode.OBSERVE, {THREAD: CHANNEL.ref}.get, {CHANNEL.ref: Mode.COACH}.get
    )
    assert [chats.of(ref).mode for ref in (CHANNEL.ref, THREAD, STRANGER)] == [
        Mode.COACH,
        Mode.COACH,
        Mode.OBSERVE,
    ]


def test_people_are_addressed_in_the_language_that_they_chose_or_the_chat_s() -> None:
    urdu = replace(CHANNEL, language="ur")
    wishes = {("p", "amina"): "en"}
    chats = Chats({urdu.ref: urdu}, Mode.OBSERVE, wish=lambda *who: wishes.get(who))
    assert chats.language_of(urdu.ref, Person("amina")) == "en"
    assert chats.language_of(urdu.ref, Person("zed")) == "ur"
    assert chats.language_of(STRANGER, Person("zed")) == "en"


def test_moderators_look_after_their_chats_and_those_above_them_too() -> None:
    above = Moderators(ChatRef("p", "21"))
    chat = replace(CHANNEL, moderators=Moderators(ChatRef("p", "20"), above=above))
    chats = Chats({chat.ref: chat}, Mode.OBSERVE)
    assert [one.ref for one in chats.looked_after_in(ChatRef("p", "20"))] == [chat.ref]
    assert [one.ref for one in chats.looked_after_in(ChatRef("p", "21"))] == [chat.ref]
    assert chats.looked_after_in(chat.ref) == ()
