"""Results as a run leaves them, made up."""

from benchmarks.speed import lengths, whole
from benchmarks.speed.corpus import SHARES
from benchmarks.speed.results import (
    BARE,
    DATAFOG,
    RAAZDAR,
    SCRUBADUB,
    STOCK,
    Growth,
    Length,
    Pace,
    Results,
    Start,
    Whole,
)

SPEEDS = {RAAZDAR: 180_000, STOCK: 2_000, DATAFOG: 18_000}

GOOD = Results(
    machine="machine: 2 processors, 0.1 of them busy with other things at the start",
    seed=6,
    is_quick=False,
    paces=(
        *(
            Pace(rival, share, 5_000, speed, speed / 2_000, 5.0, 300.0, 9_000.0, 290.0)
            for share in SHARES
            for rival, speed in SPEEDS.items()
        ),
        *(Pace(BARE, share, 5_000, 600_000, 300.0) for share in SHARES),
    ),
    starts=(Start(RAAZDAR, 1.2, 90), Start(STOCK, 2.9, 180)),
    lengths=tuple(
        Length(text, characters, characters / 4_000)
        for text in (lengths.CLEAN, lengths.DENSE, "`!` again and again")
        for characters in lengths.LENGTHS
    ),
    growth=(Growth(0, 5.0), Growth(50, 5.5), Growth(1_000, 8.0)),
    wholes=(
        Whole(whole.CLEAN, 1, 1.1, 90),
        Whole(whole.FOUND, 1, 3.1, 140),
        Whole(whole.MANY, 1_000_000, 31.0, 320),
    ),
    missing={SCRUBADUB: "not installed"},
    notes=("patterns one by one: 272, 230 with `re` and 42 with `regex`",),
)
"""A run in which every goal is met, and one rival was not installed."""
