"""`raazdar doctor`: looks whether everything is set up, and says what to do where it is not."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from bot.cli.options import config_option
from bot.model import Check, CheckState

_COLOURS = {CheckState.GOOD: "green", CheckState.DOUBTFUL: "yellow", CheckState.BAD: "bold red"}


@click.command(short_help="Look whether everything is set up, and what to do where it is not.")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead of a table.")
def doctor(directory: Path | None, as_json: bool) -> int:
    """Look at the configuration, the machine, the database and each platform.

    Nothing is changed, and no chat notices; a bot that runs meanwhile goes on running.

    Exit status: 0 all is good or merely doubtful, 1 something is bad, 2 it could not be looked at because
    the configuration has mistakes.
    """
    from bot.clock import SystemClock
    from bot.config.loading import load_configuration
    from bot.doctor import examine

    configuration = load_configuration(directory)
    where = directory / "raazdar.yaml" if directory else "the defaults; --config names a folder of your own"
    checks = [Check("configuration", CheckState.GOOD, f"is in order ({where})")]
    checks += asyncio.run(examine(configuration, SystemClock().now()))
    if as_json:
        for check in checks:
            click.echo(json.dumps(asdict(check), ensure_ascii=False))
    else:
        _print(checks)
    return int(any(check.state == CheckState.BAD for check in checks))


def _print(checks: Sequence[Check]) -> None:
    from bot.cli.report import printable, terminal

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("Subject", "State", "What was found", "What to do"):
        table.add_column(title, overflow="fold")
    for check in checks:
        colour = _COLOURS[check.state]
        table.add_row(
            escape(printable(check.subject)),
            f"[{colour}]{check.state}[/]",
            escape(printable(check.found)),
            escape(printable(check.todo)),
        )
    counts = Counter(check.state for check in checks)
    console = terminal()
    console.print(table)
    console.print("\n" + ", ".join(f"{counts[state]} {state}" for state in CheckState) + ".")
