"""`raazdar run`: the bot on its platforms, and the console, until it is told to stop."""

import asyncio
import logging
from pathlib import Path

import click

from bot.cli.options import config_option
from bot.config.loading import Configuration


@click.command(short_help="Run the bot and the console.")
@config_option
def run(directory: Path | None) -> int:
    """Run the bot and the console until interrupted.

    The first start makes the database, the key that seals the evidence, and an account for the console,
    whose password is shown once. Exit status: 0 when it was stopped, 2 when it could not start.
    """
    from bot.config.loading import load_configuration

    serve_bot(load_configuration(directory), "Raazdar is running.")
    return 0


def serve_bot(configuration: Configuration, hello: str) -> None:
    """Serves until a signal. Everything that can be wrong is found before anything starts."""
    from bot.console.accounts import FIRST_ACCOUNT, first_password
    from bot.console.app import web_application
    from bot.console.server import address, bind, serve
    from bot.ports import WebPlatform
    from bot.wiring import assemble, build_detectors, open_sealed_store

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    console = configuration.settings.console
    listener = bind(console.host, console.port)
    url = address(listener)
    store, sealer = open_sealed_store(configuration)
    bot = assemble(configuration, store, sealer, build_detectors(configuration), url)
    password = first_password(store)

    click.echo(hello)
    for platform in bot.platforms.values():
        if isinstance(platform, WebPlatform):
            click.echo(f"  Chat     {url}{platform.mount}/")
    click.echo(f"  Console  {url}/")
    if password:
        click.echo(
            f"           sign in as {FIRST_ACCOUNT} with the password {password} (shown only this once)"
        )
    else:
        click.echo("           for a new password: raazdar account password")
    click.echo("Stop it with Ctrl+C.")

    async def everything() -> None:
        async with bot.running():
            await serve(web_application(bot, console.host), listener)

    try:
        asyncio.run(everything())
    except KeyboardInterrupt:
        click.echo("Stopped.")
    finally:
        store.close()
