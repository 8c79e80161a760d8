"""How fast an author is warned: `make bench`.

From the moment an event arrives at the adapter to the moment the request leaves that tells the author in
private. Everything is real but the platform: the adapter with its client library, the detectors, the
pipeline, SQLite on disk. The platform is the strict server of the tests, on loopback and in the same
process, so that what it costs counts too.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from statistics import quantiles

import click
from rich.console import Console
from rich.table import Table

from benchmarks.machine import machine
from benchmarks.stages import STAGES, Stage
from bot.config.loading import Configuration, load_configuration
from bot.evaluation import read_labelled
from bot.model import Audience, History, Level, Severity
from bot.policy import decide
from bot.runs import Runs
from bot.scanning import Detectors, scan_message
from bot.wiring import Bot, assemble, build_detectors, open_sealed_store

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "build" / "latency.json"
GOAL = 250.0
"""Milliseconds that 95 of 100 warnings may take, one message after another."""

PAUSE = 0.02
PATIENCE = 10.0
WARM_UP = 5
BURST = 20
BURSTS = 5


@dataclass(frozen=True, slots=True)
class Post:
    """A message to be posted; whether its author must be warned."""

    text: str
    leaks: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, in milliseconds. `lost` counts the warnings that never left."""

    platform: str
    load: str
    messages: int
    warnings: int
    lost: int
    p50: float
    p95: float
    p99: float
    goal: float | None

    @property
    def is_met(self) -> bool:
        return not self.lost and (self.goal is None or self.p95 < self.goal)


@click.command()
@click.option("--messages", default=1000, show_default=True, type=click.IntRange(min=10))
@click.option("--leaks", default=300, show_default=True, type=click.IntRange(min=2))
@click.option("--seed", default=4, show_default=True)
@click.option("--platform", "names", multiple=True, type=click.Choice(list(STAGES)), help="Only this one.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write a Markdown page.")
def main(messages: int, leaks: int, seed: int, names: tuple[str, ...], report: Path | None) -> None:
    """Measure how fast authors are warned. Exit status: 0 the goal is met, 1 it is missed."""
    busy = machine()
    configuration = load_configuration()
    detectors = build_detectors(configuration)
    posts = chosen(configuration, detectors, messages, leaks, Random(seed))  # noqa: S311 - a sample
    rows = on_each(names, posts, detectors, measured)
    show(rows, *_LOADS, busy, f"kept in {RESULTS.relative_to(ROOT)}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")
    if report:
        report.write_text(page(rows, busy), encoding="utf-8")
    sys.exit(not all(row.is_met for row in rows))


def on_each(
    names: Sequence[str], posts: Sequence[Post], detectors: Detectors, measure: "_Measure"
) -> Sequence[Row]:
    """The rows of the platforms of these names, or of all of them, one platform after the other."""
    return [
        row
        for name in names or tuple(STAGES)
        for row in asyncio.run(measure(STAGES[name](), posts, detectors))
    ]


def show(rows: Sequence[Row], *notes: str) -> None:
    """Prints the rows, and notes under them."""
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    console.print(table(rows))
    console.print("\n" + "\n".join(notes))


def chosen(
    configuration: Configuration, detectors: Detectors, messages: int, leaks: int, random: Random
) -> Sequence[Post]:
    """A sample of the labelled messages, in an order that is random and always the same."""
    labels, _ = read_labelled(sorted((ROOT / "seeds" / "labelled").rglob("*.jsonl")))
    random.shuffle(shuffled := [label.message for label in labels if not label.message.attachments])
    found: list[Post] = []
    wanted = {True: leaks, False: messages - leaks}
    audience = Audience(Level.RESTRICTED, guests=False, public=False)
    for message in shuffled:
        scan = scan_message(detectors, message, Runs().around(message)).scan
        severity = decide(configuration.policy, message, scan, audience, (), History()).severity
        leak = severity >= Severity.MEDIUM
        is_clear = leak or severity == Severity.NONE
        if is_clear and wanted[leak] and message.text.strip() and len(message.text) < 1500:
            wanted[leak] -= 1
            found.append(Post(message.text, leak))
    if any(wanted.values()):
        raise click.ClickException("There are not as many labelled messages as that.")
    random.shuffle(found)
    return found


