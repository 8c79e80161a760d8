"""A rule that could match everything, or nothing, is an error in plain words."""

import dataclasses
from pathlib import Path

import pytest

from bot.config.rulebook import read_rulebook
from bot.errors import Problem
from detectors.rulebook import (
    Caveat,
    Context,
    Counter,
    Family,
    Identifier,
    IdentifierPattern,
    LabelRule,
    Language,
    Level,
    Marker,
    Rulebook,
    Scheme,
    Sensitivity,
    SensitivityLabel,
)

LABEL = SensitivityLabel("3c1f6c0e-7a52-4b58-9d51-0c2f0e8ab771", "Amber", 3)
LEVEL = Level("SECRET", 3, ("Secret",))
RULE = LabelRule("banner", "position", "{level}", ("SECRET",), ("no",))

WRONG = [
    (lambda: Level("SECRET", 5, ("Secret",)), "scale from 0 to 4"),
    (lambda: Level("SECRET", 3, ()), "list is empty"),
    (lambda: Level("SECRET", 3, ("--",)), "no letter or digit"),
    (lambda: Level("SECRET", 3, ("Secret",), (" ",)), "portion mark is empty"),
    (lambda: Caveat("X", ()), "list is empty"),
    (lambda: LabelRule("r", "position", "{level}", (), ("no",)), "one example under matches"),
    (lambda: LabelRule("r", "position", "{level}", ("yes",), ()), "one under misses"),
    (lambda: Scheme("s", "t", (), (RULE,)), "may not be empty"),
    (lambda: Scheme("s", "t", (LEVEL,), ()), "may not be empty"),
    (lambda: Scheme("s", "t", (LEVEL,), (dataclasses.replace(RULE, label="X"),)), "not a level of this scheme"),
    (lambda: Scheme("s", "t", (LEVEL,), (dataclasses.replace(RULE, pattern="x"),)), "names no level"),
    (lambda: Scheme("s", "t", (LEVEL,), (dataclasses.replace(RULE, pattern="({level}"),)), "does not compile"),
    (lambda: Scheme("s", "t", (LEVEL,), (dataclasses.replace(RULE, pattern="{level}?"),)), "match everything"),
    (lambda: dataclasses.replace(LABEL, id="amber"), "is not the id of a label"),
    (lambda: dataclasses.replace(LABEL, name=" "), "the name is empty"),
    (lambda: dataclasses.replace(LABEL, level=5), "label .*: level 5"),
    (lambda: Sensitivity((LABEL, dataclasses.replace(LABEL, id=LABEL.id.upper()))), "given twice"),
    (lambda: Context("c", "sentence", 1.0, "x*", ("a",), ("b",)), "match everything"),
    (lambda: Marker("m", "DOCUMENT_KIND", "g", 0.0, "x", ("x",), ("y",)), "must weigh something"),
    (lambda: Counter("c", 0.5, "x", ("x",), ("y",)), "less than nothing"),
    (lambda: Identifier("E", (), ("word",), 0.1), "patterns may not be empty"),
    (lambda: Identifier("E", (IdentifierPattern("p", 0.5, "x", ("x",), ("y",)),), (), 0.1), "list is empty"),
    (lambda: IdentifierPattern("p", 0.5, "(", ("x",), ("y",)), "does not compile"),
    (lambda: Language(0, 8, 1, 1, 12, {"much": "word"}), "is not a weight"),
    (lambda: Language(0, 0, 1, 1, 12, {"1": "word"}), "more than nothing"),
    (lambda: Family("f", 0.5, "x", (), ("y",)), "one example"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "words"), WRONG, ids=[words for _, words in WRONG])
def test_a_useless_rule_is_refused(make, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()


def test_unknown_keys_are_refused_with_their_line(tmp_path: Path) -> None:
    config = Path(__file__).parents[2] / "config"
    (tmp_path / "labels").mkdir()
    for name in ("sensitivity", "judgement", "references", "markers", "recognizers", "language"):
        default = (config / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(default, encoding="utf-8")
    scheme = (config / "labels" / "tlp.yaml").read_text(encoding="utf-8")
    (tmp_path / "labels" / "tlp.yaml").write_text(scheme + "colour: red\n", encoding="utf-8")
    problems: list[Problem] = []
    assert read_rulebook(tmp_path, problems) is None
    (problem,) = problems
    assert (problem.key, problem.line) == ("colour", len(scheme.splitlines()) + 1)


def test_every_scheme_has_a_dozen_examples_of_each(rulebook: Rulebook) -> None:
    for scheme in rulebook.schemes:
        matches = sum(len(rule.matches) for rule in scheme.rules)
        misses = sum(len(rule.misses) for rule in scheme.rules)
        assert (matches >= 12, misses >= 12) == (True, True), f"{scheme.scheme}: {matches} and {misses}"


def test_scheme_names_are_their_files(rulebook: Rulebook) -> None:
    files = {path.stem for path in (Path(__file__).parents[2] / "config" / "labels").glob("*.yaml")}
    assert files == {scheme.scheme for scheme in rulebook.schemes}
