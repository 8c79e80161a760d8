"""What is kept of the configuration is never older than what it was read from."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.config import once
from bot.config.loading import load_configuration
from bot.config.once import read_once
from bot.data import CONFIG
from bot.errors import ConfigurationError


@dataclass
class Reader:
    """Counts how often it was asked to read."""

    value: object = "read"
    times: int = 0
    also: list[Path] = field(default_factory=list)

    def __call__(self) -> str | None:
        self.times += 1
        for path in self.also:
            path.write_text(f"written to while it was read for the {self.times}. time")
        return self.value if isinstance(self.value, str) else None


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RAAZDAR_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "config"
    (folder / "labels").mkdir(parents=True)
    (folder / "labels" / "pk.yaml").write_text("a: 1")
    (folder / "policy.yaml").write_text("why: ${WHY}")
    (folder / "raazdar.yaml").write_text("operator: us")
    return folder


def read(folder: Path, reader: Reader, environment: Mapping[str, str] | None = None) -> str | None:
    return read_once("test", [folder], str, reader, environment or {})


def test_what_was_good_is_read_once(folder: Path) -> None:
    reader = Reader()
    assert [read(folder, reader) for _ in range(3)] == ["read"] * 3
    assert reader.times == 1


CHANGES = {
    "a file": lambda folder: (folder / "policy.yaml").write_text("why: not"),
    "a file in a folder": lambda folder: (folder / "labels" / "pk.yaml").write_text("a: 2"),
    "a new file": lambda folder: (folder / "own.yaml").write_text("a: 1"),
    "another name": lambda folder: (folder / "policy.yaml").rename(folder / "markers.yaml"),
    "a file less": lambda folder: (folder / "labels" / "pk.yaml").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_read_again(folder: Path, change: str) -> None:
    reader = Reader()
    read(folder, reader)
    CHANGES[change](folder)
    read(folder, reader)
    assert reader.times == 2


def test_a_variable_that_a_file_names_is_read_again_and_no_other(folder: Path) -> None:
    reader, seen = Reader(), []
    for environment in ({}, {"WHY": ""}, {"WHY": "so"}, {"WHY": "so", "OTHER": "x"}):
        read(folder, reader, environment)
        seen.append(reader.times)
    assert seen == [1, 2, 3, 3]


def test_settings_are_no_part_of_it(folder: Path) -> None:
    reader = Reader()
    read(folder, reader)
    (folder / "raazdar.yaml").write_text("operator: somebody else")
    read(folder, reader)
    assert reader.times == 1


def test_code_that_has_changed_reads_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "house"
    shutil.copytree(Path(once.__file__).parents[1] / "config", house / "bot" / "config")
    monkeypatch.setattr(once, "_HOUSE", house)
    reader = Reader()
    read(folder, reader)
    with (house / "bot" / "config" / "reading.py").open("a") as file:
        file.write("# another reader\n")
    read(folder, reader)
    assert reader.times == 2


def test_the_code_that_reads_is_where_it_is_looked_for() -> None:
    found = {path for pattern in once._CODE for path in once._HOUSE.glob(pattern)}
    names = {str(path.relative_to(once._HOUSE)) for path in found}
    assert names >= {
        "bot/policy.py",
        "bot/templates.py",
        "bot/model/scales.py",
        "bot/config/rulebook.py",
        "detectors/normalise.py",
        "detectors/rulebook/__init__.py",
    }


def test_what_is_wrong_is_told_each_time(folder: Path) -> None:
    reader = Reader(value=None)
    assert [read(folder, reader) for _ in range(2)] == [None, None]
    assert reader.times == 2


def test_what_is_written_to_while_it_is_read_is_not_kept(folder: Path) -> None:
    reader = Reader(also=[folder / "policy.yaml"])
    read(folder, reader)
    assert not list((folder.parent / "cache").iterdir())


@pytest.mark.skipif(os.geteuid() == 0, reason="who may read everything is refused nothing")
def test_a_file_that_can_not_be_read_is_told_by_the_reader(folder: Path) -> None:
    (folder / "policy.yaml").chmod(0)
    assert read(folder, Reader()) == "read"


def test_mistakes_are_told_alike_however_often(tmp_path: Path) -> None:
    (tmp_path / "raazdar.yaml").write_text("operator: us")
    good = load_configuration(tmp_path)
    language = (CONFIG / "language.yaml").read_text()
    (tmp_path / "language.yaml").write_text(language.replace("bias:", "bais:"))
    told = []
    for _ in range(2):
        with pytest.raises(ConfigurationError) as wrong:
            load_configuration(tmp_path)
        told.append(str(wrong.value))
    assert told[0] == told[1]
    assert "bias: is missing" in told[0]
    (tmp_path / "language.yaml").write_text(language)
    assert load_configuration(tmp_path) == good


def test_what_was_kept_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAAZDAR_CACHE", str(tmp_path))
    first, second = load_configuration(), load_configuration()
    assert first == second
    assert first.rulebook is not second.rulebook
    assert first.rulebook.language.weights == second.rulebook.language.weights
