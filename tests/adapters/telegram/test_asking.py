"""How commands are read from messages, and from the buttons that stand for them."""

import pytest
import telegram

from adapters.telegram.asking import Asked, option_data, read_command, read_option
from bot.model import CommandName, Option
from tests.platforms.telegram.world import Json

BUTTON = {"type": "bot_command", "offset": 0}


@pytest.mark.parametrize(
    ("text", "entities", "read"),
    [
        ("/help", [BUTTON | {"length": 5}], Asked("help", "")),
        ("/Check  some words", [BUTTON | {"length": 6}], Asked("check", "some words")),
        ("/check@Raazdar_Bot a\nb", [BUTTON | {"length": 18}], Asked("check", "a\nb")),
        ("/check@other_bot a", [BUTTON | {"length": 16}], None),
        ("/check", [], Asked("check", "")),
        ("/check", [{"type": "code", "offset": 0, "length": 6}], None),
        ("see /check", [{"type": "bot_command", "offset": 4, "length": 6}], None),
        ("/check/that", [], None),
        ("/", [], None),
        (None, [], None),
    ],
)
@pytest.mark.parametrize("kind", ["text", "caption"])
def test_how_a_command_is_read(text: str | None, entities: list[Json], read: Asked | None, kind: str) -> None:
    keys = ("text", "entities") if kind == "text" else ("caption", "caption_entities")
    told = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 5, "type": "private"},
        keys[0]: text,
        keys[1]: entities,
    }
    message = telegram.Message.de_json(told, None)
    assert message is not None
    assert read_command(message, "raazdar_bot") == read


def test_what_is_forwarded_is_no_command() -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "X"}
    told = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "/help"}
    message = telegram.Message.de_json(told | {"forward_origin": origin}, None)
    assert message is not None
    assert read_command(message, "raazdar_bot") is None


@pytest.mark.parametrize("arguments", ["", "a", "-1001234567890/57 official:x", "x" * 40])
def test_an_option_stands_in_its_button(arguments: str) -> None:
    data = option_data(Option("L", CommandName.REPORT, arguments))
    assert data is not None
    assert len(data.encode()) <= 64
    assert read_option(data) == (CommandName.REPORT, arguments)


@pytest.mark.parametrize("data", ["", "o", "o:report", "o:nothing:x", "w:report:x"])
def test_a_button_of_something_else_is_no_option(data: str) -> None:
    assert read_option(data) is None


def test_an_option_that_telegram_does_not_take_has_no_button() -> None:
    assert option_data(Option("L", CommandName.REPORT, "س" * 40)) is None
