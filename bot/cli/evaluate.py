"""`raazdar eval`: measures the detectors on labelled messages."""

from collections.abc import Sequence
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from bot.cli.options import NO_CHAT, config_option, known_chats
from bot.cli.report import terminal
from bot.config.loading import load_configuration
from bot.config.reading import read_document
from bot.data import SEEDS
from bot.errors import InputError
from bot.evaluation import Result, by_class, by_entity, measure, read_labelled
from bot.goals import Goal, Reached, reach, regressions, snapshot

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(name="eval", short_help="Measure accuracy on labelled messages.")
@config_option
@click.option("--list", "listed", is_flag=True, help="List each miss and each false alarm by its id.")
@click.option("--goals", type=_FILE, metavar="FILE", help="Bounds that must be met (YAML).")
@click.option(
    "--baseline", type=_FILE, metavar="FILE", help="An earlier run that this one must not fall behind."
)
@click.option("--save", type=_FILE, metavar="FILE", help="Keep this run, to be a baseline later.")
@click.option("--report", type=_FILE, metavar="FILE", help="Write the figures as a Markdown page.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
def evaluate(
    directory: Path | None,
    listed: bool,
    goals: Path | None,
    baseline: Path | None,
    save: Path | None,
    report: Path | None,
    paths: tuple[Path, ...],
) -> int:
    """Measure precision and recall on labelled messages.

    Reads JSON lines as `scan --jsonl` does, with "expect": "flag" | "clean", "entities": […] and, if there
    is one, "class". Without a PATH it reads the labelled messages that come with Raazdar.

    \b
    Exit status: 0  measured, and the goals and the baseline hold
                 1  a goal is missed, or something is worse than in the baseline
                 2  bad usage or bad input; what could be read was still measured
    """
    from bot.sifting.judge import Judge
    from bot.wiring import build_detectors

    configuration = load_configuration(directory)
    bounds = read_document(goals, tuple[Goal, ...]) if goals else ()
    labelled, mistakes = read_labelled(paths or sorted((SEEDS / "labelled").glob("*.jsonl")))
    for mistake in mistakes:
        click.echo(mistake, err=True)
    if not labelled:
        raise InputError("There is no labelled message, so nothing could be measured.")
    judge = Judge(configuration.policy, build_detectors(configuration), NO_CHAT, known_chats(configuration))
    results = measure(labelled, judge.message)
    reached = reach(bounds, results)
    worse = regressions(baseline, results) if baseline else ()
    _print(results, reached, worse, listed)
    if save:
        save.write_text(snapshot(results), encoding="utf-8")
    if report:
        report.write_text(page(results, reached), encoding="utf-8")
    if mistakes:
        return 2
    return 1 if worse or not all(one.is_met for one in reached) else 0


def page(results: Sequence[Result], reached: Sequence[Reached]) -> str:
    """The figures as a Markdown page."""
    return "\n".join(
        [
            "# Accuracy",
            "",
            f"Measured on the {len(results)} labelled messages in `seeds/labelled/` by `make accuracy`,",
            "which writes this page; `make test` fails where a goal is missed. The messages were written by",
            "somebody who did not look at the detectors; the detectors were then improved on them, so expect",
            "somewhat less on messages that nobody has seen.",
            "",
            "## Goals",
            "",
            *_markdown(_goal_rows(reached)),
            "",
            "## By class of message",
            "",
            *_markdown(_class_rows(results)),
            "",
            "## By entity",
            "",
            "What is found where nobody labelled it counts against precision only in clean messages.",
            "",
            *_markdown(_entity_rows(results)),
            "",
        ]
    )


def _print(
    results: Sequence[Result], reached: Sequence[Reached], worse: Sequence[Result], listed: bool
) -> None:
    console = terminal()
    for rows in (_class_rows(results), _entity_rows(results), _goal_rows(reached)):
        if len(rows) > 1:
            console.print(_table(rows))
            console.print()
    for result in worse:
        console.print(f"worse than before: {_in_words(result)}", markup=False)
    if listed:
        for result in results:
            if not result.is_right:
                console.print(_in_words(result), markup=False)


def _in_words(result: Result) -> str:
    what = "false alarm" if result.is_alarm else "miss"
    lacking = f" lacks {', '.join(sorted(result.missed))}" if result.missed else ""
    return f"{what} {result.label.id} [{result.label.group}]{lacking}"


Rows = Sequence[Sequence[str]]


def _class_rows(results: Sequence[Result]) -> Rows:
    head = ("Class", "Messages", "To flag", "Missed", "Recall", "Clean", "False alarms", "Precision")
    return [
        head,
        *(
            (
                one.name,
                str(one.messages),
                str(one.to_flag),
                str(one.missed),
                _rate(one.recall),
                str(one.clean),
                str(one.alarms),
                _rate(one.precision),
            )
            for one in by_class(results)
        ),
    ]


def _entity_rows(results: Sequence[Result]) -> Rows:
    head = ("Entity", "Labelled", "Missed", "Recall", "In clean messages", "Precision")
    return [
        head,
        *(
            (
                one.name,
                str(one.labelled),
                str(one.missed),
                _rate(one.recall),
                str(one.stray),
                _rate(one.precision),
            )
            for one in by_entity(results)
        ),
    ]


def _goal_rows(reached: Sequence[Reached]) -> Rows:
    return [
        ("Goal", "Measure", "Bound", "Reached", "Messages", "Wrong", "Met"),
        *(
            (
                one.goal.name,
                one.what,
                f"{'≤' if one.what == 'false alarms' else '≥'} {one.bound:g}",
                _rate(one.rate),
                str(one.counted),
                str(one.wrong),
                "yes" if one.is_met else "NO",
            )
            for one in reached
        ),
    ]


def _table(rows: Rows) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, name in enumerate(rows[0]):
        table.add_column(name, justify="left" if number == 0 else "right")
    for row in rows[1:]:
        table.add_row(*map(escape, row))
    return table


def _markdown(rows: Rows) -> Sequence[str]:
    ruled = [rows[0], ["---", *("---:" for _ in rows[0][1:])], *rows[1:]]
    return [f"| {' | '.join(row)} |" for row in ruled]


def _rate(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.3f}"
