"""`raazdar eval`: measures the detectors on labelled messages."""

from pathlib import Path

import click

from bot.cli.options import config_option


@click.command(name="eval")
@config_option
@click.option("--list", "listed", is_flag=True, help="List each miss and each false alarm by its id.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
def evaluate(directory: Path | None, listed: bool, paths: tuple[Path, ...]) -> int:
    """Measure precision and recall on labelled messages.

    Reads JSON lines as `scan --jsonl` does, with "expect": "flag" | "clean", "entities": […] and, if there
    is one, "class". Without a PATH it reads the labelled messages that come with Raazdar.

    Exit status: 0 once it is measured, 2 for bad usage or bad input.
    """
    from bot.cli.options import NO_CHAT
    from bot.cli.report import terminal
    from bot.cli.scan import Judge
    from bot.config.loading import load_configuration
    from bot.data import SEEDS
    from bot.evaluation import measure, read_labelled, tables
    from bot.wiring import build_detectors

    configuration = load_configuration(directory)
    labelled, mistakes = read_labelled(paths or sorted((SEEDS / "labelled").glob("*.jsonl")))
    for mistake in mistakes:
        click.echo(mistake, err=True)
    judge = Judge(configuration, build_detectors(configuration), NO_CHAT)
    results = measure(labelled, judge.message)
    console = terminal()
    for table in tables(results):
        console.print(table)
    if listed:
        for one in results:
            if one.missed or one.is_alarm or one.is_miss:
                what = "false alarm" if one.is_alarm else "miss"
                lacking = f" lacks {', '.join(sorted(one.missed))}" if one.missed else ""
                console.print(f"{what} {one.label.id} [{one.label.group}]{lacking}", markup=False)
    return 2 if mistakes else 0
