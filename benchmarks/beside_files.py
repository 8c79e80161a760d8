"""How fast an author is warned of a text while files are read: `make bench`.

The same messages twice in one run of the bot: alone, and beside a stream of files without a pause. They go in
blocks, now alone and now beside files, so that whatever else the machine does counts for both. Each file is a
PDF with much text or a photograph of a page, unlike any before it, and is read and looked through as the bot
does. It is handed over as an adapter would do it, when it has downloaded it.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from itertools import count
from pathlib import Path
from random import Random

import click

from benchmarks.attachments import photograph
from benchmarks.latency import WARM_UP, Post, Row, bot_on, chosen, on_each, one_by_one, row, show, warned
from benchmarks.machine import machine
from benchmarks.stages import STAGES, Stage
from bot.config.loading import load_configuration
from bot.model import Attachment, Message, MessageRef, Person
from bot.scanning import Detectors
from bot.wiring import Bot, build_divided_detectors
from tests.detectors.extract.samples import pdf

GOAL = 2.0
"""How many times longer 95 of 100 warnings may take while files are read."""

BLOCKS = 3
PAGES = 30
AHEAD = 1
"""Files that wait, so that there is always one to be read."""

_LINE = "The committee met on Tuesday and agreed that the figures for the third quarter be put up again."


@click.command()
@click.option("--messages", default=200, show_default=True, type=click.IntRange(min=10))
@click.option("--leaks", default=150, show_default=True, type=click.IntRange(min=2))
@click.option("--seed", default=5, show_default=True)
@click.option("--platform", "names", multiple=True, type=click.Choice(list(STAGES)), help="Only this one.")
def main(messages: int, leaks: int, seed: int, names: tuple[str, ...]) -> None:
    """Measure how fast authors are warned while files are read. Exit status: 0 the goal is met, 1 missed."""
    busy = machine()
    configuration = load_configuration()
    with closing(build_divided_detectors(configuration)) as detectors:
        posts = chosen(configuration, detectors, messages, leaks, Random(seed))  # noqa: S311 - a sample
        rows = on_each(names, posts, detectors, measured)
    show(rows, f"files: PDFs of {PAGES} pages and photographs, one after another without a pause", busy)
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
                    alone: list[float | None] = []
                    beside: list[float | None] = []
                    files = _files(stage)
                    for block in range(BLOCKS):
                        own = posts[block::BLOCKS]
                        alone += await one_by_one(stage, own)
                        async with _read_meanwhile(bot, files):
                            beside += await one_by_one(stage, own)
    quiet = row(stage.name, "alone", len(posts), alone, None)
    return [quiet, row(stage.name, "beside files", len(posts), beside, round(GOAL * quiet.p95, 1))]


@asynccontextmanager
async def _read_meanwhile(bot: Bot, files: Iterator[Message]) -> AsyncIterator[None]:
    """From the moment when a first file was read; in the end none is left."""
    first = next(files)
    await bot.intake.put(first)
    await bot.dealt_with(first)
    is_over = asyncio.Event()
    stream = asyncio.create_task(_posted(bot, files, is_over))
    try:
        yield
    finally:
        is_over.set()
        await stream


async def _posted(bot: Bot, files: Iterator[Message], is_over: asyncio.Event) -> None:
    waiting: list[Message] = []
    while waiting or not is_over.is_set():
        while len(waiting) <= AHEAD and not is_over.is_set():
            waiting.append(next(files))
            await bot.intake.put(waiting[-1])
        await bot.dealt_with(waiting.pop(0))


def _files(stage: Stage) -> Iterator[Message]:
    minutes = pdf(*["\n".join(f"{line}. {_LINE}" for line in range(1, 46))] * PAGES)
    photo = photograph()
    for number in count(1):
        attachment = (
            Attachment("minutes.pdf", "application/pdf", minutes + b"%% %d\n" % number)
            if number % 2
            else Attachment("photo.jpg", "image/jpeg", photo + b"%d" % number)
        )
        yield Message(
            ref=MessageRef(stage.name, stage.chat, f"file {number}"),
            author=Person("bilal", "Bilal"),
            text="",
            attachments=(attachment,),
        )


if __name__ == "__main__":
    main()
