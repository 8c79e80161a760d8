"""Templates: what they are filled with, and what is no template."""

from random import Random

import pytest

from benchmarks.speed.grammar import Grammar


def test_a_template_that_names_an_unknown_one_is_told() -> None:
    with pytest.raises(ValueError, match="templates of noun: there are none of colour"):
        Grammar({"noun": ("a {colour} door",)})


def test_digits_and_slots_are_filled_in() -> None:
    grammar = Grammar({"noun": ("{colour} door ##",), "colour": ("red",)})
    text = grammar.text("noun", Random(1))  # noqa: S311 - chat by chance
    assert text.startswith("red door ")
    assert text[-2:].isdigit()
