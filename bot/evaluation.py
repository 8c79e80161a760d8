"""Precision and recall on labelled messages, by class of message and by entity type."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from bot.errors import InputError
from bot.lines import read_line
from bot.model import Decision, Message, Severity
from bot.runs import Runs
from bot.scanning import Scanned


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of a message. `group` is the class that it is counted in."""

    id: str
    group: str
    message: Message
    is_flag: bool
    entities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Result:
    """What the detectors and the policy made of a labelled message."""

    label: Label
    flagged: bool
    found: frozenset[str]

    @property
    def missed(self) -> frozenset[str]:
        """Entity types that a person sees and the detectors did not."""
        return self.label.entities - self.found

    @property
    def is_miss(self) -> bool:
        return self.label.is_flag and not self.flagged

    @property
    def is_alarm(self) -> bool:
        return self.flagged and not self.label.is_flag


def read_labelled(paths: Iterable[Path]) -> tuple[Sequence[Label], Sequence[str]]:
    """The labelled messages of some files, and what is wrong with the lines that can't be read."""
    labels: list[Label] = []
    mistakes: list[str] = []
    for path in paths:
        try:
            lines = path.read_bytes().splitlines()
        except OSError as error:
            mistakes.append(f"{path} can't be read: {error.strerror}")
            continue
        for number, line in enumerate(lines, start=1):
            try:
                if line.strip():
                    labels.append(_label(line, f"{path.stem}:{number}"))
            except InputError as error:
                mistakes.append(f"{path}: line {number}: {error}")
    return labels, mistakes


def measure(
    labels: Iterable[Label], judge: Callable[[Message, Runs], tuple[Scanned, Decision]]
) -> Sequence[Result]:
    """Judges every message in turn; those that share author and chat are judged together, as in a chat."""
    runs = Runs()
    results = []
    for label in labels:
        scanned, decision = judge(label.message, runs)
        found = frozenset(finding.entity for finding in scanned.scan.findings)
        results.append(Result(label, decision.severity > Severity.NONE, found))
    return results


def tables(results: Sequence[Result]) -> Sequence[Table]:
    """Two tables: by class of message, and by entity type."""
    return [_by_class(results), _by_entity(results)]


def _by_class(results: Sequence[Result]) -> Table:
    table = _table("Class", "Messages", "To flag", "Missed", "Recall", "Clean", "False alarms", "Precision")
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.label.group].append(result)
    for name, group in (*sorted(groups.items()), ("all", list(results))):
        to_flag = sum(result.label.is_flag for result in group)
        missed = sum(result.is_miss for result in group)
        alarms = sum(result.is_alarm for result in group)
        caught = to_flag - missed
        table.add_row(
            name,
            str(len(group)),
            str(to_flag),
            str(missed),
            _share(caught, to_flag),
            str(len(group) - to_flag),
            str(alarms),
            _share(caught, caught + alarms),
        )
    return table


def _by_entity(results: Sequence[Result]) -> Table:
    """An entity type found where nobody labelled it counts against precision only in clean messages."""
    table = _table("Entity", "Labelled", "Missed", "Recall", "In clean messages", "Precision")
    expected: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    stray: Counter[str] = Counter()
    for result in results:
        expected.update(result.label.entities)
        missed.update(result.missed)
        if not result.label.is_flag:
            stray.update(result.found)
    for entity in sorted({*expected, *stray}):
        caught = expected[entity] - missed[entity]
        table.add_row(
            entity,
            str(expected[entity]),
            str(missed[entity]),
            _share(caught, expected[entity]),
            str(stray[entity]),
            _share(caught, caught + stray[entity]),
        )
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def _label(line: bytes, fallback_id: str) -> Label:
    read = read_line(line)
    expect, entities = read.extra.get("expect"), read.extra.get("entities", [])
    if expect not in {"flag", "clean"}:
        raise InputError('expect must be "flag" or "clean"')
    if not isinstance(entities, list) or not all(isinstance(entity, str) for entity in entities):
        raise InputError("entities must be a list of entity types")
    return Label(
        id=str(read.id) if read.id is not None else fallback_id,
        group=str(read.extra.get("class", "unclassed")),
        message=read.message,
        is_flag=expect == "flag",
        entities=frozenset(entities),
    )
