"""How fast an author is warned of a text while files are read: `make bench`.

The same messages twice in one run of the bot: first alone, then beside a stream of files that never ends.
Each file is a PDF with much text, unlike any before it, and is read and looked through as the bot does. It is
handed over as an adapter would do it, when it has downloaded it.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, suppress
from itertools import count
from pathlib import Path
from random import Random

import click
from rich.console import Console

from benchmarks.latency import WARM_UP, Post, Row, bot_on, chosen, machine, one_by_one, row, table, warned
from benchmarks.stages import STAGES, Stage
from bot.config.loading import load_configuration
from bot.model import Attachment, Message, MessageRef, Person
from bot.scanning import Detectors
from bot.wiring import Bot, build_divided_detectors
from tests.detectors.extract.samples import pdf

GOAL = 2.0
"""How many times longer 95 of 100 warnings may take while files are read."""

PAGES = 60
AHEAD = 2
"""Files that wait, so that there is always one to be read."""

_LINE = "The committee met on Tuesday and agreed that the figures for the third quarter be put up again."


@click.command()
@click.option("--messages", default=300, show_default=True, type=click.IntRange(min=10))
@click.option("--leaks", default=150, show_default=True, type=click.IntRange(min=2))
@click.option("--seed", default=5, show_default=True)
@click.option("--platform", "names", multiple=True, type=click.Choice(list(STAGES)), help="Only this one.")
def main(messages: int, leaks: int, seed: int, names: tuple[str, ...]) -> None:
    """Measure how fast authors are warned while files are read. Exit status: 0 the goal is met, 1 missed."""
    busy = machine()
    configuration = load_configuration()
    with closing(build_divided_detectors(configuration)) as detectors:
        posts = chosen(configuration, detectors, messages, leaks, Random(seed))  # noqa: S311 - a sample
        rows = [
            row
            for name in names or tuple(STAGES)
            for row in asyncio.run(measured(STAGES[name](), posts, detectors))
        ]
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    console.print(table(rows))
    console.print(f"\nfiles: PDFs of {PAGES} pages, one after another without a pause\n{busy}")
    sys.exit(not all(row.is_met for row in rows))


async def measured(stage: Stage, posts: Sequence[Post], detectors: Detectors) -> Sequence[Row]:
    """One platform's rows: the messages alone, then beside files."""
    with tempfile.TemporaryDirectory(prefix="raazdar-bench-") as folder:
        async with stage.serving():
            with bot_on(stage, Path(folder), detectors) as bot:
                async with bot.running():
                    await stage.connected()
                    for post in [post for post in posts if post.leaks][:WARM_UP]:
                        await warned(stage, await stage.post(post.text))
                    alone = await one_by_one(stage, posts)
                    async with _files_meanwhile(stage, bot):
                        beside = await one_by_one(stage, posts)
    quiet = row(stage.name, "alone", len(posts), alone, None)
    return [quiet, row(stage.name, "beside files", len(posts), beside, round(GOAL * quiet.p95, 1))]


@asynccontextmanager
async def _files_meanwhile(stage: Stage, bot: Bot) -> AsyncIterator[None]:
    """From the moment when a first file was read; one that is not is told of by an error."""
    files = _files(stage)
    first = next(files)
    await bot.intake.put(first)
    await bot.dealt_with(first)
    stream = asyncio.create_task(_posted(bot, files))
    try:
        yield
        if stream.done():
            await stream
    finally:
        stream.cancel()
        with suppress(asyncio.CancelledError):
            await stream


async def _posted(bot: Bot, files: Iterator[Message]) -> None:
    waiting: list[Message] = []
    for file in files:
        await bot.intake.put(file)
        waiting.append(file)
        if len(waiting) > AHEAD:
            await bot.dealt_with(waiting.pop(0))


def _files(stage: Stage) -> Iterator[Message]:
    for number in count(1):
        page = "\n".join(f"{line}. {_LINE}" for line in range(1, 46))
        content = pdf(f"Minutes {number}", *[page] * PAGES)
        yield Message(
            ref=MessageRef(stage.name, stage.chat, f"file {number}"),
            author=Person("bilal", "Bilal"),
            text="",
            attachments=(Attachment("minutes.pdf", "application/pdf", content),),
        )


if __name__ == "__main__":
    main()
