"""`raazdar explain`: every step from a text to the decision about it, for people."""

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from bot.cli.options import chat_option, config_option, find_chat
from bot.config.catalogue import Catalogue
from bot.config.loading import Configuration
from bot.model import Audience, Chat, Message, MessageRef, Person
from detectors.finding import Consideration, Part, Scan

_LINES = 40
"""How many lines of a text are shown."""


@click.command(short_help="Show every step from a text to the decision.")
@config_option
@chat_option
@click.argument("path", default="-", metavar="[PATH | -]")
def explain(directory: Path | None, chat: str | None, path: str) -> int:
    """Show every step from a text to the decision about it.

    Reads PATH, or standard input. Shows how the text was folded, each candidate with the steps that kept or
    dismissed it, and which rules of the policy hold. The text itself is shown: it is yours.

    Exit status: 0 once it is explained, 2 for bad usage or bad input.
    """
    from bot.cli.report import terminal
    from bot.config.loading import load_configuration
    from bot.sifting.reading import read_file
    from detectors.engine import UNHURRIED, Engine
    from detectors.extract import extract

    configuration = load_configuration(directory)
    where = find_chat(configuration, chat)
    parts, unread, _ = extract(*read_file(path), "text")
    engine = Engine(configuration.rulebook, patience=UNHURRIED)
    console = terminal()
    for part in parts:
        _show_text(console, part)
        _show_considered(console, configuration.catalogue, part, engine.consider(part))
    scan = engine.scan(parts)
    scan = Scan(scan.findings, (*unread, *scan.undecided))
    for undecided in scan.undecided:
        console.print(f"[bold]Not looked at[/]: {escape(undecided.part)} ({escape(undecided.reason)})\n")
    _show_policy(console, configuration, where, scan)
    return 0


def _show_text(console: Console, part: Part) -> None:
    from detectors.normalise import fold

    console.print(f"[bold]The text[/] [dim]({escape(part.name)}, {len(part.text)} characters)[/]")
    _show_lines(console, part.text)
    folded = fold(part.text)
    console.print("[bold]Folded[/]")
    if folded.text == part.text:
        console.print("   nothing to fold: it is read as it stands")
    else:
        _show_lines(console, folded.text)


def _show_lines(console: Console, text: str) -> None:
    from bot.cli.report import printable

    lines = text.splitlines()
    for line in lines[:_LINES]:
        console.print(f"   [dim]│[/] {escape(printable(line))}")
    if len(lines) > _LINES:
        console.print(f"   [dim]│ … and {len(lines) - _LINES} lines more[/]")


def _show_considered(
    console: Console, words: Catalogue, part: Part, considered: Sequence[Consideration]
) -> None:
    from bot.cli.report import place, printable, shorten

    console.print("[bold]What was considered[/]")
    if not considered:
        console.print("   nothing in it looks like anything that is searched for")
    for item in considered:
        verdict = "[green]kept[/]" if item.kept else "[dim]dismissed[/]"
        found = shorten(printable(part.text[item.span.start : item.span.end]), 70)
        where = place(words, "", item.span.start, item.span.end, part.region(item.span)).strip()
        console.print(f"   {verdict} {item.entity} {where} [bold]{escape(found)}[/] {item.score:.2f}")
        steps = list(item.evidence.steps)
        if item.evidence.context_words:
            steps.append(f"context: {', '.join(item.evidence.context_words)}")
        if item.evidence.validation:
            steps.append(f"validated: {item.evidence.validation}")
        for step in steps:
            console.print(f"      [dim]·[/] {escape(step)}")


def _show_policy(console: Console, configuration: Configuration, where: Chat, scan: Scan) -> None:
    from bot.cli.report import COLOURS
    from bot.policy import decide, holding_rules

    policy, audience = configuration.policy, where.audience
    console.print("[bold]The policy[/]")
    console.print(f"   {escape(where.name)}: {_readers(audience)}, {audience.ceiling} at most")
    for rule, severity, why in holding_rules(policy, scan, audience):
        console.print(f"   [{COLOURS[severity]}]{severity}[/] {rule.id}: {escape(why)}")
    decision = decide(policy, Message(MessageRef("", "", ""), Person(""), ""), scan, audience)
    actions = ", ".join(decision.actions) or "nothing to do"
    console.print(
        f"[bold]The decision[/]\n   [{COLOURS[decision.severity]}]{decision.severity}[/]: {actions}"
    )
    if decision.rule:
        provision = policy.provisions[decision.provision]
        console.print(f"   {escape(decision.why)}")
        console.print(f"   provision {decision.provision}: {escape(provision.text)}")


def _readers(audience: Audience) -> str:
    if audience.public:
        return "anyone can read it"
    return "members and guests can read it" if audience.guests else "its members can read it"
