"""`raazdar run`: the bot on its platforms, and the console, until it is told to stop."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from bot.cli.options import config_option
from bot.config.loading import Configuration
from bot.store.database import Purpose
from bot.wiring import Bot


@click.command(short_help="Run the bot and the console.")
@config_option
def run(directory: Path | None) -> int:
    """Run the bot and the console until interrupted.

    The first start makes the database, the key that seals the evidence, and an account for the console,
    whose password is shown once.

    On SIGHUP, what is searched for and the policy are read again and taken up without stopping; call `raazdar
    config check` before. Where they have a mistake, it is told and nothing changes.

    Exit status: 0 when it was stopped, 2 when it could not start.
    """
    from bot.config.loading import load_configuration

    def read() -> Configuration:
        return load_configuration(directory)

    configuration = read()
    console = configuration.settings.console
    with taken(console.host, console.port) as listener, owned(configuration, Purpose.REAL):
        serve_bot(configuration, read, listener, "Raazdar is running.")
    return 0


@contextmanager
def taken(host: str, port: int) -> Iterator[socket.socket]:
    """The address, before anything else is touched. Raises ListenError."""
    from bot.console.server import bind

    with bind(host, port) as listener:
        yield listener


@contextmanager
def owned(configuration: Configuration, purpose: Purpose) -> Iterator[None]:
    """The database, which nobody else may work on meanwhile. Raises StoreError."""
    from bot.store.database import Ownership

    ownership = Ownership(configuration.settings.store.url, purpose)
    try:
        yield
    finally:
        ownership.give_up()


def serve_bot(
    configuration: Configuration, read: Callable[[], Configuration], listener: socket.socket, hello: str
) -> None:
    """Serves until a signal. `read` reads the configuration again."""
    from bot.config.remarks import unheeded
    from bot.console.app import web_application
    from bot.console.server import Server, address
    from bot.reloading import Reloading
    from bot.wiring import assemble, build_divided_detectors, make_rules, open_sealed_store

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("raazdar.reloading").setLevel(logging.INFO)
    url = address(listener)
    store, sealer = open_sealed_store(configuration)
    detectors = build_divided_detectors(configuration)
    bot = assemble(configuration, store, sealer, detectors, url)
    reloading = Reloading(configuration, read, make_rules, bot.in_force, store, bot.clock)
    terminal = _has_terminal()
    for note in unheeded(configuration):
        click.echo(f"Note: {note}", err=True)

    def hung_up() -> None:
        # A terminal that is closed sends the same signal, and whoever closes it wants an end.
        if terminal and not _has_terminal():
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            reloading.ask()

    async def everything() -> None:
        server = Server(web_application(bot, configuration.settings.console.host))
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, hung_up)
        with closing(bot.in_force):
            async with bot.running(reloading=reloading.run):
                _greet(bot, url, hello)
                await server.serve(sockets=[listener])

    try:
        asyncio.run(everything())
    finally:
        store.close()
    click.echo("Stopped.")


def _has_terminal() -> bool:
    """Whether the process belongs to a terminal that is still there."""
    try:
        Path("/dev/tty").open("rb", buffering=0).close()
    except OSError:
        return False
    return True


def _greet(bot: Bot, url: str, hello: str) -> None:
    """Says where everything is, and the first account's password, once."""
    from bot.console.accounts import FIRST_ACCOUNT, first_password
    from bot.ports import WebPlatform

    password = first_password(bot.store, bot.clock)
    click.echo(hello)
    for platform in bot.platforms.values():
        if isinstance(platform, WebPlatform):
            click.echo(f"  Chat     {url}{platform.mount}/")
    click.echo(f"  Console  {url}/")
    if password:
        click.echo(f"           sign in as {FIRST_ACCOUNT}, password {password} (shown only this once)")
    else:
        click.echo("           for a new password: raazdar account password")
    click.echo("Stop it with Ctrl+C.")
