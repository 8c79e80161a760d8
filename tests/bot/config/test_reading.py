from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest

from bot.config.reading import read_yaml
from bot.errors import Problem


@dataclass(frozen=True)
class Inner:
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    name: str
    size: int = 1


@dataclass(frozen=True)
class Outer:
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    title: str
    ready: bool = False
    parts: tuple[Inner, ...] = ()
    by_name: dict[str, Inner] = field(default_factory=dict)


def read(tmp_path: Path, text: str, **environment: str) -> tuple[Outer | None, list[str]]:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    value = read_yaml(path, Outer, problems, environment)
    return value, [f"{problem.line}: {problem.key}: {problem.what}" for problem in sorted(problems)]


def test_what_is_right_is_read(tmp_path: Path) -> None:
    text = "title: a\nready: true\nparts:\n  - {name: b, size: 2}\nby_name: {x: {name: c}}\n"
    value, problems = read(tmp_path, text)
    assert problems == []
    assert value == Outer("a", True, (Inner("b", 2),), {"x": Inner("c")})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "title: a\ncolour: red\n", "2: colour: is not a key that is known here", id="unknown key"
        ),
        pytest.param("ready: true\n", "1: title: is missing", id="missing key"),
        pytest.param("title: 5\n", "1: title: must be text; put it in quotes", id="a number for text"),
        pytest.param('title: a\nready: "yes"\n', "2: ready: must be true or false", id="text for a truth"),
        pytest.param("title: a\nparts: b\n", "2: parts: must be a list", id="text for a list"),
        pytest.param(
            "title: a\nparts:\n- 5\n", "3: parts[0]: must be a mapping of keys to values", id="no mapping"
        ),
        pytest.param(
            "title: a\nparts:\n- name: b\n- name: c\n  size: big\n",
            "5: parts[1].size: must be a whole number",
            id="the place inside a list",
        ),
        pytest.param(
            "title: a\nby_name:\n  x:\n    nam: c\n    name: d\n",
            "4: by_name.x.nam: is not a key that is known here",
            id="the place inside a mapping",
        ),
        pytest.param("title: a\ntitle: b\n", "2: title: stands twice; keep one of them", id="a key twice"),
        pytest.param(
            "title: ${GONE}\n", "1: title: the environment has no variable GONE; set it", id="variable"
        ),
        pytest.param("title: [a\n", "2: : broken YAML: did not find expected ',' or ']'", id="broken"),
        pytest.param("", "1: : is empty", id="empty"),
    ],
)
def test_each_mistake_is_told_with_its_line_and_key(tmp_path: Path, text: str, problem: str) -> None:
    value, problems = read(tmp_path, text)
    assert value is None
    assert problems == [problem]


def test_all_mistakes_are_told_together(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "title: 5\nready: maybe\ncolour: red\n")
    assert len(problems) == 3


def test_variables_are_filled_in(tmp_path: Path) -> None:
    value, _ = read(tmp_path, "title: 'a ${WHO}!'\n", WHO="b")
    assert value
    assert value.title == "a b!"


def test_a_variable_that_looks_like_a_number_stays_text(tmp_path: Path) -> None:
    value, problems = read(tmp_path, "title: ${NUMBER}\n", NUMBER="5")
    assert problems == []
    assert value
    assert value.title == "5"


def test_a_missing_file_and_bad_bytes_are_told(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_yaml(tmp_path / "none.yaml", Outer, problems) is None
    (tmp_path / "bad.yaml").write_bytes(b"title: \xff\n")
    assert read_yaml(tmp_path / "bad.yaml", Outer, problems) is None
    assert [problem.what for problem in problems] == [
        "can't be read: No such file or directory",
        "is not UTF-8 text",
    ]


def test_an_alias_to_itself_is_refused_and_not_followed_forever(tmp_path: Path) -> None:
    value, problems = read(tmp_path, "title: a\nparts: &p\n- *p\n")
    assert value is None
    assert len(problems) == 1


@pytest.mark.parametrize(
    "text", ["title: !!int '[1'\n", "title: !!python/name:os.system x\n", "!x {title: a}\n"]
)
def test_tags_are_refused(tmp_path: Path, text: str) -> None:
    value, problems = read(tmp_path, text)
    assert value is None
    assert problems == ["1: : tags (!) are not used here"]


@pytest.mark.parametrize("depth", [60, 60_000])
def test_deep_nesting_is_refused_and_not_followed(tmp_path: Path, depth: int) -> None:
    value, problems = read(tmp_path, "title: " + "[" * depth + "]" * depth + "\n")
    assert value is None
    assert problems == ["1: : is nested too deeply"]


def test_a_key_that_stands_twice_hides_no_other_mistake(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "title: a\ntitle: b\nready: maybe\ncolour: red\n")
    assert len(problems) == 3


def test_a_problem_reads_as_file_line_key_and_reason() -> None:
    assert str(Problem(Path("d/x.yaml"), 3, "a[0].b", "is wrong")) == "d/x.yaml:3: a[0].b: is wrong"
