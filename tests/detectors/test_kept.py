"""What is kept is given back only where it is whole and our own; whatever goes wrong, it is made."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from detectors.kept import kept


class Maker:
    """Counts how often it was asked to make something."""

    def __init__(self, content: bytes = b"made") -> None:
        self.times = 0
        self._content = content

    def __call__(self) -> bytes:
        self.times += 1
        return self._content


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RAAZDAR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def only(folder: Path) -> Path:
    [one] = folder.iterdir()
    return one


def test_what_was_made_once_is_not_made_again(folder: Path) -> None:
    maker = Maker(b"\x00made\n")
    assert [kept("book", b"key", maker) for _ in range(3)] == [b"\x00made\n"] * 3
    assert maker.times == 1


def test_another_key_is_something_else(folder: Path) -> None:
    assert kept("book", b"one", Maker(b"1")) == b"1"
    assert kept("book", b"two", Maker(b"2")) == b"2"
    assert kept("book", b"one", Maker(b"never")) == b"1"


def test_another_name_is_something_else(folder: Path) -> None:
    assert kept("book", b"key", Maker(b"1")) == b"1"
    assert kept("gate", b"key", Maker(b"2")) == b"2"


def test_nobody_else_can_read_it(folder: Path) -> None:
    kept("book", b"key", Maker())
    assert (folder.stat().st_mode & 0o777, only(folder).stat().st_mode & 0o777) == (0o700, 0o600)


def _cut(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-1])


def _changed(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-1] + b"!")


def _emptied(copy: Path) -> None:
    copy.write_bytes(b"")


def _linked(copy: Path) -> None:
    elsewhere = copy.parents[1] / "elsewhere"
    copy.rename(elsewhere)
    copy.symlink_to(elsewhere)


def _piped(copy: Path) -> None:
    copy.unlink()
    os.mkfifo(copy)


@pytest.mark.parametrize("harm", [_cut, _changed, _emptied, _linked, _piped, Path.unlink])
def test_a_copy_that_is_not_whole_is_made_anew(folder: Path, harm: Callable[[Path], object]) -> None:
    maker = Maker()
    kept("book", b"key", maker)
    harm(only(folder))
    assert [kept("book", b"key", maker) for _ in range(2)] == [b"made"] * 2
    assert maker.times == 2
    assert only(folder).is_file()


def test_a_folder_that_others_can_look_into_is_not_used(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    maker = Maker()
    assert [kept("book", b"key", maker) for _ in range(2)] == [b"made"] * 2
    assert (maker.times, list(folder.iterdir())) == (2, [])


def test_a_folder_of_somebody_else_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept("book", b"key", Maker(b"theirs"))
    us = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: us)
    assert kept("book", b"key", Maker(b"ours")) == b"ours"


def test_a_folder_that_a_link_leads_to_is_not_used(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "other")
    assert kept("book", b"key", Maker()) == b"made"
    assert list((tmp_path / "other").iterdir()) == []


def test_where_no_folder_can_be_made_nothing_is_kept_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("RAAZDAR_CACHE", str(tmp_path / "file" / "cache"))
    assert kept("book", b"key", Maker()) == b"made"


def test_a_disk_that_is_full_keeps_nothing_and_nothing_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    assert kept("book", b"key", Maker()) == b"made"
    assert list(folder.iterdir()) == []


def test_what_fails_to_be_made_is_not_kept(folder: Path) -> None:
    def fail() -> bytes:
        raise ValueError("a mistake")

    with pytest.raises(ValueError, match="a mistake"):
        kept("book", b"key", fail)
    assert kept("book", b"key", Maker()) == b"made"


def test_what_was_not_used_for_longest_is_swept(folder: Path) -> None:
    for number in range(8):
        kept("book", bytes([number]), Maker())
        for age, copy in enumerate(sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime_ns)):
            os.utime(copy, (1000 + age, 1000 + age))
    kept("gate", b"other", Maker())
    kept("book", bytes([0]), Maker())  # is used, and so is younger than all others now
    kept("book", bytes([8]), Maker())
    again = [Maker() for _ in range(9)]
    for number in (0, *range(2, 9)):
        kept("book", bytes([number]), again[number])
    assert [maker.times for maker in again] == [0] * 9
    kept("book", bytes([1]), again[1])
    assert again[1].times == 1
    gate = Maker()
    kept("gate", b"other", gate)
    assert gate.times == 0


def test_what_never_got_finished_is_swept(folder: Path) -> None:
    kept("book", b"key", Maker())
    begun, left = (folder / f"book-0.{name}.unfinished" for name in ("begun", "left"))
    begun.touch()
    left.touch()
    os.utime(left, (1000, 1000))
    kept("book", b"other", Maker())
    assert (begun.exists(), left.exists()) == (True, False)


@pytest.mark.parametrize(
    ("surroundings", "place"),
    [
        pytest.param({"XDG_CACHE_HOME": "{}/xdg", "HOME": "{}/home"}, "xdg/raazdar", id="the user's cache"),
        pytest.param({"HOME": "{}/home"}, "home/.cache/raazdar", id="its usual place"),
        pytest.param({"XDG_CACHE_HOME": "xdg", "HOME": "{}/home"}, "home/.cache/raazdar", id="no whole path"),
    ],
)
def test_where_it_is_kept(
    surroundings: dict[str, str], place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RAAZDAR_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value.format(tmp_path))
    kept("book", b"key", Maker())
    assert only(tmp_path / place).is_file()
