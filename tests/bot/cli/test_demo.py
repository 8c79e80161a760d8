import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.data import SEEDS
from bot.rehearsal import read_conversation
from tests.bot.cli.conftest import Run

EVENTS = len(read_conversation(SEEDS / "demo" / "conversation.yaml"))


def play(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot.cli", "demo", "--play", *arguments]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def kept(folder: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{folder}/var/raazdar.db?mode=ro", uri=True) as db:
        return sorted(tuple(map(without_time, row)) for row in db.execute(query))


def without_time(value: object) -> object:
    """A chat is joined, and greeted, by the time at which that was."""
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+", "then", value) if isinstance(value, str) else value


def day(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that one playing leaves behind, without times."""
    return {
        "inbox": kept(folder, "select about, state from inbox order by about"),
        "decisions": kept(folder, "select message, revision, severity, rule from decisions order by 1, 2"),
        "cases": kept(folder, "select message, severity, status, outcome, rule from cases order by 1"),
        "outbox": kept(folder, "select key, state, result from outbox order by 1"),
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    assert play(folder, "--pace", "0").wait(60) == 0
    return day(folder)


def test_the_conversation_shows_what_the_product_is_for(raazdar: Run, tmp_path: Path) -> None:
    done = raazdar("demo", "--play", "--pace", "0")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("untouched") >= 11  # ten messages and the last line
    assert "warned the author in private" in done.stdout
    assert "told the moderators" in done.stdout
    assert "removed the message" in done.stdout
    assert "TOP SECRET" in raazdar("cases", "show", "2").stdout
    assert raazdar("audit", "verify").returncode == 0


def test_playing_again_doubles_nothing(raazdar: Run, tmp_path: Path) -> None:
    first = raazdar("demo", "--play", "--pace", "0")
    before = day(tmp_path)
    again = raazdar("demo", "--play", "--pace", "0")
    assert again.stdout == first.stdout
    assert day(tmp_path) == before


def test_starting_afresh_forgets_the_demo_and_nothing_else(raazdar: Run, tmp_path: Path) -> None:
    raazdar("demo", "--play", "--pace", "0")
    (tmp_path / "var" / "mine.txt").write_text("mine")
    key = (tmp_path / "var" / "seal.key").read_bytes()
    assert raazdar("demo", "--play", "--pace", "0", "--fresh").returncode == 0
    assert (tmp_path / "var" / "seal.key").read_bytes() != key
    assert (tmp_path / "var" / "mine.txt").exists()


def test_the_demo_keeps_away_from_the_records_of_real_chats(raazdar: Run, tmp_path: Path) -> None:
    from bot.store import open_store

    open_store(f"sqlite:///{tmp_path}/var/raazdar.db", create=True).close()
    before = (tmp_path / "var" / "raazdar.db").read_bytes()
    for arguments in ([], ["--fresh"]):
        done = raazdar("demo", "--play", *arguments)
        assert done.returncode == 2
        assert "is for real chats, and not for the demo" in done.stderr
    assert (tmp_path / "var" / "raazdar.db").read_bytes() == before


def test_two_at_once_on_one_database_is_refused_and_deletes_nothing(raazdar: Run, tmp_path: Path) -> None:
    running = play(tmp_path, "--pace", "0.2")
    wait_until_seen(tmp_path, 2, running)
    done = raazdar("demo", "--play", "--fresh")
    assert done.returncode == 2
    assert "Another Raazdar is at work on the database at var/raazdar.db" in done.stderr
    assert (tmp_path / "var" / "raazdar.db").exists()
    running.terminate()
    running.wait()


def test_a_demo_that_can_not_have_its_address_deletes_nothing(raazdar: Run, tmp_path: Path) -> None:
    import socket

    raazdar("demo", "--play", "--pace", "0")
    before = (tmp_path / "var" / "seal.key").read_bytes()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        assert raazdar("demo", "--fresh", "--listen", listen).returncode == 2
    assert (tmp_path / "var" / "seal.key").read_bytes() == before


def test_only_its_owner_can_read_what_is_kept(raazdar: Run, tmp_path: Path) -> None:
    raazdar("demo", "--play", "--pace", "0")
    for file in (tmp_path / "var").iterdir():
        assert file.stat().st_mode & 0o077 == 0, file.name


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_stop_is_an_ordinary_end(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-u", "-m", "bot.cli", "demo", "--listen", "127.0.0.1:0"]
    running = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert running.stdout
    for line in running.stdout:
        if line.startswith("Stop it"):
            break
    running.send_signal(number)
    rest, _ = running.communicate(timeout=20)
    assert (running.returncode, rest) == (0, "Stopped.\n")


@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.9])
def test_a_kill_in_the_middle_loses_and_doubles_nothing(
    tmp_path: Path, undisturbed: dict[str, list[tuple[object, ...]]], share: float
) -> None:
    running = play(tmp_path, "--pace", "0.02")
    wait_until_seen(tmp_path, int(EVENTS * share), running)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert play(tmp_path, "--pace", "0").wait(60) == 0
    assert day(tmp_path) == undisturbed


def wait_until_seen(folder: Path, events: int, running: subprocess.Popen[bytes]) -> None:
    """Until so many events have reached the inbox."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert running.poll() is None, "it ended before it could be killed"
        try:
            [(seen,)] = kept(folder, "select count(*) from inbox")
        except sqlite3.OperationalError:
            seen = 0
        if isinstance(seen, int) and seen >= events:
            return
        time.sleep(0.005)
    pytest.fail("the events never came")
