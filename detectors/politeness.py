"""What reads and searches files lets the rest of the program go first: what is typed in a chat can't wait."""

import contextlib
import os
from pathlib import Path

_POLITENESS = 10
"""As `nice` counts it: at equal need some ten times less of a processor."""


def be_polite() -> None:
    """Lets other processes go before this one. Call it before anything forbids it."""
    with contextlib.suppress(AttributeError, OSError):  # not on Windows
        os.nice(_POLITENESS)
    # Where Linux shares processors among sessions first, the session itself has to be nice.
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(_POLITENESS), encoding="ascii")
