"""The rulebook's own examples hold, and a wrong one is named."""

import dataclasses

from detectors.engine import Engine
from detectors.examples import check_examples
from detectors.rulebook import Rulebook


def test_every_example_of_the_rulebook_holds(engine: Engine, rulebook: Rulebook) -> None:
    assert check_examples(engine, rulebook) == ()


def test_a_wrong_match_and_a_wrong_miss_are_named(engine: Engine, rulebook: Rulebook) -> None:
    scheme = next(one for one in rulebook.schemes if one.scheme == "tlp")
    rule = dataclasses.replace(scheme.rules[0], matches=("a red light",), misses=("TLP:RED\nbulletin",))
    wrong = dataclasses.replace(rulebook, schemes=(dataclasses.replace(scheme, rules=(rule,)),))
    failures = check_examples(engine, wrong)
    assert [(one.file, one.rule, one.example, one.expected) for one in failures] == [
        ("labels/tlp.yaml", "colour", "a red light", "finds CLASSIFICATION_LABEL"),
        ("labels/tlp.yaml", "colour", "TLP:RED\nbulletin", "finds nothing"),
    ]
    assert failures[0].found == "no CLASSIFICATION_LABEL at all"
    assert "tlp: colour" in failures[1].found


def test_a_wrong_sign_is_named(engine: Engine, rulebook: Rulebook) -> None:
    marker = dataclasses.replace(
        rulebook.markers.markers[0], matches=("hello",), misses=("GOVERNMENT OF PAKISTAN",)
    )
    markers = dataclasses.replace(rulebook.markers, markers=(marker, *rulebook.markers.markers[1:]))
    failures = check_examples(engine, dataclasses.replace(rulebook, markers=markers))
    assert [(one.expected, one.found) for one in failures] == [
        ("is found", "not found"),
        ("is not found", "found: GOVERNMENT OF PAKISTAN"),
    ]
