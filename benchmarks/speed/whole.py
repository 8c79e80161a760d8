"""`raazdar scan` from its start to its end, as people run it."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import click

from benchmarks.speed.corpus import lines
from benchmarks.speed.first import NOT_THERE
from benchmarks.speed.processes import run
from benchmarks.speed.results import Start, Whole

CLEAN, FOUND, MANY = "clean", "with something to find", "many, --jsonl"

SHORT = {CLEAN: "See you at four in the canteen, bring the cake.", FOUND: "my CNIC is 35202-1234567-1"}
_SCAN = ("-m", "bot.cli", "scan")

_SHARE = 3
"""Messages in a hundred of the many that have something to find."""


def started(rivals: Sequence[str], times: int) -> Iterator[Start]:
    """Each rival that is there, from nothing to its first answer: the middle of some runs, after a first."""
    for rival in rivals:
        first = run(["-m", "benchmarks.speed.first", rival], usual=(0, NOT_THERE))
        if first.status == NOT_THERE:
            continue
        ran = [run(["-m", "benchmarks.speed.first", rival]) for _ in range(times)]
        yield Start(
            rival, round(median(one.seconds for one in ran), 2), round(max(one.memory for one in ran))
        )


def scanned_short(times: int) -> Iterator[Whole]:
    """A scan of one short message, the middle of several."""
    with tempfile.TemporaryDirectory(prefix="raazdar-bench-") as folder:
        for what, text in SHORT.items():
            given = Path(folder) / "message.txt"
            given.write_text(text, encoding="utf-8")
            ran = [run([*_SCAN, "-"], given, usual=(int(what == FOUND),)) for _ in range(times + 1)][1:]
            seconds = median(one.seconds for one in ran)
            yield Whole(what, 1, round(seconds, 2), round(max(one.memory for one in ran)))


def scanned_many(count: int, seed: int) -> Whole:
    """A scan of so many messages as JSON lines; each of them must come out again."""
    with tempfile.TemporaryDirectory(prefix="raazdar-bench-") as folder:
        given, output = Path(folder) / "chat.jsonl", Path(folder) / "found.jsonl"
        with given.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines(count, _SHARE, seed))
        ran = run([*_SCAN, "--jsonl", str(given)], output=output, every=0.2, usual=(0, 1))
        with output.open("rb") as file:
            came = sum(1 for _ in file)
    if came != count:
        raise click.ClickException(f"raazdar scan --jsonl was given {count} messages and told of {came}.")
    return Whole(MANY, count, round(ran.seconds, 2), round(ran.memory))
