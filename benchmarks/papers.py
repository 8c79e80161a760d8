"""What is found on photographs and scans of papers: `make bench`.

Forty papers with a label and forty without, made here from the words in `benchmarks/paper/texts.py`, each as
it was scanned or photographed: at 100 to 200 dots an inch, up to 5 degrees aslant, as JPEG of quality 40, in
perspective, in shadow. They are read on one core, and judged by the detectors as they are delivered.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.paper.collection import Picture, clean, labelled
from benchmarks.paper.sheets import missing_fonts
from bot.config.loading import load_configuration
from bot.scanning import Detectors
from bot.wiring import build_detectors
from detectors.extract import extract
from detectors.extract.tessdata import reads_urdu

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "build" / "papers.json"
FOUND_GOAL, CLEAN_GOAL = 0.95, 0.98
LABEL = "CLASSIFICATION_LABEL"


@dataclass(frozen=True, slots=True)
class Judged:
    """A paper, and what came of it. `is_right`: its label was found at its level, or nothing on another."""

    language: str
    layout: str
    shot: str
    dpi: int
    label: str
    is_right: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some papers were judged right."""

    what: str
    of: str
    right: int
    count: int
    seconds: float
    goal: float | None = None

    @property
    def is_met(self) -> bool:
        return self.goal is None or self.right >= self.goal * self.count


@click.command()
@click.option("--seed", default=5, show_default=True, help="Another one makes other papers.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write a Markdown page.")
def main(seed: int, report: Path | None) -> None:
    """Measure what is found on photographs of papers. Exit status: 0 the goals are met, 1 one is missed."""
    if missing := missing_fonts():
        raise click.ClickException(
            f"These fonts are missing: {', '.join(missing)}. Call `make system` as root."
        )
    _stay_on_one_core()
    urdu = reads_urdu()
    detectors = build_detectors(load_configuration())
    pictures = [*labelled(urdu=urdu, seed=seed), *clean(urdu=urdu, seed=seed + 1)]
    judged = [
        judge(picture, detectors)
        for picture in track(pictures, "Reading papers", console=Console(stderr=True), transient=True)
    ]
    shares = table_of(judged)
    note = "Urdu is among them." if urdu else "Without Urdu: Tesseract's data for it are not installed."
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    console.print(_table(shares))
    console.print(f"\n{note} Kept in {RESULTS.relative_to(ROOT)}.")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps([asdict(one) for one in judged], indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    if report:
        report.write_text(page(shares, note), encoding="utf-8")
    sys.exit(not all(share.is_met for share in shares))


def judge(picture: Picture, detectors: Detectors) -> Judged:
    """Reads a paper as the bot would, and says whether what it found is what is there."""
    start = perf_counter()
    parts, undecided, _ = extract("photo.jpg", picture.content, "attachment 1")
    seconds = perf_counter() - start
    findings = detectors.scan(parts).findings
    if picture.level:
        is_right = any(
            one.entity == LABEL and one.attributes.get("level") == picture.level for one in findings
        )
    else:
        is_right = not findings and not undecided
    return Judged(
        picture.language, picture.layout, picture.shot, picture.dpi, picture.label, is_right, seconds
    )


def table_of(judged: Sequence[Judged]) -> list[Share]:
    """The two goals first, then the papers with a label by what makes them hard."""
    with_label = [one for one in judged if one.label]
    rows = [
        share("label found", "all", with_label, FOUND_GOAL),
        share("nothing found on clean papers", "all", [one for one in judged if not one.label], CLEAN_GOAL),
    ]
    for name in ("language", "layout", "shot", "dpi"):
        for value in sorted({getattr(one, name) for one in with_label}, key=str):
            some = [one for one in with_label if getattr(one, name) == value]
            rows.append(share(f"label found by {name}", str(value), some))
    return rows


def share(what: str, of: str, judged: Sequence[Judged], goal: float | None = None) -> Share:
    seconds = median(one.seconds for one in judged)
    return Share(what, of, sum(one.is_right for one in judged), len(judged), seconds, goal)


def page(shares: Iterable[Share], note: str) -> str:
    """The figures as a page of the documentation."""
    lines = [
        "# Papers on photographs",
        "",
        "What is found on forty made-up papers that carry a label and on forty that carry none, scanned and",
        "photographed as papers are that leak, as `make bench` measured it on one core. They are made by",
        "`benchmarks/paper/` from a seed; none of them is real, so real ones will fare worse.",
        "",
        f"{note}",
        "",
        "| What | Of | Right | Share | Seconds each | Goal |  |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in shares:
        goal, met = (f"≥ {one.goal:.0%}", "met" if one.is_met else "MISSED") if one.goal else ("", "")
        figures = (f"{one.right} of {one.count}", f"{one.right / one.count:.0%}", f"{one.seconds:.1f}")
        lines.append(f"| {' | '.join((one.what, one.of, *figures, goal, met))} |")
    return "\n".join(lines) + "\n"


def _table(shares: Iterable[Share]) -> Table:
    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, title in enumerate(("what", "of", "right", "share", "s each", "goal")):
        shown.add_column(title, justify="right" if 1 < number < 5 else "left")
    for one in shares:
        goal = f"≥ {one.goal:.0%}: {'met' if one.is_met else 'MISSED'}" if one.goal else ""
        part, seconds = f"{one.right / one.count:.0%}", f"{one.seconds:.1f}"
        shown.add_row(one.what, one.of, f"{one.right} of {one.count}", part, seconds, goal)
    return shown


def _stay_on_one_core() -> None:
    with suppress(AttributeError, OSError):  # where the system can't tell
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


if __name__ == "__main__":
    main()
