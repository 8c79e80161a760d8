"""A whole running bot hears SIGHUP: it takes up what has changed, or ends with its terminal."""

import fcntl
import os
import re
import signal
import sqlite3
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

OWN = "recognizers:\n- {name: Code names, supported_entity: CODE_NAME, deny_list: [Nightjar]}\n"
COMMAND = [sys.executable, "-m", "bot.cli", "run", "--config", "."]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raazdar.yaml").write_text('console: {listen: "127.0.0.1:0"}\n')
    return tmp_path


@contextmanager
def ended(running: "subprocess.Popen[str]") -> Iterator[None]:
    try:
        yield
    finally:
        running.kill()
        running.wait()


def read_until(said: IO[str] | None, words: str) -> str:
    """Everything that is said until these words are."""
    assert said
    heard = ""
    for line in said:
        heard += line
        if words in line:
            return heard
    raise AssertionError(f"it ended without a word of {words!r}: {heard}")


def test_a_changed_configuration_is_taken_up_and_a_broken_one_refused(folder: Path) -> None:
    running = subprocess.Popen(
        COMMAND, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    with ended(running):
        read_until(running.stdout, "Stop it with Ctrl+C.")
        (folder / "own-recognizers.yaml").write_text(OWN)
        running.send_signal(signal.SIGHUP)
        said = read_until(running.stderr, "is in force")
        assert re.search(r"in force: [0-9a-f]{64}$", said, re.MULTILINE)
        (folder / "own-recognizers.yaml").write_text(OWN.replace("Nightjar", "'-'"))
        running.send_signal(signal.SIGHUP)
        said = read_until(running.stderr, "stays in force")
        assert "own-recognizers.yaml:2: recognizers[0]: deny_list: a phrase has no letter" in said
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
    with sqlite3.connect(f"file:{folder}/var/raazdar.db?mode=ro", uri=True) as db:
        assert [act for (act,) in db.execute("select act from audit where act like '%configuration'")] == [
            "took up the configuration",
            "refused the configuration",
        ]


def test_a_bot_ends_with_the_terminal_that_it_was_started_in(folder: Path) -> None:
    ours, its = os.openpty()
    running = subprocess.Popen(
        COMMAND,
        cwd=folder,
        text=True,
        stdin=its,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - in a child of one thread
    )
    with ended(running):
        os.close(its)
        read_until(running.stdout, "Stop it with Ctrl+C.")
        os.close(ours)
        assert running.wait(20) == 0
