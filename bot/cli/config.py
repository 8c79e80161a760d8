"""`raazdar config check`: reads the whole configuration and reports every mistake at once."""

from pathlib import Path

import click

from bot.cli.options import config_option


@click.group()
def config() -> None:
    """Work with the configuration."""


@config.command()
@config_option
def check(directory: Path | None) -> int:
    """Read everything and report every mistake with its file, line and key.

    Exit status: 0 all is well, 2 there are mistakes.
    """
    from bot.config.loading import load_configuration
    from bot.config.remarks import unheeded

    read = load_configuration(directory)
    platforms = ", ".join(read.settings.platforms) or "none"
    click.echo(
        f"The configuration is in order: platforms {platforms}; {len(read.settings.chats)} chats;"
        f" {len(read.policy.rules)} rules; {len(read.rulebook.schemes)} label schemes."
    )
    for one in unheeded(read):
        click.echo(f"Note: {one}")
    return 0
