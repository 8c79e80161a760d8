"""`raazdar audit verify`: proves that the audit log is whole."""

from pathlib import Path

import click

from bot.cli.options import config_option


@click.group()
def audit() -> None:
    """Work with the audit log."""


@audit.command()
@config_option
def verify(directory: Path | None) -> int:
    """Check that each entry of the audit log still fits the one before it.

    Exit status: 0 the log is whole, 1 it was changed, 2 there is no database.
    """
    from bot.config.loading import load_configuration
    from bot.store import open_store

    store = open_store(load_configuration(directory).settings.store.url, create=False)
    broken = store.audit.first_broken()
    if broken is not None:
        click.echo(f"The audit log was changed: entry {broken} does not fit the ones before it.")
        return 1
    click.echo(f"The audit log is whole: {len(store.audit.entries())} entries.")
    return 0
