import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.model import Decision
from bot.scanning import Scanned
from bot.sifting.results import result
from detectors.extract import LIMITS
from detectors.finding import Box, Line, Part, Scan, Span
from tests.bot.builders import finding
from tests.bot.cli.conftest import Run

LEAK = "TOP SECRET\n\nThe plan for the move is attached."


def lines(*messages: object) -> str:
    return "".join(json.dumps(message) + "\n" for message in messages)


def test_a_clean_text_exits_0(raazdar: Run) -> None:
    done = raazdar("scan", "-", given="lunch at one?")
    assert (done.returncode, done.stderr) == (0, "")
    assert "none" in done.stdout


def test_a_leak_exits_1_and_is_shown_masked(raazdar: Run) -> None:
    done = raazdar("scan", given="my CNIC is 35202-1234567-1")
    assert done.returncode == 1
    assert "PK_CNIC" in done.stdout
    assert "•••••-•••••••-•" in done.stdout
    assert "35202" not in done.stdout


def test_text_is_shown_where_it_is_asked_for(raazdar: Run) -> None:
    assert "35202-1234567-1" in raazdar("scan", "--show-text", given="my CNIC is 35202-1234567-1").stdout


def test_files_and_folders(raazdar: Run, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text("lunch at one?")
    (folder / "b.txt").write_text(LEAK)
    done = raazdar("scan", "papers")
    assert done.returncode == 1
    assert done.stdout.index("a.txt") < done.stdout.index("b.txt")


def test_a_folder_is_read_in_order_of_name_with_all_that_is_below_it(raazdar: Run, tmp_path: Path) -> None:
    for name in ("b/c.txt", "b/d/e.txt", "a.txt", "f.txt"):
        (tmp_path / "papers" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "papers" / name).write_text(LEAK)
    (tmp_path / "papers" / "around").symlink_to(tmp_path / "papers")
    told = [line for line in raazdar("scan", "papers").stdout.splitlines() if line.startswith("papers/")]
    assert [line.partition(":")[0] for line in told] == [
        f"papers/{name}" for name in ("a.txt", "b/c.txt", "b/d/e.txt", "f.txt")
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="who may read everything is refused nothing")
def test_a_folder_that_can_not_be_looked_into_is_told_and_the_rest_is_read(
    raazdar: Run, tmp_path: Path
) -> None:
    (tmp_path / "papers" / "closed").mkdir(parents=True)
    (tmp_path / "papers" / "open.txt").write_text(LEAK)
    (tmp_path / "papers" / "closed").chmod(0)
    done = raazdar("scan", "papers")
    (tmp_path / "papers" / "closed").chmod(0o700)
    assert done.returncode == 2
    assert "papers/closed can't be read: Permission denied." in done.stderr
    assert "open.txt" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        pytest.param(["papers"], ["0 of 2 done  papers/a.txt", "1 of 2 done  papers/b[.txt"], id="files"),
        pytest.param(
            ["--jsonl", "in.jsonl"], ["0 done", "2 done"], id="lines, of which nobody knows how many"
        ),
    ],
)
def test_a_terminal_shows_how_far_it_is_and_the_output_nothing_of_it(
    tmp_path: Path, arguments: list[str], shown: list[str]
) -> None:
    (tmp_path / "papers").mkdir()
    for name in ("a.txt", "b[.txt"):
        (tmp_path / "papers" / name).write_text("lunch at one?")
    (tmp_path / "in.jsonl").write_text(lines({"text": "lunch"}, {"text": "at one?"}))
    terminal, ours = pty.openpty()
    command = [sys.executable, "-m", "bot.cli", "scan", *arguments]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=ours,
        env=os.environ | {"TERM": "xterm"},
        check=False,
    )
    os.close(ours)
    said = "".join(_read(terminal))
    assert done.returncode == 0
    for one in shown:
        assert one in said
        assert one not in done.stdout.decode()


def _read(terminal: int) -> Iterator[str]:
    """All that a terminal was sent; at its end Linux fails rather than say so."""
    with os.fdopen(terminal, "rb", buffering=0) as file, suppress(OSError):
        while piece := file.read(65536):
            yield piece.decode()


def test_who_stops_it_is_told_so_and_keeps_what_was_printed(tmp_path: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "scan", "--jsonl"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )
    assert running.stdin
    assert running.stdout
    running.stdin.write(lines({"id": "m1", "text": LEAK}))
    running.stdin.flush()
    assert json.loads(running.stdout.readline())["id"] == "m1"
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert (running.returncode, said) == (
        130,
        "raazdar: stopped before the end; what is printed holds for what was read.\n",
    )


