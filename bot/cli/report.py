"""How scans and cases look on a terminal."""

from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.config.catalogue import ENGLISH, Catalogue
from bot.mask import mask
from bot.model import Decision, Severity
from bot.scanning import Scanned
from bot.whereabouts import region_words
from detectors.finding import Box, Finding, Part

COLOURS = {
    Severity.NONE: "dim",
    Severity.LOW: "cyan",
    Severity.MEDIUM: "yellow",
    Severity.HIGH: "dark_orange",
    Severity.CRITICAL: "bold red",
}


def terminal() -> Console:
    """Standard output, as wide as a table needs where it is no terminal."""
    console = Console(highlight=False, soft_wrap=False)
    return console if console.is_terminal else Console(highlight=False, width=140)


@dataclass(frozen=True, slots=True)
class Report:
    """What is shown of one thing that was scanned: what it means, why, and what was found in it.

    A row has as many cells as there are titles. `undecided` are parts, each with the reason.
    """

    decision: Decision
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    undecided: tuple[tuple[str, str], ...]


def report(words: Catalogue, show_text: bool, scanned: Scanned, decision: Decision) -> Report:
    """What is shown of a scan, without the text that it was found in."""
    parts = {part.name: part for part in scanned.parts}
    rows = [_row(words, show_text, finding, parts[finding.part]) for finding in scanned.scan.findings]
    undecided = tuple((one.part, one.reason) for one in scanned.scan.undecided)
    titles = ("Found", "Where", "Score", "Text" if show_text else "Masked", "Details")
    return Report(decision, titles, tuple(rows), undecided)


def in_full(name: str, shown: Report) -> str:
    """A report under a name, as the terminal shows it."""
    console, decision = terminal(), shown.decision
    colour = COLOURS[decision.severity]
    actions = ", ".join(decision.actions) or "nothing to do"
    with console.capture() as captured:
        console.print(f"[bold]{escape(printable(name))}[/]: [{colour}]{decision.severity}[/] ({actions})")
        if decision.why:
            console.print(f"  {escape(decision.why)} [dim]\\[{decision.rule}, {decision.provision}][/]")
        if shown.rows:
            table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 2))
            for title in shown.titles:
                table.add_column(title, overflow="fold")
            for row in shown.rows:
                table.add_row(*map(escape, row))
            console.print(table)
        for part, reason in shown.undecided:
            console.print(f"  not looked at: {escape(part)} ({escape(reason)})")
    return captured.get()


def _row(words: Catalogue, show_text: bool, finding: Finding, part: Part) -> tuple[str, ...]:
    found = part.text[finding.span.start : finding.span.end]
    shown = found if show_text else mask(found)
    details = ", ".join(
        f"{key}={value}" for key, value in sorted(finding.attributes.items()) if value not in ((), "")
    )
    where = place(words, part.name, finding.span.start, finding.span.end, part.region(finding.span))
    return finding.entity, where, f"{finding.score:.2f}", shorten(printable(shown)), details


def place(words: Catalogue, part: str, start: int, end: int, region: Box | None) -> str:
    """Where something was found: the part by its name, the characters, and whereabouts on a page."""
    on_page = f", {region_words(words, ENGLISH, region)}" if region else ""
    return f"{part} {start}–{end}{on_page}"


def printable(text: str) -> str:
    """The text on one line, with what a terminal might obey or can't show replaced."""
    return "".join(character if character.isprintable() else "·" for character in text)


def shorten(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
