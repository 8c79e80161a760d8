"""Whole processes: what is told of them, and what is not passed over."""

from pathlib import Path

import click
import pytest

from benchmarks.speed.processes import run

CHILD = """
import subprocess, sys
held = bytearray(60_000_000)
subprocess.run([sys.executable, "-c", "import time; held = bytearray(60_000_000); time.sleep(0.5)"])
"""


def test_memory_is_that_of_a_process_and_its_children_together() -> None:
    assert run(["-c", CHILD]).memory > 120


def test_a_process_reads_its_input_and_leaves_its_output(tmp_path: Path) -> None:
    given, output = tmp_path / "given", tmp_path / "output"
    given.write_text("salaam", encoding="utf-8")
    ran = run(["-c", "print(input().upper())"], given, output)
    assert (ran.status, output.read_text(encoding="utf-8")) == (0, "SALAAM\n")
    assert ran.seconds > 0


def test_a_process_that_fails_is_told_with_what_it_said() -> None:
    with pytest.raises(click.ClickException, match=r"went with 1: no such thing"):
        run(["-c", "raise SystemExit('no such thing')"])


def test_a_status_that_is_expected_is_no_failure() -> None:
    assert run(["-c", "raise SystemExit(3)"], usual=(0, 3)).status == 3


def test_a_process_that_says_much_is_not_held_up() -> None:
    assert run(["-c", "import sys; sys.stderr.write('x' * 1_000_000)"]).status == 0
