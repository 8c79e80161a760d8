"""The group that finds the commands, and the one place where an error becomes a sentence and a status."""

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from bot.errors import ConfigurationError, RaazdarError

BAD_INPUT = 2

_COMMANDS: Mapping[str, str] = {
    "demo": "bot.cli.demo:demo",
    "run": "bot.cli.run:run",
    "init": "bot.cli.init:init",
    "doctor": "bot.cli.doctor:doctor",
    "scan": "bot.cli.scan:scan",
    "explain": "bot.cli.explain:explain",
    "rules": "bot.cli.rules:rules",
    "config": "bot.cli.config:config",
    "eval": "bot.cli.evaluate:evaluate",
    "cases": "bot.cli.cases:cases",
    "audit": "bot.cli.audit:audit",
    "account": "bot.cli.account:account",
    "db": "bot.cli.db:db",
}


class _Commands(click.Group):
    """Imports a command only when it is asked for, so that a short scan starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - a mistake in the table above
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="raazdar", prog_name="raazdar")
def raazdar() -> None:
    """Keeps official information from leaking in group chats.

    Start with `raazdar demo`: a local chat and the moderators' console, with no account, no token and no
    network. `raazdar scan` looks at text or files and says what it would do.
    """


def main() -> NoReturn:
    """Runs the command line and exits with 0, 1 or 2 as each command's help says."""
    try:
        status = raazdar.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.exceptions.Abort:
        status = 130
    except click.ClickException as error:
        error.show()
        status = BAD_INPUT
    except ConfigurationError as error:
        count = len(error.problems)
        found = "one mistake" if count == 1 else f"{count} mistakes"
        click.echo(f"{error}\nraazdar: the configuration has {found}; nothing was started.", err=True)
        status = BAD_INPUT
    except RaazdarError as error:
        click.echo(f"raazdar: {error}", err=True)
        status = BAD_INPUT
    except Exception as error:  # noqa: BLE001 - a mistake of ours is told in a sentence, with no text of anybody's
        import traceback

        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        click.echo(
            f"raazdar: something went wrong inside ({type(error).__name__} at {where}); please report this.",
            err=True,
        )
        status = BAD_INPUT
    sys.exit(status if isinstance(status, int) else 0)
