"""`raazdar rules check`: runs every example in every YAML file."""

from pathlib import Path

import click

from bot.cli.options import config_option


@click.group()
def rules() -> None:
    """Work with the rules of the detectors."""


@rules.command()
@config_option
def check(directory: Path | None) -> int:
    """Run every `matches:` and `misses:` example of every rule.

    Names the file, the rule, the example and what was found instead. Exit status: 0 all hold, 1 some do
    not, 2 the configuration is broken.
    """
    from detectors.examples import check_examples, count_examples

    from bot.config.loading import load_configuration
    from detectors.engine import Engine

    configuration = load_configuration(directory)
    failures = check_examples(Engine(configuration.rulebook), configuration.rulebook)
    for failure in failures:
        click.echo(str(failure))
    matches, misses = count_examples(configuration.rulebook)
    schemes = len(configuration.rulebook.schemes)
    click.echo(
        f"{matches} matches and {misses} misses in {schemes} label schemes and the other rules:"
        f" {'all hold' if not failures else f'{len(failures)} do not hold'}."
    )
    return 1 if failures else 0
