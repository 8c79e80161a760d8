"""The charts of `docs/performance.md`, drawn from the results."""

from collections.abc import Iterator, Sequence
from math import inf

from benchmarks.speed import lengths
from benchmarks.speed.figures import readable, short
from benchmarks.speed.results import RAAZDAR, RAAZDAR_FINDINGS, STOCK, Length, Results
from benchmarks.speed.scale import Log
from benchmarks.speed.svg import WIDTH, dot, drawing, line, path, text

CLEAN, USUAL = 0, 3

_TOP, _ROW = 74, 32
_LEFT, _RIGHT = 226, WIDTH - 104


def paces(results: Results) -> str:
    """Messages a second of every rival, on clean chat and with 3 % to find, the fastest first."""
    order = sorted(
        {one.rival for one in results.paces}, key=lambda rival: -_per_second(results, rival, USUAL)
    )
    scale = Log.over((one.per_second for one in results.paces if one.share in (CLEAN, USUAL)), _LEFT, _RIGHT)
    height = _TOP + _ROW * len(order) + 38
    told = "; ".join(f"{rival} {_per_second(results, rival, USUAL):,.0f}" for rival in order)
    return drawing(
        "Messages a second on one thread",
        f"With 3 % to find: {told}.",
        height,
        [
            *_frame(scale, height),
            *(shape for row in enumerate(order) for shape in _rival(results, scale, *row)),
        ],
    )


def _frame(scale: Log, height: float) -> Iterator[str]:
    yield text(24, 32, "Messages a second on one thread", "title")
    yield dot(_LEFT + 112, 28, "other hollow")
    yield text(_LEFT + 123, 32, "clean chat", "quiet")
    yield dot(_LEFT + 203, 28, "other")
    yield text(_LEFT + 214, 32, "3 % to find", "quiet")
    yield text(WIDTH - 24, 32, "× stock Presidio, 3 %", "quiet", "end")
    for tick in scale.ticks():
        yield line(scale.at(tick), _TOP - 20, scale.at(tick), height - 34, "grid")
        yield text(scale.at(tick), height - 14, short(tick), "quiet", "middle")


def _rival(results: Results, scale: Log, number: int, rival: str) -> Iterator[str]:
    y = _TOP + _ROW * number
    kind = "ours" if rival in (RAAZDAR, RAAZDAR_FINDINGS) else "other"
    clean, usual = results.pace(rival, CLEAN), results.pace(rival, USUAL)
    yield text(24, y + 4, rival, f"bold {kind}" if kind == "ours" else "")
    if clean is None or usual is None:
        return
    ends = scale.at(clean.per_second), scale.at(usual.per_second)
    yield line(min(ends), y, max(ends), y, kind)
    yield dot(ends[0], y, f"{kind} hollow")
    yield dot(ends[1], y, kind)
    times = "" if usual.ratio is None or rival == STOCK else f"{readable(usual.ratio)} ×"
    yield text(WIDTH - 24, y + 4, times, "bold" if kind == "ours" else "quiet", "end")


def _per_second(results: Results, rival: str, share: int) -> float:
    one = results.pace(rival, share)
    return one.per_second if one else 0.0


_BOTTOM, _HEIGHT = 250, 330
_PANELS = ((84, 380), (486, 736))


def costs(results: Results) -> str:
    """What a text costs by its length, and a clean message by the number of recognizers."""
    return drawing(
        "Cost by length, and by number of recognizers",
        "Left: milliseconds of one text by its length."
        " Right: microseconds of a clean message by the number of further recognizers.",
        _HEIGHT,
        [*_by_length(results), *_by_recognizers(results)],
    )


def _by_length(results: Results) -> Iterator[str]:
    if not results.lengths:
        return
    xs = Log.over((float(one.characters) for one in results.lengths), *_PANELS[0])
    ys = Log.over((one.milliseconds or 0.0 for one in results.lengths), _BOTTOM, 66)
    yield text(24, 32, "Milliseconds of one text, by its characters", "title")
    yield from _axes(xs, ys)
    rows = (("ours", lengths.CLEAN), ("third", lengths.DENSE), ("other", "the slowest made to be slow"))
    for number, (kind, name) in enumerate(rows):
        of_kind = slowest(results.lengths) if kind == "other" else results.lengths_of(name)
        points = [
            (xs.at(one.characters), ys.at(one.milliseconds))
            for one in of_kind
            if one.milliseconds is not None
        ]
        yield path(points, kind)
        yield from (dot(x, y, kind, 3) for x, y in points)
        yield dot(92 + 96 * number, _HEIGHT - 22, kind, 4)
        yield text(101 + 96 * number, _HEIGHT - 18, name, "quiet")


def slowest(measured: Sequence[Length]) -> list[Length]:
    """The slowest of the texts that were made to be slow, at each length; one not tried is slower still."""
    hostile = [one for one in measured if one.text not in (lengths.CLEAN, lengths.DENSE)]
    return [
        max((one for one in hostile if one.characters == length), key=_cost)
        for length in sorted({one.characters for one in hostile})
    ]


def _cost(one: Length) -> float:
    return inf if one.milliseconds is None else one.milliseconds


def _by_recognizers(results: Results) -> Iterator[str]:
    known = [one for one in results.growth if one.recognizers]
    if not known:
        return
    xs = Log.over((float(one.recognizers) for one in known), *_PANELS[1])
    ys = Log.over((one.microseconds for one in known), _BOTTOM, 66)
    yield text(434, 32, "Microseconds, by recognizers", "title")
    yield from _axes(xs, ys)
    points = [(xs.at(one.recognizers), ys.at(one.microseconds)) for one in known]
    yield path(points, "ours")
    yield from (dot(x, y, "ours", 3) for x, y in points)
    yield dot(494, _HEIGHT - 22, "ours", 4)
    yield text(503, _HEIGHT - 18, "a clean message", "quiet")


def _axes(xs: Log, ys: Log) -> Iterator[str]:
    for tick in ys.ticks():
        yield line(xs.start, ys.at(tick), xs.end, ys.at(tick), "grid")
        yield text(xs.start - 8, ys.at(tick) + 4, short(tick), "quiet", "end")
    for tick in xs.ticks():
        yield text(xs.at(tick), _BOTTOM + 20, short(tick), "quiet", "middle")
