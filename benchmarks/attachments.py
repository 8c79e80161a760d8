"""How fast files are read, with the process that each is read in: `make bench`.

The files are made here, ten pages of text each where they have pages. Every kind is measured in a process of
its own, so that the memory is that of the readers of this kind.
"""

import base64
import resource
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median
from time import perf_counter

import click
from PIL import Image
from rich.console import Console
from rich.table import Table

from detectors.extract import extract
from tests.detectors.extract.drawings import drawing, illustrated, saved
from tests.detectors.extract.samples import mail, office, open_document, outlook, paragraphs, pdf, zipped

GOAL = 300.0
"""Milliseconds that reading a PDF of ten pages may take."""

PHOTO_GOAL = 6000.0
"""Milliseconds that reading a photograph of a page may take on one core."""

SLOW = 2000.0
"""Milliseconds from which on a kind is measured only a few times."""

PAGES = 10
_LINE = "The committee met on Tuesday and agreed that the figures for the third quarter be put up again."
_PAGE = [f"{number}. {_LINE}" for number in range(1, 46)]


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one kind of file: milliseconds, and mebibytes of memory at most."""

    kind: str
    pages: int
    times: tuple[float, ...]
    characters: int
    memory: float
    goal: float | None = None

    @property
    def middle(self) -> float:
        return median(self.times)

    @property
    def pages_a_second(self) -> float:
        return 1000 * self.pages / self.middle

    @property
    def is_met(self) -> bool:
        return self.goal is None or self.middle < self.goal


def text_pdf() -> bytes:
    return pdf(*["\n".join(_PAGE)] * PAGES)


def word() -> bytes:
    return office(
        {"word/document.xml": paragraphs(*_PAGE * PAGES), "word/header1.xml": paragraphs("Minutes")}
    )


def excel() -> bytes:
    row = "<w:row>" + "".join(f"<w:c t='s'><w:v>{index}</w:v></w:c>" for index in range(10)) + "</w:row>"
    strings = "".join(f"<w:si><w:t>{_LINE[:30]} {index}</w:t></w:si>" for index in range(10))
    sheet = f"<ROOT>{row * 45}</ROOT>"
    sheets = {f"xl/worksheets/sheet{number}.xml": sheet for number in range(1, PAGES + 1)}
    return office({"xl/sharedStrings.xml": f"<ROOT>{strings}</ROOT>"} | sheets)


def slides() -> bytes:
    return office(
        {f"ppt/slides/slide{number}.xml": paragraphs(*_PAGE[:10]) for number in range(1, PAGES + 1)}
    )


def open_text() -> bytes:
    body = "".join(f"<text:p>{line}</text:p>" for line in _PAGE * PAGES)
    return open_document("text", f"<office:body><office:text>{body}</office:text></office:body>")


def rtf() -> bytes:
    return (
        b"{\\rtf1\\ansi{\\header Minutes\\par}"
        + "".join(f"{line}\\par\n" for line in _PAGE * PAGES).encode()
        + b"}"
    )


def html() -> bytes:
    body = "".join(f"<p>{line}</p>" for line in _PAGE * PAGES)
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(3000)).decode()
    return f"<!doctype html><html><body>{body}<img src='data:image/png;base64,{picture}'></html>".encode()


def photograph() -> bytes:
    """A page of twelve million pixels, as a telephone takes it."""
    return saved(_sheet().resize((3000, 4000)), "JPEG", quality=85)


def scan() -> bytes:
    return illustrated("", saved(_sheet().resize((1240, 1754)), "JPEG", quality=60), 590, pages=1)


def _sheet() -> Image.Image:
    return drawing("CONFIDENTIAL", "", *_PAGE[:30], width=1700)


KINDS: Mapping[str, tuple[Callable[[], bytes], int, float | None]] = {
    "PDF": (text_pdf, PAGES, GOAL),
    "PDF of 100 pages": (lambda: pdf(*["\n".join(_PAGE)] * 100), 100, None),
    "DOCX": (word, PAGES, None),
    "XLSX": (excel, PAGES, None),
    "PPTX": (slides, PAGES, None),
    "ODT": (open_text, PAGES, None),
    "RTF": (rtf, PAGES, None),
    "HTML": (html, PAGES, None),
    "EML with a PDF": (lambda: mail("See the file.", {"minutes.pdf": text_pdf()}), PAGES, None),
    "MSG with a DOCX": (lambda: outlook("Minutes", "See the file.", {"minutes.docx": word()}), PAGES, None),
    "photograph": (photograph, 1, PHOTO_GOAL),
    "scanned PDF": (scan, 1, None),
    "ZIP of ten DOCX": (lambda: zipped({f"{index}.docx": word() for index in range(10)}), 10 * PAGES, None),
}


@click.command()
@click.option(
    "--times", default=20, show_default=True, type=click.IntRange(min=1), help="How often each is read."
)
@click.option("--kind", "names", multiple=True, type=click.Choice(list(KINDS)), help="Only this one.")
def main(times: int, names: tuple[str, ...]) -> None:
    """Measure how fast files are read. Exit status: 0 the goal is met, 1 it is missed."""
    rows = []
    for name in names or tuple(KINDS):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            rows.append(apart.submit(measured, name, times).result())
    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(table(rows))
    sys.exit(not all(row.is_met for row in rows))


def measured(name: str, times: int) -> Row:
    """Reads a file of this kind several times, each time in a new process as the bot does."""
    make, pages, goal = KINDS[name]
    content = make()
    taken = []
    characters = 0
    for _ in range(times):
        if len(taken) == 3 and min(taken) > SLOW:
            break
        start = perf_counter()
        parts = extract("", content, "attachment 1").parts
        taken.append(1000 * (perf_counter() - start))
        characters = sum(len(part.text) for part in parts)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Row(name, pages, tuple(taken), characters, memory, goal)


def table(rows: list[Row]) -> Table:
    """The rows for people."""
    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, title in enumerate(
        ("file", "pages", "characters", "ms", "slowest", "pages/s", "MiB", "goal")
    ):
        shown.add_column(title, justify="right" if 0 < number < 7 else "left")
    for row in rows:
        goal = f"< {row.goal:.0f} ms: {'met' if row.is_met else 'MISSED'}" if row.goal else ""
        figures = (row.middle, max(row.times), row.pages_a_second, row.memory)
        shown.add_row(
            row.kind, str(row.pages), f"{row.characters:,}", *(f"{figure:.0f}" for figure in figures), goal
        )
    return shown


if __name__ == "__main__":
    main()
