"""What a button carries."""

import pytest

from adapters.discord.buttons import Button, custom_id, read
from bot.model import Choice, MessageRef

LONGEST = "18446744073709551615"
REF = MessageRef("discord", LONGEST, LONGEST)


@pytest.mark.parametrize("choice", [None, *Choice])
def test_what_is_written_is_read_again_and_fits(choice: Choice | None) -> None:
    button = Button(REF, LONGEST, choice)
    assert read(custom_id(button)) == button
    assert len(custom_id(button)) <= 100


@pytest.mark.parametrize(
    "other",
    ["", "raazdar", "raazdar:remove:1:2", "raazdar:explode:1:2:3", "raazdar:remove:a:2:3", "x:remove:1:2:3"],
)
def test_what_is_not_ours_is_left_alone(other: str) -> None:
    assert read(other) is None
