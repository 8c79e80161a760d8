"""How scans and cases look on a terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.config.catalogue import ENGLISH, Catalogue
from bot.mask import mask
from bot.model import Decision, Severity
from bot.scanning import Scanned
from bot.whereabouts import region_words
from detectors.finding import Box

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


def print_scan(name: str, scanned: Scanned, decision: Decision, words: Catalogue, show_text: bool) -> None:
    """One thing that was scanned: what it means, why, and what was found in it."""
    console = terminal()
    colour = COLOURS[decision.severity]
    actions = ", ".join(decision.actions) or "nothing to do"
    console.print(f"[bold]{escape(printable(name))}[/]: [{colour}]{decision.severity}[/] ({actions})")
    if decision.why:
        console.print(f"  {escape(decision.why)} [dim]\\[{decision.rule}, {decision.provision}][/]")
    parts = {part.name: part for part in scanned.parts}
    if scanned.scan.findings:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 2))
        for title in ("Found", "Where", "Score", "Text" if show_text else "Masked", "Details"):
            table.add_column(title, overflow="fold")
        for finding in scanned.scan.findings:
            part = parts[finding.part]
            found = part.text[finding.span.start : finding.span.end]
            shown = found if show_text else mask(found)
            details = ", ".join(
                f"{key}={value}" for key, value in sorted(finding.attributes.items()) if value not in ((), "")
            )
            where = place(words, part.name, finding.span.start, finding.span.end, part.region(finding.span))
            row = (finding.entity, where, f"{finding.score:.2f}", shorten(printable(shown)), details)
            table.add_row(*map(escape, row))
        console.print(table)
    for undecided in scanned.scan.undecided:
        console.print(f"  not looked at: {escape(undecided.part)} ({escape(undecided.reason)})")


def place(words: Catalogue, part: str, start: int, end: int, region: Box | None) -> str:
    """Where something was found: the part by its name, the characters, and whereabouts on a page."""
    on_page = f", {region_words(words, ENGLISH, region)}" if region else ""
    return f"{part} {start}–{end}{on_page}"


def printable(text: str) -> str:
    """The text on one line, with what a terminal might obey or can't show replaced."""
    return "".join(character if character.isprintable() else "·" for character in text)


def shorten(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
