"""The engine in a process of its own: it finds the same, and whatever happens to it, nothing is called clean."""

import os
import signal
import subprocess
from collections.abc import Iterator
from threading import Timer

import pytest

from detectors import apart
from detectors.apart import CRASHED, MUCH, Apart, Divided
from detectors.engine import Engine
from detectors.extract import reasons
from detectors.finding import Part
from detectors.rulebook import Rulebook

PARTS = [
    Part("page 1", "SECRET\n\nMinutes of the meeting. CNIC 35202-1234567-1"),
    Part("page 2", "lunch at one?"),
    Part("page 3", "Ministry of Finance \ud800 No. F.1(2)/2026-Admin"),
]


@pytest.fixture
def scanner(rulebook: Rulebook) -> Iterator[Apart]:
    scanner = Apart(rulebook)
    yield scanner
    scanner.close()


def process_of(scanner: Apart) -> subprocess.Popen[bytes]:
    assert scanner._process
    return scanner._process


def test_it_finds_what_the_engine_finds_and_its_process_stays(scanner: Apart, engine: Engine) -> None:
    assert scanner.scan(PARTS) == engine.scan(PARTS)
    first = process_of(scanner).pid
    assert scanner.scan(PARTS[:1]) == engine.scan(PARTS[:1])
    assert process_of(scanner).pid == first


def test_after_a_crash_it_goes_on(scanner: Apart, engine: Engine) -> None:
    scanner.scan(PARTS[:1])
    os.kill(process_of(scanner).pid, signal.SIGSTOP)
    crash = Timer(0.2, process_of(scanner).kill)
    crash.start()
    scan = scanner.scan(PARTS[:2])
    crash.join()
    assert [(one.part, one.reason) for one in scan.undecided] == [("page 1", CRASHED)]
    assert scanner.scan(PARTS) == engine.scan(PARTS)


def test_what_takes_too_long_is_undecided(rulebook: Rulebook) -> None:
    scanner = Apart(rulebook, patience=0.2)
    scan = scanner.scan(PARTS)
    assert {(one.part, one.reason) for one in scan.undecided} == {
        (part.name, reasons.TIMED_OUT) for part in PARTS
    }


def test_a_process_that_can_not_be_started_leaves_everything_undecided(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_COMMAND", ("/nowhere",))
    scan = Apart(rulebook).scan(PARTS)
    assert len(scan.undecided) == len(PARTS)


def test_closing_ends_what_is_at_work(scanner: Apart) -> None:
    scanner.scan(PARTS[:1])
    process = process_of(scanner)
    os.kill(process.pid, signal.SIGSTOP)
    closing = Timer(0.2, scanner.close)
    closing.start()
    assert len(scanner.scan(PARTS).undecided) == len(PARTS)
    closing.join()
    assert process.returncode == -signal.SIGKILL


def test_it_ends_when_nobody_is_left_to_talk_to_it(scanner: Apart) -> None:
    scanner.scan(PARTS[:1])
    process = process_of(scanner)
    assert process.stdin
    process.stdin.close()
    assert process.wait(10) == 0


@pytest.mark.parametrize(
    ("parts", "is_apart"),
    [
        pytest.param(PARTS, False, id="a message"),
        pytest.param([Part("page 1", "SECRET\n" + "word " * MUCH)], True, id="a long text"),
        pytest.param([Part("page", "word " * (MUCH // 50))] * 11, True, id="many short ones"),
    ],
)
def test_only_what_is_much_is_looked_through_apart(
    scanner: Apart, engine: Engine, parts: list[Part], is_apart: bool
) -> None:
    divided = Divided(engine, scanner)
    assert divided.scan(parts) == engine.scan(parts)
    assert (scanner._process is not None) is is_apart
    texts = ["SEC", "RET"]
    assert divided.window(texts) == engine.window(texts)
    divided.close()


def test_warmed_up_it_has_a_process_that_works(rulebook: Rulebook, engine: Engine, scanner: Apart) -> None:
    divided = Divided(engine, scanner)
    divided.warm_up()
    assert process_of(scanner).poll() is None


def test_what_can_not_be_warmed_up_leaves_no_process(
    rulebook: Rulebook, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_COMMAND", ("/bin/false",))
    scanner = Apart(rulebook)
    with pytest.raises(RuntimeError):
        Divided(engine, scanner).warm_up()
    assert process_of(scanner).poll() is not None
