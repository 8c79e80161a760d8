"""What was measured, as it stands in `build/speed.json`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import click

ROOT = Path(__file__).parents[2]
PATH = ROOT / "build" / "speed.json"

RAAZDAR = "Raazdar, to the decision"
RAAZDAR_FINDINGS = "Raazdar, to the findings"
STOCK = "Presidio, same recognizers"
STOCK_OWN = "Presidio, its own recognizers"
PLAIN = "the patterns one by one"
DATAFOG = "datafog"
SCRUBADUB = "scrubadub"
BARE = "the bare multi-pattern engine"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a rival is on chat of which `share` in a hundred messages have something to find.

    Times of single messages are in microseconds, and None where a rival takes many at once. `short_p99` is of
    the messages up to 500 characters; for both percentiles each message counts with the middle of its rounds,
    `slowest` is of all rounds. `ratio` is how many times faster than stock Presidio it is, on the
    messages that both were given.
    """

    rival: str
    share: int
    messages: int
    per_second: float
    ratio: float | None
    p50: float | None = None
    p99: float | None = None
    slowest: float | None = None
    short_p99: float | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """A whole process from its start to its first answer, in seconds, and its memory at most, in MB."""

    rival: str
    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Length:
    """What one text of a length costs, in milliseconds; None where a shorter one already took too long."""

    text: str
    characters: int
    milliseconds: float | None


@dataclass(frozen=True, slots=True)
class Growth:
    """What a clean message costs with so many more recognizers, in microseconds."""

    recognizers: int
    microseconds: float


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole `raazdar scan`, in seconds, with the memory of all its processes together at most, in MB."""

    what: str
    messages: int
    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Results:
    """One run. `missing` names the rivals that could not be measured, with the reason."""

    machine: str
    seed: int
    is_quick: bool
    paces: tuple[Pace, ...] = ()
    starts: tuple[Start, ...] = ()
    lengths: tuple[Length, ...] = ()
    growth: tuple[Growth, ...] = ()
    wholes: tuple[Whole, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def pace(self, rival: str, share: int) -> Pace | None:
        return next((one for one in self.paces if (one.rival, one.share) == (rival, share)), None)

    def lengths_of(self, text: str) -> list[Length]:
        return [one for one in self.lengths if one.text == text]


def write(results: Results, path: Path = PATH) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(asdict(results), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path = PATH) -> Results:
    """Raises ClickException where there is no such file, or one that was written by another version."""
    from pydantic import TypeAdapter, ValidationError  # rivals that start must not wait for it

    try:
        return TypeAdapter(Results).validate_json(path.read_bytes(), strict=False)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}. Call `make bench-speed` first.") from error
    except ValidationError as error:
        raise click.ClickException(f"{path} is of another form. Call `make bench-speed` again.") from error
