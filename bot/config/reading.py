"""Reads one YAML file into a frozen dataclass and says of every mistake where it stands."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, MutableSequence, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar, runtime_checkable

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.errors import ConfigurationError, Problem

T = TypeVar("T")

_DEEPEST = 50
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


@runtime_checkable
class SelfChecking(Protocol):
    """A shape that knows what may be wrong between its parts."""

    def mistakes(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """Each mistake, with the path of keys to it."""


def read_yaml(
    path: Path,
    shape: type[T],
    problems: MutableSequence[Problem],
    environment: Mapping[str, str] = os.environ,
) -> T | None:
    """Returns the file's content as a `shape`, or None after adding what is wrong to `problems`.

    Types are checked strictly: text for text, a number for a number. `${NAME}` in a text value is
    replaced from `environment`. Dates stay text, as JSON would have them.
    """
    node = compose(path, problems)
    if node is None:
        return None
    before = len(problems)
    value = check(plain(node, path, problems, environment), shape, path, node, problems)
    return value if len(problems) == before else None


def read_document(path: Path, shape: type[T]) -> T:
    """A file that stands by itself. Raises ConfigurationError with all that is wrong with it."""
    problems: list[Problem] = []
    value = read_yaml(path, shape, problems, {})
    if value is None:
        raise ConfigurationError(problems)
    return value


def compose(path: Path, problems: MutableSequence[Problem]) -> yaml.Node | None:
    """The file's YAML nodes, which know their lines; None, with a problem added, if there are none."""
    try:
        text = path.read_text(encoding="utf-8")
        if not _is_plain(text, path, problems):
            return None
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    except OSError as error:
        problems.append(Problem(path, 1, "", f"can't be read: {error.strerror}"))
        return None
    except UnicodeDecodeError:
        problems.append(Problem(path, 1, "", "is not UTF-8 text"))
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "is not YAML"
        problems.append(Problem(path, mark.line + 1 if mark else 1, "", f"broken YAML: {what}"))
        return None
    if node is None:
        problems.append(Problem(path, 1, "", "is empty"))
    return node


def _is_plain(text: str, path: Path, problems: MutableSequence[Problem]) -> bool:
    """Whether the file is plain: untagged, and not nested so deeply that reading it could fail."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        tagged = isinstance(event, yaml.CollectionStartEvent | yaml.ScalarEvent) and event.tag
        if depth > _DEEPEST or tagged:
            what = "tags (!) are not used here" if tagged else "is nested too deeply"
            line = event.start_mark.line + 1 if event.start_mark else 1
            problems.append(Problem(path, line, "", what))
            return False
    return True


def check(
    data: object,
    shape: type[T],
    path: Path,
    node: yaml.Node,
    problems: MutableSequence[Problem],
    under: tuple[str | int, ...] = (),
) -> T | None:
    """Checks plain `data` against `shape`; `node` is the file's root, `under` where the data stands in it."""
    try:
        value = TypeAdapter(shape).validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        for mistake in error.errors(include_url=False, include_input=False):
            line, known = locate(node, (*under, *mistake["loc"]))
            report(problems, Problem(path, line, key_path(known), _in_words(mistake)))
        return None
    mistakes = list(value.mistakes()) if isinstance(value, SelfChecking) else []
    for keys, what in mistakes:
        line, known = locate(node, (*under, *keys))
        report(problems, Problem(path, line, key_path(known), what))
    return None if mistakes else value


def report(problems: MutableSequence[Problem], problem: Problem) -> None:
    """Adds a problem, unless something else is wrong at the same key already: one of them is the cause."""
    if not any(
        (old.file, old.line, old.key) == (problem.file, problem.line, problem.key) for old in problems
    ):
        problems.append(problem)


def variables_of(content: bytes) -> Sequence[str]:
    """The names of the variables that a file may take values from."""
    return sorted(set(_VARIABLE.findall(content.decode(errors="replace"))))


def plain(
    node: yaml.Node,
    path: Path,
    problems: MutableSequence[Problem],
    environment: Mapping[str, str] = os.environ,
) -> Any:
    """The node as dicts, lists and scalars, with `${NAME}` filled in."""
    return _Plain(path, problems, environment).value(node, ())


def locate(node: yaml.Node, keys: Sequence[str | int]) -> tuple[int, tuple[str | int, ...]]:
    """The line (from 1) on which a key path stands, and the part of the path that is in the file.

    A key that is missing is told at the line of the mapping that should have it.
    """
    known: list[str | int] = []
    line = node.start_mark.line + 1
    rest = list(keys)
    for index, key in enumerate(rest):
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(key)), None)
            if pair is None:
                if index == len(rest) - 1 and isinstance(key, str):
                    known.append(key)
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
        known.append(key)
    return line, tuple(known)


def key_path(keys: Sequence[str | int]) -> str:
    """`("chats", 0, "mode")` as `chats[0].mode`."""
    words = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return words.removeprefix(".")


class _Plain:
    """Turns nodes into plain data, and reports repeated keys and missing variables on the way."""

    def __init__(
        self, path: Path, problems: MutableSequence[Problem], environment: Mapping[str, str]
    ) -> None:
        self._path = path
        self._problems = problems
        self._environment = environment
        self._above: set[int] = set()

    def value(self, node: yaml.Node, keys: tuple[str | int, ...]) -> Any:
        if isinstance(node, yaml.CollectionNode):
            return self._collection(node, keys)
        if node.tag.endswith((":int", ":float", ":bool", ":null")):
            return yaml.safe_load(node.value) if node.value else None
        return self._filled(str(node.value), node, keys)

    def _collection(self, node: yaml.CollectionNode, keys: tuple[str | int, ...]) -> Any:
        if id(node) in self._above:
            self._report(node, keys, "stands inside itself by its alias")
            return None
        self._above.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return dict(self._pairs(node, keys))
            return [self.value(item, (*keys, index)) for index, item in enumerate(node.value)]
        finally:
            self._above.discard(id(node))

    def _pairs(self, node: yaml.MappingNode, keys: tuple[str | int, ...]) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                self._report(key, (*keys, name), "stands twice; keep one of them")
            seen.add(name)
            yield name, self.value(value, (*keys, name))

    def _filled(self, text: str, node: yaml.Node, keys: tuple[str | int, ...]) -> str:
        def fill(match: re.Match[str]) -> str:
            name = match[1]
            if name not in self._environment:
                self._report(node, keys, f"the environment has no variable {name}; set it")
            return self._environment.get(name, match[0])

        return _VARIABLE.sub(fill, text)

    def _report(self, node: yaml.Node, keys: tuple[str | int, ...], what: str) -> None:
        self._problems.append(Problem(self._path, node.start_mark.line + 1, key_path(keys), what))


_WORDS = {
    "missing": "is missing",
    "unexpected_keyword_argument": "is not a key that is known here",
    "extra_forbidden": "is not a key that is known here",
    "string_type": "must be text; put it in quotes",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be a mapping of keys to values",
    "dataclass_type": "must be a mapping of keys to values",
    "dataclass_exact_type": "must be a mapping of keys to values",
}


def _in_words(mistake: Mapping[str, Any]) -> str:
    words = _WORDS.get(mistake["type"])
    if words:
        return words
    return str(mistake["msg"]).removeprefix("Value error, ").removeprefix("Input ")