def test_who_stops_several_processes_leaves_none_behind(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(lines(*({"id": number, "text": "hi"} for number in range(12_000))))
    running = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "scan", "--jsonl", "--processes", "2", "in.jsonl", "-"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,  # does not end, so that there is more to come
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )
    assert running.stdout
    assert json.loads(running.stdout.readline())["id"] == 0
    workers = _children(running.pid)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=30)
    assert (running.returncode, len(workers)) == (130, 2)
    assert not any((Path("/proc") / worker).exists() for worker in workers)


def _children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


def test_of_a_file_that_is_too_large_no_more_is_read_than_shows_it(raazdar: Run, tmp_path: Path) -> None:
    with (tmp_path / "huge.bin").open("wb") as file:
        file.truncate(LIMITS.file * 1000)  # takes no room on the disk, but would in memory
    assert "not looked at: text (too large)" in raazdar("scan", "huge.bin").stdout
    done = raazdar("scan", "--jsonl", given=lines({"text": "", "attachments": ["huge.bin"]}))
    assert json.loads(done.stdout)["undecided"] == [{"part": "attachment 1", "reason": "too large"}]


def test_a_file_that_is_not_there_is_bad_input_and_the_others_are_read(raazdar: Run, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(LEAK)
    done = raazdar("scan", "none.txt", "b.txt")
    assert done.returncode == 2
    assert "none.txt can't be read: No such file or directory." in done.stderr
    assert "critical" in done.stdout


def test_the_line_contract(raazdar: Run) -> None:
    done = raazdar("scan", "--jsonl", given=lines({"id": "m1", "text": "my CNIC 35202-1234567-1"}))
    [result] = [json.loads(line) for line in done.stdout.splitlines()]
    assert list(result) == [
        "id",
        "severity",
        "actions",
        "rule",
        "provision",
        "why",
        "findings",
        "undecided",
    ]
    [found] = result["findings"]
    assert list(found) == ["entity", "part", "start", "end", "score", "recognizer", "attributes"]
    assert (found["entity"], found["part"], found["start"], found["end"]) == ("PK_CNIC", "text", 8, 23)
    assert (result["severity"], result["actions"], result["undecided"]) == ("medium", ["warn"], [])
    assert done.returncode == 1


def test_a_line_says_where_on_a_page_something_was_read() -> None:
    name, box = "attachment 1 / page 2", Box(0.25, 1 / 3, 0.5, 0.75)
    page, text = Part(name, "SECRET", lines=(Line(Span(0, 6), box),)), Part("text", "SECRET")
    scanned = Scanned((page, text), Scan((finding(part=name), finding())))
    on_page, in_text = result("m1", scanned, Decision(), show_text=False)["findings"]
    assert on_page["region"] == {"left": 0.25, "top": 0.333, "right": 0.5, "bottom": 0.75}
    assert "region" not in in_text


def test_lines_keep_their_order_and_their_ids(raazdar: Run) -> None:
    given = lines({"id": "a", "text": "hi"}, {"text": LEAK}, {"id": 7, "text": "bye"})
    results = [json.loads(line) for line in raazdar("scan", "--jsonl", given=given).stdout.splitlines()]
    assert [result["id"] for result in results] == ["a", None, 7]
    assert [result["severity"] for result in results] == ["none", "critical", "none"]


def test_bad_lines_are_told_by_number_and_the_rest_is_processed(raazdar: Run) -> None:
    given = '{"text": "hi"}\nnot json\n\n{"id": "x"}\n' + lines({"id": "last", "text": LEAK})
    done = raazdar("scan", "--jsonl", given=given)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "standard input: line 2: is not JSON: Expecting value at column 1",
        "standard input: line 4: has no text",
    ]
    assert len(done.stdout.splitlines()) == 2


def test_clean_lines_exit_0(raazdar: Run) -> None:
    assert raazdar("scan", "--jsonl", given=lines({"text": "hi"})).returncode == 0
    assert raazdar("scan", "--jsonl", given="").returncode == 0


