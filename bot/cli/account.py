"""`raazdar account`: who may sign in to the console."""

from pathlib import Path

import click

from bot.cli.options import config_option


@click.group()
def account() -> None:
    """Manage who may sign in to the console."""


@account.command()
@config_option
@click.argument("name", default="moderator")
def password(directory: Path | None, name: str) -> int:
    """Give the account NAME a new password, and show it once.

    NAME is `moderator` where it is left out; an account that is not there is made.
    """
    from bot.config.loading import load_configuration
    from bot.console.accounts import new_password
    from bot.store import open_store

    store = open_store(load_configuration(directory).settings.store.url, create=False)
    click.echo(f"{name}  {new_password(store, name)}")
    return 0
