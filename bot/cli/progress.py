"""How far a long command is, on a terminal. Where standard error is none, nothing of it is written."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as Shown

_LONGEST_NAME = 40


class Progress:
    """A line that comes and goes: `tell` shows it, and `rest` makes room for what else is written."""

    def __init__(self, shown: "Shown | None", total: int | None) -> None:
        self._shown = shown
        self._total = total

    def tell(self, count: int, name: str = "") -> None:
        """So many are done, and the one of that name comes next."""
        if self._shown is None:
            return
        from bot.cli.report import printable, shorten

        done = f"{count:,} done" if self._total is None else f"{count:,} of {self._total:,} done"
        said = f"{done}  {shorten(printable(name), _LONGEST_NAME)}".rstrip()
        self._shown.update(self._shown.task_ids[0], description=said)
        self._shown.start()

    def rest(self, written: TextIO) -> None:
        """`written` is where something comes next; unless that is a terminal, the line may stay."""
        if self._shown is not None and written.isatty():
            self._shown.stop()


@contextmanager
def progress(count: Callable[[], int | None]) -> Iterator[Progress]:
    """`count` says how many things there are, or None; they are counted only if somebody sees it."""
    if not sys.stderr.isatty():
        yield Progress(None, None)
        return
    from rich.console import Console
    from rich.progress import Progress as Shown
    from rich.progress import SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False))
    shown = Shown(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    shown.add_task("")
    try:
        yield Progress(shown, count())
    finally:
        shown.stop()
