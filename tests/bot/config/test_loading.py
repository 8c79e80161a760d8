import shutil
from pathlib import Path

import pytest

from bot.config.loading import load_configuration
from bot.data import CONFIG, SEEDS
from bot.errors import ConfigurationError


def test_the_defaults_and_the_demo_are_in_order() -> None:
    assert load_configuration().settings.chats == ()
    assert len(load_configuration(SEEDS / "demo").settings.chats) == 3


def test_mistakes_in_several_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "raazdar.yaml").write_text("storage: {}\n")
    shutil.copy(CONFIG / "policy.yaml", tmp_path)
    with (tmp_path / "policy.yaml").open("a") as file:
        file.write("colour: red\n")
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "mine.yaml").write_text("nothing: true\n")
    with pytest.raises(ConfigurationError) as refused:
        load_configuration(tmp_path)
    files = {problem.file.name for problem in refused.value.problems}
    assert files == {"raazdar.yaml", "policy.yaml", "mine.yaml"}


def test_an_empty_rule_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "raazdar.yaml").write_text("chats: []\n")
    text = (CONFIG / "policy.yaml").read_text()
    (tmp_path / "policy.yaml").write_text(text.replace("when: {undecided: true}", "when: {}"))
    with pytest.raises(ConfigurationError) as refused:
        load_configuration(tmp_path)
    [problem] = refused.value.problems
    assert "would match nothing" in problem.what
    assert problem.line > 1


def test_a_folder_without_a_configuration_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is not there"):
        load_configuration(tmp_path)


def test_a_file_of_one_s_own_takes_the_place_of_the_default(tmp_path: Path) -> None:
    (tmp_path / "raazdar.yaml").write_text("chats: []\n")
    (tmp_path / "messages" / "en").mkdir(parents=True)
    (tmp_path / "messages" / "en" / "own.po").write_text('msgid "warning-title"\nmsgstr "One moment"\n')
    words = load_configuration(tmp_path).catalogue
    assert words.text("en", "warning-title") == "One moment"
    assert words.text("en", "choice-remove") == "Remove the message"
