"""Lines are gathered as they come, with their numbers, whatever they are cut into on their way."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.sifting.incoming import Incoming, Line


def everything(incoming: Incoming) -> list[Line]:
    gathered = list(incoming.gather(0))
    while incoming.descriptor is not None:
        gathered += incoming.gather(0)
    return gathered


def told(gathered: Sequence[Line]) -> list[tuple[int, bytes] | str]:
    return [str(one) if isinstance(one, InputError) else one[1:] for one in gathered]


@pytest.fixture
def pipe() -> Iterator[tuple[str, int]]:
    """A path to read, and the descriptor by which to write there."""
    ours, theirs = os.pipe()
    yield f"/dev/fd/{ours}", theirs
    for end in (ours, theirs):
        os.close(end)


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        pytest.param(b"", [], id="nothing"),
        pytest.param(b"a\nb\n", [(1, b"a"), (2, b"b")], id="lines"),
        pytest.param(b"a\nb", [(1, b"a"), (2, b"b")], id="the last one without an end"),
        pytest.param(b"\n \na\n\r\n\nb\n", [(3, b"a"), (6, b"b")], id="blank lines are counted"),
        pytest.param(b"a\r\n", [(1, b"a\r")], id="ends of other systems"),
        pytest.param(b"a\0\xff\n", [(1, b"a\0\xff")], id="whatever it holds"),
        pytest.param(
            b"x" * 700_000 + b"\ny", [(1, b"x" * 700_000), (2, b"y")], id="longer than is read at once"
        ),
    ],
)
def test_lines_and_their_numbers(content: bytes, lines: list[tuple[int, bytes]], tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(content)
    assert told(everything(Incoming([str(tmp_path / "in")]))) == lines


def test_files_follow_each_other_and_what_can_not_be_read_is_told_among_them(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(f"{name} 1\n{name} 2")
    (tmp_path / "folder").mkdir()
    paths = [str(tmp_path / name) for name in ("gone", "a", "folder", "b", "gone")]
    assert told(everything(Incoming(paths))) == [
        f"{tmp_path}/gone can't be read: No such file or directory.",
        (1, b"a 1"),
        (2, b"a 2"),
        f"{tmp_path}/folder can't be read: Is a directory.",
        (1, b"b 1"),
        (2, b"b 2"),
        f"{tmp_path}/gone can't be read: No such file or directory.",
    ]


def test_a_line_that_has_come_does_not_wait_for_the_next_one(pipe: tuple[str, int]) -> None:
    path, writing = pipe
    incoming = Incoming([path])
    os.write(writing, b"first\nsec")
    assert told(incoming.gather(0)) == [(1, b"first")]
    os.write(writing, b"ond\nthird\n")
    assert told(incoming.gather(0)) == [(2, b"second"), (3, b"third")]


def test_after_a_file_nobody_waits_for_what_follows_it(tmp_path: Path, pipe: tuple[str, int]) -> None:
    (tmp_path / "in").write_bytes(b"a\n" * 10_000)
    incoming = Incoming([str(tmp_path / "in"), pipe[0]])
    assert len(incoming.gather(0)) == 10_000
    assert told(incoming.gather(0)) == []
    os.write(pipe[1], b"b\n")
    assert told(incoming.gather(0)) == [(1, b"b")]


def test_no_more_is_gathered_at_once_than_is_much(tmp_path: Path) -> None:
    for name, line, count in (("short", b"a\n", 500_000), ("long", b"a" * 5000 + b"\n", 1_000)):
        (tmp_path / name).write_bytes(line * count)
        incoming = Incoming([str(tmp_path / name)])
        gathered = incoming.gather(0)
        assert incoming.is_much
        assert len(gathered) * len(line) <= (1 << 21) + (1 << 18)
        os.close(incoming.descriptor or -1)


def test_a_few_lines_are_not_much(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"a\n" * 9_999)
    incoming = Incoming([str(tmp_path / "in")])
    incoming.gather(0)
    assert not incoming.is_much
