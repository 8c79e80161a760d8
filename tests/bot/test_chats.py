"""Which settings a chat has."""

from bot.chats import Chats
from bot.model import Audience, Chat, ChatRef, Level, Mode

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
