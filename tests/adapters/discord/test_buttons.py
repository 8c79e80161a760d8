"""What a button carries."""

import pytest

from adapters.discord.buttons import Button, CardButton, OptionButton, custom_id, read
from bot.model import CardChoice, Choice, CommandName, MessageRef

LONGEST = "18446744073709551615"
REF = MessageRef("discord", LONGEST, LONGEST)


@pytest.mark.parametrize("choice", [None, *Choice])
def test_what_is_written_is_read_again_and_fits(choice: Choice | None) -> None:
    button = Button(REF, LONGEST, choice)
    assert read(custom_id(button)) == button
    assert len(custom_id(button)) <= 100


@pytest.mark.parametrize("choice", CardChoice)
def test_a_card_s_button_is_read_again_and_fits(choice: CardChoice) -> None:
    button = CardButton(2**53, choice, int(LONGEST))
    assert read(custom_id(button)) == button
    assert len(custom_id(button)) <= 100


@pytest.mark.parametrize("command", CommandName)
def test_a_button_for_a_command_is_read_again_and_fits(command: CommandName) -> None:
    button = OptionButton(command, "1 a:b \n😀".ljust(40, "x"))
    assert read(custom_id(button)) == button
    assert len(custom_id(button)) <= 100


@pytest.mark.parametrize(
    "other",
    [
        "raazdar:case:7:explode:1",
        "raazdar:case:x:leak:1",
        "raazdar:do:explode:",
        "",
        "raazdar",
        "raazdar:remove:1:2",
        "raazdar:explode:1:2:3",
        "raazdar:remove:a:2:3",
        "x:remove:1:2:3",
    ],
)
def test_what_is_not_ours_is_left_alone(other: str) -> None:
    assert read(other) is None
