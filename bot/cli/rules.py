"""`raazdar rules check`: runs every example in every YAML file."""

from collections import Counter
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import config_option

if TYPE_CHECKING:
    from detectors.engine import Engine
    from detectors.rulebook import Rulebook


@click.group()
def rules() -> None:
    """Work with the rules of the detectors."""


@rules.command()
@config_option
def check(directory: Path | None) -> int:
    """Run every `matches:` and `misses:` example of every rule.

    Names the file, the rule, the example and what was found instead. A recognizer in own-recognizers.yaml may
    have no examples, which is told. Exit status: 0 all hold, 1 some do
    not, 2 the configuration is broken.
    """
    from bot.config.loading import load_configuration
    from bot.config.remarks import untried
    from detectors.engine import Engine
    from detectors.examples import check_examples

    rulebook = load_configuration(directory).rulebook
    engine = Engine(rulebook)
    failures = check_examples(engine, rulebook)
    for failure in failures:
        click.echo(
            f"{failure.file}: {failure.rule}: {failure.example!r}: expected {failure.expected},"
            f" found {failure.found}"
        )
    for scheme in rulebook.schemes:
        click.echo(f"labels/{scheme.scheme}: {_counted(scheme)}")
    for name in ("judgement", "references", "markers", "recognizers"):
        click.echo(f"{name}: {_counted(getattr(rulebook, name))}")
    if rulebook.own.enabled:
        click.echo(f"own-recognizers: {_counted(rulebook.own)}")
    for one in untried(rulebook):
        click.echo(f"Note: {one}")
    _tell_costs(engine, rulebook)
    click.echo("All examples hold." if not failures else f"{len(failures)} examples do not hold.")
    return 1 if failures else 0


def _tell_costs(engine: "Engine", rulebook: "Rulebook") -> None:
    """What a text in which there is nothing costs, and which recognizers run on every one."""
    from detectors.costs import cost_of_clean, costs

    ordinary = [text for marker in rulebook.markers.markers for text in marker.misses]
    mean = cost_of_clean(engine, ordinary) * 1e6
    click.echo(f"The {len(ordinary)} misses of the markers take {mean:.0f} µs each, here and now.")
    for one in costs(engine, ordinary):
        click.echo(
            f"Note: {one.name} states nothing that a text must hold for it to find something, so it runs on"
            f" every text: {one.seconds * 1e6:.0f} µs each."
        )


def _counted(rules: object) -> str:
    examples = _examples(rules)
    return f"{examples['matches']} matches, {examples['misses']} misses"


def _examples(value: object) -> Counter[str]:
    """How many examples of each kind stand anywhere below a part of the rulebook."""
    counted: Counter[str] = Counter()
    if isinstance(value, tuple):
        for item in value:
            counted += _examples(item)
    elif is_dataclass(value):
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name in {"matches", "misses"}:
                counted[field.name] += len(inner)
            else:
                counted += _examples(inner)
    return counted
