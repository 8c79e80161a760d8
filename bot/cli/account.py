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

    NAME is `moderator` where it is left out; an account that is not there is made. Whoever was signed in to
    it has to sign in again. Exit status: 0, or 2 where there is no database or the name can't be used.
    """
    from bot.clock import SystemClock
    from bot.config.loading import load_configuration
    from bot.console.accounts import new_password
    from bot.store import open_store

    store = open_store(load_configuration(directory).settings.store.url, create=False)
    click.echo(f"{name}  {new_password(store, SystemClock(), name)}")
    return 0
