"""A file that can't be judged is told by its path, and stops no other."""

from collections.abc import Callable
from pathlib import Path

from bot.cli.options import NO_CHAT
from bot.model import Decision
from bot.scanning import Detectors, Scanned
from bot.sifting.files import FileAnswer, FileTask
from tests.bot.sifting.test_lines import broken, policy
from tests.fakes.detectors import FakeDetectors


def severity(_: Scanned, decision: Decision) -> str:
    return decision.severity.value


def answer(detectors: Callable[[], Detectors], path: Path) -> FileAnswer[str]:
    return FileTask(detectors, policy(), NO_CHAT, severity).begin()(str(path))


def test_what_is_found_and_what_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("SECRET")
    (tmp_path / "b.txt").write_text("lunch?")
    assert answer(FakeDetectors, tmp_path / "a.txt") == FileAnswer(1, "critical")
    assert answer(FakeDetectors, tmp_path / "b.txt") == FileAnswer(0, "none")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    wrong = f"{tmp_path}/gone can't be read: No such file or directory."
    assert answer(FakeDetectors, tmp_path / "gone") == FileAnswer(2, wrong=wrong)


def test_detectors_that_break(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("SECRET")
    wrong = f"{tmp_path}/a.txt could not be judged (ValueError); please report this."
    assert answer(broken, tmp_path / "a.txt") == FileAnswer(2, wrong=wrong)


def test_a_file_whose_process_ended_is_told_as_not_judged() -> None:
    wrong = "a.pdf could not be judged (its process ended); please report this."
    assert FileTask(FakeDetectors, policy(), NO_CHAT, severity).lost("a.pdf") == FileAnswer(2, wrong=wrong)
