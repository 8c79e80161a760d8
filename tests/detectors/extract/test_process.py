"""A file is read in a process of its own, which can neither harm nor outlive its limits."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from detectors.extract import LIMITS, Extracted, extract, process
from detectors.extract.process import read_apart
from detectors.finding import Undecided
from tests.detectors.extract.samples import docx, office, pdf, zipped

Misbehave = Callable[[str], None]
HOUSE = Path(__file__).parents[3]

PROGRAM = """
import sys
from detectors.extract import confinement, readers
from detectors.extract.limits import Limits
from detectors.extract.reading import Reading

def misbehave(content, label, reading):
    reading.text(label, "read so far")
    {deed}

readers.read_text = misbehave
from detectors.extract import worker
worker.main()
"""


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> Misbehave:
    """The process whose reader of plain text does something else instead."""

    def make(deed: str) -> None:
        monkeypatch.setattr(process, "_COMMAND", (sys.executable, "-B", "-c", PROGRAM.format(deed=deed)))

    return make


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("while True: pass", "timed out"),
        ("import time; time.sleep(60)", "timed out"),
        ("import os; os._exit(3)", "broken (the reader for plain text crashed)"),
        ("import ctypes; ctypes.string_at(0)", "broken (the reader for plain text crashed)"),
        ("import os; os.kill(os.getpid(), 9)", "needs too much memory"),
        ("x = bytearray(1 << 31)", "needs too much memory"),
        ("x = []\n    while True: x.append(bytearray(1 << 24))", "needs too much memory"),
        ("def down(): down()\n    sys.setrecursionlimit(900); down()", "nested too deeply"),
        ("raise RuntimeError(content)", "broken"),
        ("sys.stdout.buffer.write(b'no JSON\\n'); sys.stdout.flush()", "broken (the reader for plain text crashed)"),
        ("reading._characters = -1 << 40\n    while True: reading.text(label, 'x' * 100_000)", "too large"),
    ],
    ids=[
        "computes for ever", "sleeps", "leaves", "crashes", "is killed", "takes memory at once", "takes memory",
        "goes down for ever", "fails", "talks nonsense", "talks for ever",
    ],
)  # fmt: skip
def test_whatever_a_reader_does_is_told_and_what_it_read_is_kept(
    misbehaving: Misbehave, deed: str, reason: str
) -> None:
    misbehaving(deed)
    seconds = 1 if reason == "timed out" else LIMITS.seconds
    limits = replace(LIMITS, seconds=seconds, memory=256 << 20, characters=100_000)
    parts, undecided, _ = read_apart(b"text", "a", limits)
    assert parts[0].text == "read so far"
    assert undecided == (Undecided("a", reason),)


@pytest.mark.parametrize(
    "deed",
    [
        "open({place!r}, 'w').write('x')",
        "import os; os.write(os.open({place!r}, os.O_CREAT | os.O_WRONLY), b'x')",
        "import os; os.mkdir({place!r})",
        "import subprocess; subprocess.run(['touch', {place!r}])",
        "import os; os.system('touch ' + {place!r})",
        "import socket; socket.create_connection(('127.0.0.1', {port}))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:{port}')",
    ],
)
def test_a_reader_can_not_write_call_or_connect(misbehaving: Misbehave, deed: str, tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        misbehaving(deed.format(place=str(tmp_path / "written"), port=server.getsockname()[1]))
        _, undecided, _ = read_apart(b"text", "a", LIMITS)
        assert undecided == (Undecided("a", "broken"),)
        assert list(tmp_path.iterdir()) == []
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems lack some of the limits")
def test_the_limits_of_the_system_hold(misbehaving: Misbehave) -> None:
    misbehaving(
        "import resource as r; reading.text('limits', str([r.getrlimit(getattr(r, 'RLIMIT_' + name))[0]"
        " for name in ('AS', 'CPU', 'FSIZE', 'CORE', 'NOFILE')]))"
    )
    parts, *_ = read_apart(b"text", "a", LIMITS)
    assert parts[1].text == str([LIMITS.memory, 20 + 150, 0, 0, 64])


def test_a_system_that_has_no_process_to_give_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_COMMAND", ("/nowhere/python",))
    assert read_apart(b"text", "a", LIMITS) == Extracted(
        undecided=(Undecided("a", "could not be looked into just now"),)
    )


def test_nothing_is_left_of_a_process_that_was_killed(
    misbehaving: Misbehave, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process.tempfile, "tempdir", str(tmp_path))
    misbehaving("while True: pass")
    started = time.monotonic()
    read_apart(b"text", "a", replace(LIMITS, seconds=0.5))
    assert time.monotonic() - started < 5
    assert list(tmp_path.iterdir()) == []
    assert _children() == []


def test_reading_ends_at_once_where_nobody_waits_for_it_any_more(misbehaving: Misbehave) -> None:
    misbehaving("import time; time.sleep(60)")
    started = time.monotonic()
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(read_apart, b"text", "a", LIMITS)
        while not process._AT_WORK:
            time.sleep(0.01)
        process.stop_reading()
        assert reading.result().undecided
    assert time.monotonic() - started < LIMITS.seconds / 2
    assert not process._AT_WORK


def _children() -> Sequence[str]:
    listed = subprocess.run(
        ["ps", "-o", "args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    return [line for line in listed.stdout.splitlines() if "detectors.extract" in line]


def test_several_files_are_read_at_once() -> None:
    files = [pdf(f"page of {number}") for number in range(6)]
    with ThreadPoolExecutor(6) as threads:
        read = list(threads.map(lambda file: extract("", file, "a")[0][0].text, files))
    assert read == [f"page of {number}" for number in range(6)]


def test_plain_text_starts_no_process_and_imports_no_reader() -> None:
    program = (
        "import sys; from detectors.extract import extract; extract('a.docx', b'SECRET', 'a');"
        "unwanted = {'subprocess', 'zipfile', 'tarfile', 'pypdfium2', 'email', 'ctypes', 'charset_normalizer'};"
        "print(sorted(unwanted & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_file_is_told_by_what_it_is_and_not_by_its_name() -> None:
    parts, *_ = extract("holiday.jpg", docx("SECRET"), "attachment 1")
    assert [(part.name, part.text) for part in parts] == [("attachment 1", "SECRET")]


def test_the_main_process_does_not_grow_by_what_a_file_unpacks_to() -> None:
    import resource

    large = zipped({f"{number}.bin": b"\x00\x01" * (1 << 22) for number in range(8)})
    office_file = office({"word/document.xml": "<ROOT>" + " " * (12 << 20) + "</ROOT>"})
    extract("", docx("warm"), "a")
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for file in (large, office_file):
        extract("", file, "a")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 4096
