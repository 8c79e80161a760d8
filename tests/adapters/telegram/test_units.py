"""In which order updates are dealt with, and up to where they are confirmed."""

from typing import Any

import pytest
import telegram

from adapters.telegram.units import Unread, after, lanes, read

BOT = telegram.Bot("1:x")
AT = {"date": 1_790_000_000}


def update(number: int, chat: int, group: str | None = None, kind: str = "message") -> telegram.Update:
    message: dict[str, Any] = {
        "message_id": number,
        "chat": {"id": chat, "type": "group", "title": "G"},
        **AT,
    }
    if group:
        message["media_group_id"] = group
    found = telegram.Update.de_json({"update_id": number, kind: message}, BOT)
    assert found is not None
    return found


def numbers(ready: list[list[Any]]) -> list[list[tuple[int, ...]]]:
    return [[tuple(one.update_id for one in unit) for unit in units] for units in ready]


A, B = -1, -2
ALBUM = [update(1, A), update(2, A, "x"), update(3, B), update(4, A, "x"), update(5, A)]
FULL = [update(number, A, "x") for number in range(1, 11)]


@pytest.mark.parametrize(
    ("updates", "settled", "ready", "why"),
    [
        ([], (), [], "nothing"),
        ([update(1, A), update(2, B), update(3, A)], (), [[(1,), (3,)], [(2,)]], "each chat by itself"),
        (ALBUM, (), [[(1,)], [(3,)]], "an album may still grow, and what follows it waits"),
        (ALBUM, {(A, "x")}, [[(1,), (2, 4), (5,)], [(3,)]], "nothing came to it for a while"),
        (ALBUM, {(B, "x")}, [[(1,)], [(3,)]], "another chat's album of that name"),
        (FULL, (), [[tuple(range(1, 11))]], "no album is larger"),
        ([update(1, A, "x", "edited_message")], (), [[(1,)]], "an edit of a part stands by itself"),
        ([update(1, A, "x"), update(2, A, "y")], {(A, "y")}, [], "albums keep their order"),
        ([Unread(1, {}), update(2, A)], (), [[(1,)], [(2,)]], "what can't be read waits for nothing"),
    ],
)
def test_what_is_ready(updates: list[Any], settled: Any, ready: list[Any], why: str) -> None:
    assert numbers(lanes(updates, settled)) == ready, why


@pytest.mark.parametrize(
    ("offset", "done", "confirmed"),
    [
        (None, set(), None),
        (None, {1, 2}, 3),
        (None, {2, 3}, None),
        (1, {1, 3}, 2),
        (1, {1, 2, 3}, 4),
    ],
)
def test_only_what_is_done_is_confirmed(offset: int | None, done: set[int], confirmed: int | None) -> None:
    assert after(offset, [update(1, A), update(2, A), update(3, B)], done) == confirmed


def test_what_the_library_can_not_read_is_kept() -> None:
    raw = {"update_id": 5, "message": {"message_id": 1}}
    assert read(raw, BOT) == Unread(5, raw)


@pytest.mark.parametrize("raw", [{}, {"update_id": "5"}])
def test_what_has_no_number_is_no_update(raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="without a number"):
        read(raw, BOT)


def test_a_press_is_read_though_the_message_above_it_can_not_be() -> None:
    message = {"message_id": 7, "chat": {"id": -1, "type": "group", "title": "G"}, "date": "soon"}
    someone = {"id": 5, "is_bot": False, "first_name": "A"}
    query = {"id": "9", "from": someone, "chat_instance": "1", "data": "k:a:7", "message": message}
    told = read({"update_id": 5, "callback_query": query}, BOT)
    assert isinstance(told, telegram.Update)
    assert told.callback_query is not None
    assert told.callback_query.message is not None
    assert told.callback_query.message.chat.id == -1


def test_what_the_library_can_not_read_keeps_its_place_in_its_chat() -> None:
    broken = Unread(2, {"update_id": 2, "message": {"message_id": 2, "chat": {"id": A}}})
    assert numbers(lanes([update(1, A), broken, update(3, A)], ())) == [[(1,), (2,), (3,)]]
