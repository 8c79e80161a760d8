"""`raazdar scan`: looks at text, files or JSON lines and says what it would do."""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import chat_option, config_option, find_chat, known_chats
from bot.cli.progress import progress
from bot.sifting.files import FileTask
from bot.sifting.incoming import STANDARD_INPUT
from bot.sifting.lines import LineTask
from bot.sifting.reading import files
from bot.sifting.sift import sift_files, sift_lines
from bot.sifting.status import CLEAN, STOPPED
from detectors.engine import UNHURRIED, Engine

if TYPE_CHECKING:
    from bot.cli.report import Report


@click.command(short_help="Judge text, files or JSON lines as if they were posted.")
@click.option("--jsonl", is_flag=True, help="Read one JSON message a line, and write one JSON result a line.")
@config_option
@chat_option
@click.option("--show-text", is_flag=True, help="Show what was found as it stands, not masked.")
@click.option(
    "--processes",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many may judge at a time where there is much to judge; as many as processors unless told.",
)
@click.argument("paths", nargs=-1, metavar="[PATH… | -]")
def scan(
    jsonl: bool,
    directory: Path | None,
    chat: str | None,
    show_text: bool,
    processes: int | None,
    paths: tuple[str, ...],
) -> int:
    """Look at text and files as if they were posted, and say what would be done.

    Reads each PATH, or standard input for `-` and where no PATH is given. With --jsonl, each line is a
    message: {"id","text","author","chat","sent_at","attachments":[paths],"quoted"}, of which all but text may
    be left out; quoted is the text of the message that it replies to. Messages of the same author and chat
    that are close in sent_at are also judged together.

    \b
    Exit status: 0  nothing at `low` or above
                 1  something was found
                 2  bad usage or bad input; what could be read was still processed
               130  stopped with Ctrl+C
    """
    from bot.config.loading import load_configuration

    configuration = load_configuration(directory)
    detectors, policy = partial(Engine, configuration.rulebook), configuration.policy
    judged_as, known = find_chat(configuration, chat), known_chats(configuration)
    paths, processes = paths or (STANDARD_INPUT,), processes or _processors()
    try:
        if jsonl:
            return _scan_lines(LineTask(detectors, policy, judged_as, known, show_text), paths, processes)
        from bot.cli.report import report

        describe = partial(report, configuration.catalogue, show_text)
        unhurried = partial(Engine, configuration.rulebook, patience=UNHURRIED)
        return _scan_files(FileTask(unhurried, policy, judged_as, describe), paths, processes)
    except KeyboardInterrupt:
        click.echo("raazdar: stopped before the end; what is printed holds for what was read.", err=True)
        return STOPPED
    except BrokenPipeError:
        # Whoever reads the output may stop early, as `head` does; then this stops too, as Unix tools do.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGPIPE)
        raise


def _scan_lines(task: LineTask, paths: Sequence[str], processes: int) -> int:
    worst, count = CLEAN, 0
    with progress(lambda: None) as shown, closing(sift_lines(task, paths, processes)) as sifted:
        for answers in sifted:
            written: list[bytes] = []
            for status, line, wrong in answers:
                worst = max(worst, status)
                if wrong:
                    _write(written)
                    shown.rest(sys.stderr)
                    click.echo(wrong, err=True)
                else:
                    written.append(line)
            if written:
                shown.rest(sys.stdout)
                _write(written)
            count += len(answers)
            shown.tell(count)
    return worst


def _write(lines: list[bytes]) -> None:
    left = memoryview(b"".join(lines))
    while left:
        left = left[sys.stdout.buffer.write(left) :]  # without a buffer (PYTHONUNBUFFERED) it may take a part
    sys.stdout.buffer.flush()
    lines.clear()


def _scan_files(task: "FileTask[Report]", paths: Sequence[str], processes: int) -> int:
    from bot.cli.report import in_full

    worst, count = CLEAN, 0
    # Only this process has the standard input that was given to it.
    most = 1 if STANDARD_INPUT in paths else processes
    with (
        progress(lambda: sum(1 for _ in files(paths))) as shown,
        closing(sift_files(task, files(paths), most)) as sifted,
    ):
        for answers, following in sifted:
            for path, answer in answers:
                worst = max(worst, answer.status)
                if answer.shown is None:
                    shown.rest(sys.stderr)
                    click.echo(f"raazdar: {answer.wrong}", err=True)
                else:
                    shown.rest(sys.stdout)
                    name = "standard input" if path == STANDARD_INPUT else path
                    print(in_full(name, answer.shown), end="", flush=True)
            count += len(answers)
            if following:
                shown.tell(count, following)
    return worst


def _processors() -> int:
    """How many of the machine's processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
