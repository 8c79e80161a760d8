"""`raazdar db migrate`: brings the database up to date."""

from pathlib import Path

import click

from bot.cli.options import config_option


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
@config_option
def migrate(directory: Path | None) -> int:
    """Bring the database up to date; each step is done whole or not at all.

    It is done at every start as well. Exit status: 0, or 2 where the database is missing, can't be
    read, or was written by a newer Raazdar.
    """
    from bot.config.loading import load_configuration
    from bot.places import store_path
    from bot.store import open_store

    url = load_configuration(directory).settings.store.url
    store = open_store(url, create=False)
    applied = store.applied
    path = store_path(url)
    click.echo(f"{path}: applied {', '.join(applied)}." if applied else f"{path} is up to date.")
    return 0
