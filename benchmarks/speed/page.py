"""Writes `docs/performance.md` and its charts from the results: `make performance`."""

from collections.abc import Iterator
from pathlib import Path

import click

from benchmarks.speed import charts, tables
from benchmarks.speed.corpus import SHARES
from benchmarks.speed.results import PATH, ROOT, Results, read
from benchmarks.speed.tables import Sheet

PAGE = ROOT / "docs" / "performance.md"
CHARTS = {"speed.svg": charts.paces, "speed-costs.svg": charts.costs}

_INTRODUCTION = """\
# Speed

How fast messages are judged, as `make bench-speed` measured it: in one run, on the same messages, on one
thread (but for `raazdar scan --jsonl`), everything included from a text to the decision. The chat is made by
`benchmarks/speed/` from a seed, in lengths and words like real chat, in English, Roman Urdu and Urdu. The
rivals take turns, so that a machine that is slower at times is so for all of them; slow ones get the first
of the messages only, and how many times faster one is than stock Presidio is counted on the messages that
both were given. Stock Presidio has spaCy's tokenizer and its own context enhancer. What the others look for
differs: datafog, scrubadub and Presidio's own recognizers know no labels and no official documents.
This page is written by `make performance`.
"""


@click.command()
@click.argument("results", type=click.Path(path_type=Path, dir_okay=False), default=PATH)
def main(results: Path) -> None:
    """Write docs/performance.md and its charts from RESULTS, which `make bench-speed` left."""
    measured = read(results)
    PAGE.write_text(page(measured), encoding="utf-8")
    for name, draw in CHARTS.items():
        (PAGE.parent / "images" / name).write_text(draw(measured), encoding="utf-8")


def page(results: Results) -> str:
    """The results as a page of the documentation."""
    return "\n\n".join(_blocks(results)) + "\n"


def _blocks(results: Results) -> Iterator[str]:
    yield _INTRODUCTION.rstrip()
    yield "\n".join(f"- {note}" for note in _notes(results))
    yield "![Messages a second of each rival](images/speed.svg)"
    yield "## Goals"
    yield _markdown(tables.goals(results))
    yield "## Against others"
    for share in SHARES:
        yield "### Clean chat" if not share else f"### {share} % to find"
        yield _markdown(tables.paces(results, share))
    yield "## Start and memory"
    yield "A whole process, from its start to its first answer."
    yield _markdown(tables.starts(results))
    yield "Whole runs of `raazdar scan`; memory is that of all its processes together."
    yield _markdown(tables.wholes(results))
    yield "## Length and number of recognizers"
    yield "![Cost by length and by number of recognizers](images/speed-costs.svg)"
    yield "Milliseconds of one text by its characters, the fastest of some runs."
    yield _markdown(tables.lengths(results))
    yield "A clean message, by the number of recognizers like those of admins beside the built-in ones."
    yield _markdown(tables.growth(results))


def _notes(results: Results) -> Iterator[str]:
    yield results.machine
    yield f"seed {results.seed}"
    if results.is_quick:
        yield "a quick run, of few messages: the figures are rough"
    yield from results.notes


def _markdown(sheet: Sheet) -> str:
    cells = (sheet.titles, ["---"] * len(sheet.titles), *sheet.rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


if __name__ == "__main__":
    main()
