"""Whole processes: how long they take, and how much memory they and their children have together."""

import subprocess
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import IO, Any

import click
import psutil

from benchmarks.speed.results import ROOT


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process took: seconds, MB at most, and the status with which it went."""

    seconds: float
    memory: float
    status: int


def run(
    arguments: Sequence[str],
    given: Path | None = None,
    output: Path | None = None,
    every: float = 0.02,
    usual: Collection[int] = (0,),
) -> Ran:
    """Runs Python with these arguments, a file as its input and its output in another.

    Memory is what is resident, added up over all processes, looked at every so many seconds; what they share
    counts for each of them. Raises ClickException where the status is not a `usual` one, with what was said.
    """
    with _opened(given, "rb") as source, _opened(output, "wb") as target, TemporaryFile() as said:
        start = perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, *arguments], stdin=source, stdout=target, stderr=said, cwd=ROOT
        )
        peak = 0
        with process:
            while process.poll() is None:
                peak = max(peak, _resident(process.pid))
                with suppress(subprocess.TimeoutExpired):
                    process.wait(every)
            seconds = perf_counter() - start
        said.seek(0)
        words = said.read().decode(errors="replace")
    if process.returncode not in usual:
        raise click.ClickException(f"{' '.join(arguments)} went with {process.returncode}: {words[-400:]}")
    return Ran(seconds, peak / 1e6, process.returncode)


def _opened(path: Path | None, mode: str) -> IO[Any]:
    return Path(path or "/dev/null").open(mode)


def _resident(pid: int) -> int:
    """Bytes of a process and everything that it has started."""
    total = 0
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
    return total
