"""What reads and searches files lets the rest of the program go first: what is typed in a chat can't wait."""

import contextlib
import os
from pathlib import Path

_POLITENESS = 3
"""As `nice` counts it: half of the processor's time that others get. With much less, files would not be read
in time on a machine that is busy with other things."""


def be_polite() -> None:
    """Lets other processes go before this one. Call it before anything forbids it."""
    with contextlib.suppress(AttributeError, OSError):  # not on Windows
        os.nice(_POLITENESS)
    # Where Linux shares processors among sessions first, the session itself has to be nice.
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(_POLITENESS), encoding="ascii")
