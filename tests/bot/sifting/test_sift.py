"""Few lines and files are judged here, many by others; nobody can tell from the answers which it was."""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.cli.options import NO_CHAT
from bot.model import Decision
from bot.scanning import Scanned
from bot.sifting import sift
from bot.sifting.files import FileTask
from bot.sifting.sift import sift_files, sift_lines
from tests.bot.sifting.test_lines import policy, task
from tests.fakes.clock import START
from tests.fakes.detectors import FakeDetectors

AT = START.isoformat()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many processes were asked for, each time that any were."""
    counts: list[int] = []

    class Counted(sift.Crew[Any, Any]):
        def __init__(self, task: Any, count: int, batch: int) -> None:
            counts.append(count)
            super().__init__(task, count, batch)

    monkeypatch.setattr(sift, "Crew", Counted)
    return counts


def lines(count: int) -> bytes:
    texts = ("hello", "SEC", "RET", "35202-1234567-1", "SECRET", "lunch?")
    said = (
        {"id": n, "text": texts[n * n % 7 % 6], "author": f"a{n % 11}", "chat": "c", "sent_at": AT}
        if n % 3
        else {"id": n, "text": texts[n % 6]}
        for n in range(count)
    )
    return b"".join(
        b"oops\n" if n % 97 == 5 else json.dumps(one).encode() + b"\n" for n, one in enumerate(said)
    )


def sifted(path: Path, processes: int) -> list[tuple[int, bytes, str]]:
    return [answer for some in sift_lines(task(), [str(path)], processes) for answer in some]


def test_three_processes_say_of_many_lines_what_one_says(tmp_path: Path, started: list[int]) -> None:
    (tmp_path / "in").write_bytes(lines(12_000))
    alone = sifted(tmp_path / "in", 1)
    assert started == []
    assert sifted(tmp_path / "in", 3) == alone
    assert started == [3]
    found = [json.loads(line) for _, line, _ in alone if line]
    assert [one["id"] for one in found] == [n for n in range(12_000) if n % 97 != 5]
    assert any(finding["part"] == "window" for one in found for finding in one["findings"])
    assert sum(bool(wrong) for _, _, wrong in alone) == 124


def test_few_lines_start_no_process(tmp_path: Path, started: list[int]) -> None:
    (tmp_path / "in").write_bytes(lines(900))
    assert len(sifted(tmp_path / "in", 3)) == 900
    assert started == []


def test_who_sends_a_line_and_waits_is_answered_and_what_was_said_is_remembered_when_much_follows(
    tmp_path: Path, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_MOMENT", "_LONG"):  # anything that is not done at once takes long
        monkeypatch.setattr(sift, name, 0)
    os.mkfifo(tmp_path / "in")
    theirs = os.open(tmp_path / "in", os.O_RDWR)  # does not wait for a reader
    first = {"id": "first", "text": "SEC", "author": "asma", "chat": "c", "sent_at": AT}
    os.write(theirs, json.dumps(first).encode() + b"\n")
    with closing(sift_lines(task(), [str(tmp_path / "in")], 2)) as answers:
        assert [json.loads(line)["id"] for _, line, _ in _next(answers)] == ["first"]
        assert started == []
        os.write(
            theirs, b'{"text":""}\n' + json.dumps(first | {"id": "second", "text": "RET"}).encode() + b"\n"
        )
        assert [json.loads(line)["id"] for _, line, _ in _next(answers)] == [None]
        [(status, line, _)] = _next(answers)
    assert started == [2]
    assert status == 1
    assert json.loads(line)["findings"][0]["part"] == "window"
    os.close(theirs)


def _next(answers: Iterator[Any]) -> Any:
    return next(some for some in answers if some)


def describe(scanned: Scanned, decision: Decision) -> str:
    return f"{decision.severity} {len(scanned.parts[-1].text)}"


@pytest.mark.parametrize(
    ("count", "size", "processes", "is_started"),
    [
        pytest.param(1, 900_000, 3, False, id="one large file"),
        pytest.param(3, 10, 3, False, id="few small files"),
        pytest.param(3, 100_000, 3, True, id="few large files"),
        pytest.param(40, 10, 3, True, id="many small files"),
        pytest.param(40, 10, 1, False, id="one process is all that there may be"),
    ],
)
def test_files_are_answered_in_order_by_as_many_as_it_takes(
    count: int, size: int, processes: int, is_started: bool, tmp_path: Path, started: list[int]
) -> None:
    paths = [str(tmp_path / f"{number:02}.txt") for number in range(count)]
    for number, path in enumerate(paths):
        Path(path).write_text("SECRET" + "x" * (size + number))
    files = FileTask(FakeDetectors, policy(), NO_CHAT, describe)
    steps = list(sift_files(files, iter([*paths, str(tmp_path / "gone")]), processes))
    answers = [answer for some, _ in steps for answer in some]
    assert bool(started) == is_started
    assert steps[0] == ([], paths[0])
    assert [path for path, _ in answers] == [*paths, str(tmp_path / "gone")]
    assert [one.shown for _, one in answers] == [*(f"critical {size + 6 + n}" for n in range(count)), None]
    assert answers[-1][1].wrong == f"{tmp_path}/gone can't be read: No such file or directory."
    assert [one.status for _, one in answers] == [*[1] * count, 2]
