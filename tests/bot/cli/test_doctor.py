import json
from pathlib import Path

import pytest

from bot.cli.doctor import doctor
from tests.bot.cli.conftest import Run

CONFIGURATION = """
platforms: {local: {}}
chats:
  - {platform: local, id: budget-wing, name: Budget wing, mode: coach, ceiling: restricted}
console: {listen: "127.0.0.1:0"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "raazdar.yaml").write_text(CONFIGURATION)
    return tmp_path / "office"


def test_a_new_installation_is_well_and_stays_untouched(raazdar: Run, folder: Path) -> None:
    done = raazdar("doctor", "--config", "office")
    assert (done.returncode, done.stderr) == (0, "")
    header = done.stdout.splitlines()[0]
    assert all(title in header for title in ("Subject", "State", "What was found", "What to do"))
    for subject in ("configuration", "chats", "bot", "console", "disk", "clock", "key", "database", "local:"):
        assert f"\n{subject} " in done.stdout
    assert done.stdout.endswith(" good, 0 doubtful, 0 bad.\n")
    assert [path.name for path in folder.parent.iterdir()] == ["office"]


def test_something_bad_is_told_by_word_and_status(raazdar: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "raazdar.db").write_text("no database")
    done = raazdar("doctor", "--config", "office")
    assert done.returncode == 1
    assert "database" in done.stdout
    assert " bad " in done.stdout
    assert "\x1b" not in done.stdout, "no colours where nobody sees them"


def test_programs_read_a_line_for_each_check(raazdar: Run, folder: Path) -> None:
    done = raazdar("doctor", "--config", "office", "--json")
    assert done.returncode == 0
    checks = [json.loads(line) for line in done.stdout.splitlines()]
    assert checks[0]["subject"] == "configuration"
    assert {tuple(check) for check in checks} == {("subject", "state", "found", "todo")}
    assert {check["state"] for check in checks} == {"good"}


def test_mistakes_in_the_configuration_are_told_together(raazdar: Run, folder: Path) -> None:
    (folder / "raazdar.yaml").write_text('platforms: {telegram: {token: "${NO_SUCH}"}}\nchats: none\n')
    done = raazdar("doctor", "--config", "office")
    assert done.returncode == 2
    assert "no variable NO_SUCH" in done.stderr
    assert "chats: must be a list" in done.stderr
    assert not done.stdout


def test_help_says_what_the_status_means() -> None:
    assert "Exit status: 0" in (doctor.help or "")