async def measured(stage: Stage, posts: Sequence[Post], detectors: Detectors) -> Sequence[Row]:
    """One platform's rows: messages one after another, then several at once."""
    with tempfile.TemporaryDirectory(prefix="raazdar-bench-") as folder:
        async with stage.serving():
            with bot_on(stage, Path(folder), detectors) as bot:
                async with bot.running():
                    await stage.connected()
                    leaks = [post for post in posts if post.leaks]
                    for post in leaks[:WARM_UP]:
                        await warned(stage, await stage.post(post.text))
                    alone = await one_by_one(stage, posts)
                    bursts = await _in_bursts(stage, leaks)
    return [
        row(stage.name, "one after another", len(posts), alone, GOAL),
        row(stage.name, f"{BURST} at once", len(bursts), bursts, None),
    ]


_Measure = Callable[[Stage, Sequence[Post], Detectors], Coroutine[None, None, Sequence[Row]]]


async def one_by_one(stage: Stage, posts: Sequence[Post]) -> Sequence[float | None]:
    """Each after the one before was answered, and a little later."""
    taken = []
    for post in posts:
        author = await stage.post(post.text)
        if post.leaks:
            taken.append(await warned(stage, author))
        await asyncio.sleep(PAUSE)
    return taken


async def _in_bursts(stage: Stage, leaks: Sequence[Post]) -> Sequence[float | None]:
    taken: list[float | None] = []
    for number in range(BURSTS):
        burst = [leaks[(number * BURST + place) % len(leaks)] for place in range(BURST)]
        authors = [await stage.post(post.text) for post in burst]
        taken += await asyncio.gather(*(warned(stage, author) for author in authors))
    return taken


async def warned(stage: Stage, author: str) -> float | None:
    """Milliseconds from the arrival to the warning; None where none left in time."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await stage.warned(author) * 1000
    except TimeoutError:
        return None


@contextmanager
def bot_on(stage: Stage, folder: Path, detectors: Detectors) -> Iterator[Bot]:
    """Raazdar as `raazdar run` puts it together, with its own folder."""
    document: Mapping[str, object] = {
        "store": {"url": f"sqlite:///{folder}/raazdar.db"},
        "seal": {"key_file": f"{folder}/seal.key"},
        "platforms": {stage.name: stage.settings()},
        "chats": [
            {
                "platform": stage.name,
                "id": stage.chat,
                "name": "Budget wing",
                "mode": "enforce",
                "ceiling": "restricted",
                "moderators": {"platform": stage.name, "chat": stage.moderators},
            }
        ],
    }
    (folder / "raazdar.yaml").write_text(json.dumps(document), encoding="utf-8")
    configuration = load_configuration(folder)
    store, sealer = open_sealed_store(configuration)
    try:
        yield assemble(configuration, store, sealer, detectors, "http://127.0.0.1:8710")
    finally:
        store.close()


def row(platform: str, load: str, messages: int, taken: Sequence[float | None], goal: float | None) -> Row:
    """The percentiles of what was measured."""
    came = sorted(one for one in taken if one is not None)
    cuts = quantiles(came, n=100, method="inclusive") if len(came) > 1 else [float("inf")] * 99
    p50, p95, p99 = (round(cuts[number - 1], 1) for number in (50, 95, 99))
    return Row(platform, load, messages, len(came), len(taken) - len(came), p50, p95, p99, goal)


_LOADS = (
    f"one after another: each {PAUSE * 1000:.0f} ms after the one before, or after its warning",
    f"{BURST} at once: {BURSTS} bursts of {BURST} messages that all have something to find",
)
_TITLES = ("Platform", "Load", "Messages", "Warnings", "Lost", "p50 ms", "p95 ms", "p99 ms", "Goal", "")


def _cells(one: Row) -> Sequence[str]:
    goal = f"p95 < {one.goal:.0f} ms" if one.goal else ""
    reached = "" if one.goal is None and not one.lost else "met" if one.is_met else "MISSED"
    counts = (one.messages, one.warnings, one.lost, one.p50, one.p95, one.p99)
    return (one.platform, one.load, *map(str, counts), goal, reached)


def table(rows: Sequence[Row]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, title in enumerate(_TITLES):
        table.add_column(title, justify="right" if 2 <= number <= 7 else "left")
    for one in rows:
        table.add_row(*_cells(one))
    return table


def page(rows: Sequence[Row], busy: str) -> str:
    """The figures as a Markdown page."""
    lines = [_TITLES, ["---"] * len(_TITLES), *map(_cells, rows)]
    return "\n".join(
        [
            "# Latency",
            "",
            "From an event's arrival at the adapter to the moment the request leaves that warns its author",
            "in private, as `make bench` measured it. Adapters, client libraries, detectors and database are",
            "the real ones; the platforms are the tests' servers, on loopback and in the same process.",
            "",
            *(f"- {one}" for one in (*_LOADS, busy)),
            "",
            *("| " + " | ".join(cells) + " |" for cells in lines),
            "",
        ]
    )


if __name__ == "__main__":
    main()
