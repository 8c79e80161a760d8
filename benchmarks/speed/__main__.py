"""Measures everything, keeps it in `build/speed.json`, and says what was reached: `make bench-speed`."""

import os
import sys
from dataclasses import replace

import click
from rich.console import Console
from rich.table import Table

from benchmarks.speed import tables
from benchmarks.speed.corpus import SHARES
from benchmarks.speed.goals import reached
from benchmarks.speed.measure import QUICK, THOROUGH, measured
from benchmarks.speed.results import PATH, ROOT, Results, write


@click.command()
@click.option("--quick", is_flag=True, help="Few messages: rough figures in a few minutes.")
@click.option("--lines", type=click.IntRange(min=1), help="Messages through `raazdar scan --jsonl`.")
@click.option("--seed", default=6, show_default=True, help="Another one makes other chat.")
def main(quick: bool, lines: int | None, seed: int) -> None:
    """Measure how fast the detectors are. Exit status: 0 the goals are met, 1 one is missed."""
    plan = QUICK if quick else THOROUGH
    # What is kept of a thousand made-up recognizers must not push out what the user's own runs have kept.
    os.environ["RAAZDAR_CACHE"] = str(ROOT / "build" / "cache")
    with Console(stderr=True).status("") as status:
        results = measured(
            replace(plan, lines=lines or plan.lines),
            seed,
            is_quick=quick,
            tell=lambda what: status.update(f"Measuring {what} …"),
        )
    write(results)
    _show(results)
    sys.exit(not all(one.is_met for one in reached(results)))


def _show(results: Results) -> None:
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    for share in SHARES:
        console.print(f"{share} % to find", style="bold")
        console.print(_table(tables.paces(results, share)), "")
    for sheet in (tables.starts, tables.wholes, tables.lengths, tables.growth, tables.goals):
        console.print(_table(sheet(results)), "")
    console.print("\n".join([results.machine, *results.notes, f"kept in {PATH.relative_to(ROOT)}"]))


def _table(sheet: tables.Sheet) -> Table:
    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, title in enumerate(sheet.titles):
        shown.add_column(title, no_wrap=not number)
    for row in sheet.rows:
        shown.add_row(*row)
    return shown


if __name__ == "__main__":
    main()
