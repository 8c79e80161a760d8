"""A process that reads files lets others go first, even as a session of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import os
from detectors.politeness import be_polite
be_polite()
print(os.nice(0), open('/proc/self/autogroup').read() if os.path.exists('/proc/self/autogroup') else '')
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there sessions have a niceness")
def test_the_process_and_its_session_are_nice() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        start_new_session=True,
    )
    nice, *session = done.stdout.split()
    assert int(nice) >= 3
    assert session == [] or session[-1] == "3"
