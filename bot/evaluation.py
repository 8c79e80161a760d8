"""Precision and recall on labelled messages, by class of message and by entity type."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

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
    def is_right(self) -> bool:
        return not (self.missed or self.is_miss or self.is_alarm)

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
                    labels.append(_label(line, number, f"{path.stem}:{number}"))
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


@dataclass(frozen=True, slots=True)
class Tally:
    """How a group of labelled messages came out. Rates are None where there is nothing to rate."""

    name: str
    messages: int
    to_flag: int
    missed: int
    alarms: int

    @property
    def clean(self) -> int:
        return self.messages - self.to_flag

    @property
    def recall(self) -> float | None:
        return share(self.to_flag - self.missed, self.to_flag)

    @property
    def precision(self) -> float | None:
        caught = self.to_flag - self.missed
        return share(caught, caught + self.alarms)


@dataclass(frozen=True, slots=True)
class EntityTally:
    """How an entity type came out; `stray` counts clean messages in which it was found."""

    name: str
    labelled: int
    missed: int
    stray: int

    @property
    def recall(self) -> float | None:
        return share(self.labelled - self.missed, self.labelled)

    @property
    def precision(self) -> float | None:
        """Against clean messages only: elsewhere it may be there without having been labelled."""
        caught = self.labelled - self.missed
        return share(caught, caught + self.stray)


def tally(name: str, results: Sequence[Result]) -> Tally:
    return Tally(
        name,
        messages=len(results),
        to_flag=sum(result.label.is_flag for result in results),
        missed=sum(result.is_miss for result in results),
        alarms=sum(result.is_alarm for result in results),
    )


def by_class(results: Sequence[Result]) -> Sequence[Tally]:
    """A tally for each class of message, in order of name, and one for all."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.label.group].append(result)
    return [*(tally(name, group) for name, group in sorted(groups.items())), tally("all", results)]


def by_entity(results: Sequence[Result]) -> Sequence[EntityTally]:
    """A tally for each entity type that is labelled or was found in a clean message."""
    labelled: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    stray: Counter[str] = Counter()
    for result in results:
        labelled.update(result.label.entities)
        missed.update(result.missed)
        if not result.label.is_flag:
            stray.update(result.found)
    names = sorted({*labelled, *stray})
    return [EntityTally(name, labelled[name], missed[name], stray[name]) for name in names]


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _label(line: bytes, number: int, fallback_id: str) -> Label:
    read = read_line(line, number)
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
