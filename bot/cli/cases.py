"""`raazdar cases`: looks at cases from the terminal, masked as everywhere."""

from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from bot.cli.options import config_option
from bot.errors import InputError


@click.group()
def cases() -> None:
    """Look at cases."""


@cases.command(name="list")
@config_option
@click.option("--all", "everything", is_flag=True, help="Closed cases too.")
def list_cases(directory: Path | None, everything: bool) -> int:
    """List open cases, newest first.

    Exit status: 0, or 2 where the database can't be read.
    """
    from bot.cli.report import COLOURS, shorten, terminal
    from bot.config.loading import load_configuration
    from bot.model import Status
    from bot.store import open_store

    store = open_store(load_configuration(directory).settings.store.url, create=False)
    found = store.cases.list() if everything else store.cases.list((Status.OPEN, Status.ACKNOWLEDGED))
    console = terminal()
    if not found:
        console.print("There are no cases." if everything else "There are no open cases.")
        return 0
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("Case", "Severity", "Status", "Chat", "Author", "Why", "Changed"):
        table.add_column(title)
    for case in found:
        table.add_row(
            str(case.number),
            f"[{COLOURS[case.severity]}]{case.severity}[/]",
            (case.outcome or case.status).replace("_", " "),
            escape(case.chat_name),
            escape(case.author.name or case.author.id),
            escape(shorten(case.why)),
            f"{case.updated_at:%Y-%m-%d %H:%M}",
        )
    console.print(table)
    return 0


@cases.command()
@config_option
@click.argument("number", type=int)
def show(directory: Path | None, number: int) -> int:
    """Show one case with its masked evidence and its timeline.

    Exit status: 0, or 2 where there is no such case or no database.
    """
    from bot.cli.report import COLOURS, place, shorten, terminal
    from bot.config.loading import load_configuration
    from bot.store import open_store

    configuration = load_configuration(directory)
    store = open_store(configuration.settings.store.url, create=False)
    case = store.cases.get(number)
    if case is None:
        raise InputError(f"There is no case {number}; `raazdar cases list --all` shows which there are.")
    console = terminal()
    status = (case.outcome or case.status).replace("_", " ")
    console.print(f"[bold]Case {case.number}[/]: [{COLOURS[case.severity]}]{case.severity}[/], {status}")
    provision = configuration.policy.provisions.get(case.provision)
    for name, value in (
        ("chat", f"{case.chat_name} on {case.ref.platform}"),
        ("author", case.author.name or case.author.id),
        ("why", case.why),
        ("rule", case.rule),
        ("provision", provision.text if provision else case.provision),
        ("its author", case.claim or "has said nothing"),
        ("taken by", case.owner or "nobody yet"),
        ("evidence", case.evidence.excerpt or "no text"),
    ):
        console.print(f"  [dim]{name:>10}[/]  {escape(value)}")
    for finding in case.evidence.findings:
        details = ", ".join(f"{key}={value}" for key, value in finding.attributes if value)
        where = place(configuration.catalogue, finding.part, finding.start, finding.end, finding.region)
        console.print(
            f"  [dim]{'found':>10}[/]  {finding.entity} {escape(shorten(finding.masked))}"
            f" [dim]{escape(where)}, {finding.score:.2f} {escape(details)}[/]"
        )
    for part, reason in case.evidence.undecided:
        console.print(f"  [dim]{'not read':>10}[/]  {escape(part)}: {escape(reason)}")
    console.print("[bold]Timeline[/]")
    for event in store.cases.events(case.number):
        console.print(f"  {event.at:%Y-%m-%d %H:%M:%S}  {escape(event.actor)} {escape(event.what)}")
    return 0
