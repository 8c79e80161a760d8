"""`raazdar demo`: an invented ministry on the local web chat."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from bot.cli.run import owned, serve_bot, taken
from bot.config.loading import Configuration
from bot.errors import InputError
from bot.model import MessageRef, Severity, Status
from bot.ports import Stage
from bot.rehearsal import EventLine, read_conversation
from bot.store.database import Purpose
from bot.wiring import Bot

PLATFORM = "local"


@click.command(short_help="Try Raazdar on this machine, with no account and no network.")
@click.option(
    "--play", is_flag=True, help="Play a written conversation without a browser, and show what happened."
)
@click.option(
    "--pace",
    type=click.FloatRange(min=0),
    default=0.1,
    show_default=True,
    metavar="SECONDS",
    help="Pause between two messages of --play.",
)
@click.option("--fresh", is_flag=True, help="Forget what earlier demos left behind, then start.")
@click.option("--listen", metavar="ADDRESS:PORT", help="Serve here instead of 127.0.0.1:8710.")
def demo(play: bool, pace: float, fresh: bool, listen: str | None) -> int:
    """Try Raazdar on this machine: a local chat and the moderators' console.

    Needs no account, no token and no network. What happens is kept in ./var, so a demo that was stopped
    goes on where it was.

    Exit status: 0 when it was stopped or played, 2 when it could not start.
    """
    from bot.config.loading import load_configuration
    from bot.config.settings import ConsoleSettings
    from bot.data import SEEDS

    def read() -> Configuration:
        configuration = load_configuration(SEEDS / "demo")
        if not listen:
            return configuration
        try:
            console = ConsoleSettings(listen)
        except ValueError as error:
            raise InputError(f"--listen: {error}.") from error
        return replace(configuration, settings=replace(configuration.settings, console=console))

    configuration = read()
    if play:
        with owned(configuration, Purpose.DEMO):
            _clear(configuration, fresh)
            asyncio.run(_play(configuration, read_conversation(SEEDS / "demo" / "conversation.yaml"), pace))
        return 0
    console = configuration.settings.console
    with taken(console.host, console.port) as listener, owned(configuration, Purpose.DEMO):
        _clear(configuration, fresh)
        serve_bot(configuration, read, listener, "The demo is running.")
    return 0


def _clear(configuration: Configuration, fresh: bool) -> None:
    """Forgets earlier demos, if that is wanted: the files that a demo makes, and no other."""
    from bot.places import store_path

    path = store_path(configuration.settings.store.url)
    if fresh:
        for database in (path, path.with_name("local-chat.db")):
            for suffix in ("", "-wal", "-shm"):
                database.with_name(database.name + suffix).unlink(missing_ok=True)
        Path(configuration.settings.seal.key_file).unlink(missing_ok=True)


async def _play(configuration: Configuration, lines: Sequence[EventLine], pace: float) -> None:
    from bot.wiring import assemble, build_detectors, open_sealed_store

    store, sealer = open_sealed_store(configuration)
    url = f"http://{configuration.settings.console.listen}"
    bot = assemble(configuration, store, sealer, build_detectors(configuration), url)
    stage = bot.platforms[PLATFORM]
    assert isinstance(stage, Stage)  # noqa: S101 - the local chat is one
    async with bot.running():
        for line in lines:
            event = line.event(PLATFORM, _names(bot), bot.clock.now())
            await stage.play(event)
            await bot.dealt_with(event)
            await asyncio.sleep(pace)
    _print_day(bot, lines)
    store.close()


def _print_day(bot: Bot, lines: Sequence[EventLine]) -> None:
    from bot.cli.report import COLOURS, printable, shorten, terminal

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("Message", "Chat", "Author", "Text", "Severity", "What happened"):
        table.add_column(title, overflow="fold")
    names = _names(bot)
    chats = {chat.id: chat.name for chat in bot.configuration.settings.chats}
    told = []
    for line in lines:
        severity, what = _told(bot, line)
        told.append(what)
        text = "deleted by its author" if line.delete else shorten(printable(line.text), 34)
        revision = f" r{line.revision}" if line.revision else ""
        table.add_row(
            line.id + revision,
            escape(chats.get(line.room, line.room)),
            escape(names.get(line.who, line.who)),
            escape(text),
            f"[{COLOURS[severity]}]{severity}[/]",
            escape(what),
        )
    console = terminal()
    console.print(table)
    messages = len({(line.room, line.id) for line in lines})
    warned = sum("warned the author" in what and "would have" not in what for what in told)
    escalated = sum("case" in what for what in told)
    untouched = sum(what == "untouched" for what in told)
    console.print(
        f"\n{messages} messages, with edits and deletions {len(lines)} events:"
        f" {untouched} untouched, {warned} warned, {escalated} in a case."
    )
    open_cases = len(bot.store.cases.list((Status.OPEN, Status.ACKNOWLEDGED)))
    console.print(
        f"{open_cases} open cases, which `raazdar cases list` shows. Played once; --fresh plays anew."
    )


def _names(bot: Bot) -> Mapping[str, str]:
    return {person.id: person.name for person in bot.configuration.settings.platforms[PLATFORM].people}


def _told(bot: Bot, line: EventLine) -> tuple[Severity, str]:
    ref = MessageRef(PLATFORM, line.room, line.id)
    if line.delete:
        return Severity.NONE, "its author deleted it"
    recorded = bot.store.decisions.of_revision(ref, line.revision)
    if recorded is None or recorded.decision.severity == Severity.NONE:
        return Severity.NONE, "untouched"
    done = [
        f"{entry.result}" if entry.state == "done" else f"{entry.planned.action}: {entry.state}"
        for entry in bot.store.outbox.of_message(ref)
        if entry.planned.revision == line.revision and entry.planned.by == "policy"
    ]
    case = bot.store.cases.of_message(ref)
    if case:
        done.append(f"case {case.number}")
    return recorded.decision.severity, "; ".join(done) or "recorded, bothers nobody"
