"""How much a text sounds as papers of offices do."""

from math import sqrt

import pytest

from detectors.language import sound, words_of
from detectors.rulebook import Language, Rulebook

LANGUAGE = Language(0.1, 4, 0.9, 0.85, 3, {"1.0": "undersigned hereby", "0.5": "## copy", "-1.0": "lol my"})


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("Hereby, the Undersigned", {"hereby", "the", "undersigned"}, "small letters, without stops"),
        ("12 of 1,234,567", {"##", "of", "#", "###"}, "a number by how many digits it has"),
        ("4210112345678", {"#####"}, "a long number is as long as any"),
        ("بحکم مجاز اتھارٹی", {"بحکم", "مجاز", "اتھارٹی"}, "Urdu"),
        ("BS17 no_one", {"bs", "##", "no", "one"}, "letters and digits part"),
        ("...", set(), "nothing"),
    ],
)
def test_the_words_of_a_text(text: str, words: set[str], why: str) -> None:
    assert words_of(text) == words, why


def test_a_text_is_worth_what_its_words_are() -> None:
    heard = sound(LANGUAGE, "The undersigned hereby sends a copy. Hereby!")
    assert heard
    assert heard.worth == min(round(0.1 + 2.5 / sqrt(3 + 4), 3), 0.9)
    assert set(heard.telling[:2]) == {"undersigned", "hereby"}


def test_too_few_known_words_say_nothing() -> None:
    assert sound(LANGUAGE, "undersigned hereby") is None


def test_the_words_of_everybody_are_worth_nothing_rather_than_less() -> None:
    heard = sound(LANGUAGE, "lol my copy")
    assert heard
    assert heard.worth == 0


def test_the_language_of_offices_was_learned(rulebook: Rulebook) -> None:
    weights = rulebook.language.weights
    assert min(weights[word] for word in ("undersigned", "secretary", "directed", "منظوری")) > 0
    assert max(weights[word] for word in ("secret", "my", "can")) < 0