def test_attachments_are_scanned_and_what_can_not_be_read_is_undecided(raazdar: Run, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("CNIC 35202-1234567-1")
    (tmp_path / "blob.bin").write_bytes(bytes(range(256)) * 4)
    given = lines({"id": "m", "text": "see", "attachments": ["list.txt", "blob.bin", "gone.txt"]})
    [result] = map(json.loads, raazdar("scan", "--jsonl", given=given).stdout.splitlines())
    assert [found["part"] for found in result["findings"]] == ["attachment 1"]
    reasons = {undecided["part"]: undecided["reason"] for undecided in result["undecided"]}
    assert reasons["attachment 2"] == "unsupported"
    assert reasons["attachment 3"] == "no such file or directory"


def test_messages_close_in_time_are_judged_together(raazdar: Run) -> None:
    def said(text: str, second: int, author: str = "a") -> dict[str, str]:
        return {"text": text, "author": author, "chat": "c", "sent_at": f"2026-03-02T09:00:{second:02}Z"}

    together = raazdar("scan", "--jsonl", given=lines(said("TOP SEC", 0), said("RET", 5)))
    assert "window" in together.stdout
    apart = raazdar("scan", "--jsonl", given=lines(said("TOP SEC", 0), said("RET", 5, "b")))
    assert "window" not in apart.stdout
    timeless = lines({"text": "TOP SEC", "author": "a"}, {"text": "RET", "author": "a"})
    assert "window" not in raazdar("scan", "--jsonl", given=timeless).stdout


def test_the_chat_s_ceiling_counts(raazdar: Run, tmp_path: Path) -> None:
    (tmp_path / "raazdar.yaml").write_text(
        'chats:\n  - {platform: local, id: "7", name: Board, mode: coach, ceiling: top-secret}\n'
    )
    line = lines({"text": LEAK}, {"text": LEAK, "chat": "Board"}, {"text": LEAK, "chat": "7"})
    done = raazdar("scan", "--jsonl", "--config", ".", given=line)
    assert [json.loads(result)["severity"] for result in done.stdout.splitlines()] == [
        "critical",
        "none",
        "none",
    ]
    assert raazdar("scan", "--config", ".", "--chat", "Board", given=LEAK).returncode == 0
    unknown = raazdar("scan", "--config", ".", "--chat", "Nowhere", given=LEAK)
    assert unknown.returncode == 2
    assert "has no chat 'Nowhere'; it has: Board" in unknown.stderr


HOSTILE = [
    pytest.param("my CNIC is 35202-1234567-1 " + "word " * 200_000, id="a megabyte"),
    pytest.param("\udfff\ud800 CNIC 35202-1234567-1 \ud83d", id="lone surrogates"),
    pytest.param("\x00\x00CNIC\x00 35202-1234567-1\x00", id="NUL bytes"),
    pytest.param("\u202eCNIC\u202c \u206635202-1234567-1\u2069 \u200f", id="right-to-left overrides"),
    pytest.param("🙂🇵🇰👨‍👩‍👧 CNIC 35202-1234567-1", id="emoji outside the basic plane"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_scanned_without_a_crash_and_with_the_right_spans(raazdar: Run, text: str) -> None:
    done = raazdar("scan", "--jsonl", "--show-text", given=lines({"text": text}))
    assert done.stderr == ""
    [result] = map(json.loads, done.stdout.splitlines())
    [found] = [found for found in result["findings"] if found["entity"] == "PK_CNIC"]
    assert text[found["start"] : found["end"]] == "35202-1234567-1"
    assert result["undecided"] == []


@pytest.mark.parametrize("processes", ["--processes 1", "--processes 2"])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, processes: str) -> None:
    given = lines(*({"text": "hi"} for _ in range(3000))).encode()
    (tmp_path / "in.jsonl").write_bytes(given)
    command = f"{sys.executable} -m bot.cli scan --jsonl {processes} in.jsonl | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1
    assert done.returncode == 128 + signal.SIGPIPE


def test_lines_without_ids_are_judged_together_too(raazdar: Run) -> None:
    given = lines(
        {"text": "my CNIC is 35202-", "author": "a", "sent_at": "2026-03-02T09:00:00Z"},
        {"text": "1234567-1", "author": "a", "sent_at": "2026-03-02T09:00:05Z"},
    )
    assert "window" in raazdar("scan", "--jsonl", given=given).stdout


def test_an_empty_path_is_bad_usage_and_scans_nothing(raazdar: Run) -> None:
    done = raazdar("scan", "")
    assert done.returncode == 2
    assert "An empty path was given" in done.stderr


def test_standard_input_twice_is_read_once(raazdar: Run) -> None:
    assert raazdar("scan", "-", "-", given="lunch?").returncode == 0


def test_a_time_at_the_end_of_time_breaks_nothing(raazdar: Run) -> None:
    given = lines(
        *({"text": "CNIC 35202-1234567-1", "sent_at": f"{year}-01-01T00:00:00Z"} for year in ("0001", "9999"))
    )
    done = raazdar("scan", "--jsonl", given=given)
    assert (done.returncode, done.stderr) == (1, "")
    assert len(done.stdout.splitlines()) == 2
