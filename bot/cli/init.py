"""`raazdar init`: asks for what is needed, and writes a configuration that works."""

import os
import tempfile
from pathlib import Path
from typing import Any

import click

from bot.cli.asking import Asking
from bot.cli.first_draft import Draft, draft_text
from bot.cli.first_interview import Given, Interview
from bot.cli.first_platforms import PLATFORMS
from bot.errors import ConfigurationError, InputError, Problem

_FILE = "raazdar.yaml"


@click.command(short_help="Answer some questions, and get a configuration that works.")
@click.argument(
    "directory", metavar="[DIR]", default="raazdar-config", type=click.Path(file_okay=False, path_type=Path)
)
@click.option("--platform", "platforms", multiple=True, metavar="NAME", help="discord, telegram, local.")
@click.option(
    "--token-variable",
    "variables",
    multiple=True,
    metavar="PLATFORM=NAME",
    help="Environment variable that holds a platform's token; never the token itself.",
)
@click.option(
    "--chat",
    "chats",
    multiple=True,
    metavar="PLATFORM:ID:NAME",
    help="An official chat, such as telegram:-1001234567890:Budget wing.",
)
@click.option("--mode", metavar="MODE", help="observe, coach or enforce, for all these chats.")
@click.option("--ceiling", metavar="LEVEL", help="Highest level that may be spoken of in them.")
@click.option("--departments", metavar="NAMES", help="Whose chats they are, with commas.")
@click.option("--moderators", metavar="[PLATFORM:]ID", help="Chat where their cases are shown.")
@click.option("--people", metavar="IDS", help="Who in that chat is a moderator, with commas; else everybody.")
@click.option("--critical", metavar="WHAT", help="remove, redact or hold, where the mode is enforce.")
@click.option("--chat-language", metavar="LANGUAGE", help="en or ur, in these chats.")
@click.option("--language", metavar="LANGUAGE", help="en or ur.")
@click.option("--operator", metavar="WORDS", help='Who set it up, for the people: "IT Wing, room 214".')
@click.option("--listen", metavar="ADDRESS:PORT", help="Where the console is served.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the default for what no option says.")
def init(directory: Path, yes: bool, **given: Any) -> int:
    """Write a new configuration into DIR (raazdar-config where it is left out), and the key to the evidence.

    Each question can be answered by an option as well. Tokens stay in the environment: only the names of
    their variables are asked for and written.

    Exit status: 0 when it is written, 2 when not; then nothing was.
    """
    _check_place(directory)
    try:
        draft = Interview(Asking(yes), Given(**given)).draft()
    except click.Abort as end:
        if isinstance(end.__context__, EOFError):
            raise InputError("The answers ended before the questions did; nothing was written.") from None
        raise
    _write(draft, directory)
    _say_what_is_next(draft, directory)
    return 0


def _check_place(directory: Path) -> None:
    """Raises InputError where something stands that must not be lost."""
    if (directory / _FILE).exists():
        raise InputError(
            f"{directory / _FILE} is there already and stays as it is; edit it, or name another folder:"
            " raazdar init DIR"
        )
    data = directory / "var"
    if (data / "raazdar.db").exists() and not (data / "seal.key").exists():
        raise InputError(
            f"There is a database in {data} but its key is missing; put the key back from your backup, or"
            " name another folder: raazdar init DIR"
        )


def _write(draft: Draft, directory: Path) -> None:
    """All or nothing. Raises ConfigurationError where the parts don't go together, or InputError."""
    from bot.seal import make_key_file

    data = directory.absolute() / "var"
    text = draft_text(draft, data)
    _check(text, draft, directory)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        unfinished = directory / f"{_FILE}.{os.getpid()}"
        unfinished.write_text(text, encoding="utf-8")
        try:
            if not (data / "seal.key").exists():
                make_key_file(data / "seal.key")
            os.link(unfinished, directory / _FILE)
        finally:
            unfinished.unlink()
    except OSError as error:
        raise InputError(f"{directory / _FILE} can't be written: {error.strerror}.") from error


def _check(text: str, draft: Draft, directory: Path) -> None:
    """Reads it as `raazdar run` would, the tokens being there."""
    from bot.config.loading import load_configuration

    environment = dict(os.environ) | {name: "1:a-token" for name in draft.variables.values() if name}
    with tempfile.TemporaryDirectory(prefix="raazdar-init-") as folder:
        (Path(folder) / _FILE).write_text(text, encoding="utf-8")
        try:
            load_configuration(Path(folder), environment)
        except ConfigurationError as error:
            raise ConfigurationError(
                [
                    Problem(directory / _FILE, problem.line, problem.key, problem.what)
                    for problem in error.problems
                ]
            ) from None


def _say_what_is_next(draft: Draft, directory: Path) -> None:
    click.echo(
        f"\n{directory / _FILE} is written, and the key beside it in {directory / 'var'}. What is next:"
    )
    steps = [
        step.replace("VARIABLE", variable)
        for platform, variable in draft.variables.items()
        for step in PLATFORMS[platform].steps
    ]
    if not draft.chats:
        steps.append(f"Name the official chats under chats: in {directory / _FILE}.")
    steps += [
        f"Look whether everything is right: raazdar doctor --config {directory}",
        f"Start: raazdar run --config {directory}",
    ]
    for number, step in enumerate(steps, start=1):
        click.echo(f"{number:>3}. " + step.replace("\n", "\n     "))
