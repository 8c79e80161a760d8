import json
from pathlib import Path

import pytest

from bot.cli.main import _COMMANDS
from bot.cli.main import raazdar as group
from bot.seal import make_key_file
from tests.bot.cli.conftest import Run


def test_help_names_every_command(raazdar: Run) -> None:
    done = raazdar("--help")
    assert done.returncode == 0
    for name in _COMMANDS:
        assert f"\n  {name} " in done.stdout


@pytest.mark.parametrize("name", list(_COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    import click

    command = group.get_command(click.Context(group), name)
    assert command
    assert command.help


@pytest.mark.parametrize(
    "arguments", [["fly"], ["scan", "--fast"], ["cases", "show"], ["demo", "--pace", "x"]]
)
def test_bad_usage_exits_2_with_a_hint(raazdar: Run, arguments: list[str]) -> None:
    done = raazdar(*arguments)
    assert done.returncode == 2
    assert "Usage:" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", "-"],
        ["run"],
        ["cases", "list"],
        ["config", "check"],
        ["explain"],
        ["rules", "check"],
        ["db", "migrate"],
    ],
)
def test_a_broken_configuration_starts_nothing(raazdar: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "raazdar.yaml").write_text("storage: {}\nconsole: {listen: 5}\nchats: none\n")
    done = raazdar(*arguments, "--config", ".") if arguments[-1] != "-" else raazdar("scan", "--config", ".")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "raazdar.yaml:1: storage: is not a key that is known here",
        "raazdar.yaml:2: console.listen: must be text; put it in quotes",
        "raazdar.yaml:3: chats: must be a list",
        "raazdar: the configuration has 3 mistakes; nothing was started.",
    ]
    assert not (tmp_path / "var").exists()


def test_a_configuration_in_order_says_so(raazdar: Run) -> None:
    done = raazdar("config", "check")
    assert done.returncode == 0
    assert done.stdout.startswith("The configuration is in order: platforms local;")


def test_every_example_of_every_rule_holds(raazdar: Run) -> None:
    done = raazdar("rules", "check", timeout=120)
    assert done.returncode == 0, done.stdout
    assert "All examples hold." in done.stdout


def test_an_example_that_does_not_hold_is_named(raazdar: Run, tmp_path: Path) -> None:
    from bot.data import CONFIG

    (tmp_path / "raazdar.yaml").write_text("chats: []\n")
    (tmp_path / "labels").mkdir()
    scheme = (CONFIG / "labels" / "nato.yaml").read_text(encoding="utf-8")
    assert "\n    misses:\n" in scheme
    broken = scheme.replace("\n    misses:\n", "\n    misses:\n      - NATO SECRET\n", 1)
    (tmp_path / "labels" / "nato.yaml").write_text(broken, encoding="utf-8")
    done = raazdar("rules", "check", "--config", ".", timeout=120)
    assert done.returncode == 1
    assert "labels/nato.yaml" in done.stdout
    assert "'NATO SECRET'" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["cases", "list"], ["cases", "show", "1"], ["db", "migrate"], ["audit", "verify"]]
)
def test_a_missing_database_is_one_clear_sentence(raazdar: Run, tmp_path: Path, arguments: list[str]) -> None:
    done = raazdar(*arguments)
    assert done.returncode == 2
    [sentence] = done.stderr.splitlines()
    assert sentence.startswith("raazdar: There is no database at var/raazdar.db;")
    assert not (tmp_path / "var").exists()


def test_a_file_that_is_no_database_is_one_clear_sentence(raazdar: Run, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "raazdar.db").write_text("shopping list " * 100)
    done = raazdar("cases", "list")
    assert done.returncode == 2
    assert done.stderr.startswith("raazdar: The database at var/raazdar.db can't be used:")
    assert len(done.stderr.splitlines()) == 1


def test_a_key_that_others_can_read_is_one_clear_sentence(raazdar: Run, tmp_path: Path) -> None:
    make_key_file(tmp_path / "var" / "seal.key")
    (tmp_path / "var" / "seal.key").chmod(0o644)
    done = raazdar("demo", "--play")
    assert done.returncode == 2
    assert "chmod 600 var/seal.key" in done.stderr
    assert not (tmp_path / "var" / "raazdar.db").exists()


def test_a_database_without_its_key_is_not_started_on(raazdar: Run, tmp_path: Path) -> None:
    assert raazdar("demo", "--play", "--pace", "0").returncode == 0
    (tmp_path / "var" / "seal.key").unlink()
    done = raazdar("demo", "--play")
    assert done.returncode == 2
    assert "its key file var/seal.key is missing" in done.stderr


def test_a_port_in_use_is_one_clear_sentence(raazdar: Run) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = raazdar("demo", "--listen", f"127.0.0.1:{port}")
    assert done.returncode == 2
    assert f"raazdar: The address 127.0.0.1:{port} can't be had: another program uses it" in done.stderr


def test_explain_shows_every_step(raazdar: Run) -> None:
    done = raazdar("explain", given="SECRET\n\nplans. It is an open secret.")
    assert done.returncode == 0
    for word in (
        "The text",
        "Folded",
        "What was considered",
        "kept",
        "The policy",
        "classified-label",
        "critical",
    ):
        assert word in done.stdout


def test_explain_of_a_clean_text_says_that_there_is_nothing(raazdar: Run) -> None:
    assert "nothing to do" in raazdar("explain", given="lunch?").stdout


def test_eval_counts_misses_and_alarms(raazdar: Run, tmp_path: Path) -> None:
    labelled = [
        {
            "id": "hit",
            "text": "CNIC 35202-1234567-1",
            "expect": "flag",
            "entities": ["PK_CNIC"],
            "class": "a",
        },
        {"id": "missed", "text": "lunch?", "expect": "flag", "entities": ["PK_CNIC"], "class": "a"},
        {"id": "alarm", "text": "CNIC 35202-1234567-1", "expect": "clean", "entities": [], "class": "b"},
        {"id": "clean", "text": "lunch?", "expect": "clean", "entities": [], "class": "b"},
    ]
    (tmp_path / "l.jsonl").write_text("\n".join(map(json.dumps, labelled)))
    done = raazdar("eval", "--list", "l.jsonl")
    assert done.returncode == 0
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line.split()}
    assert rows["a"] == ["2", "2", "1", "0.500", "0", "0", "1.000"]
    assert rows["b"] == ["2", "0", "0", "–", "2", "1", "0.000"]
    assert rows["PK_CNIC"] == ["2", "1", "0.500", "1", "0.500"]
    assert "miss missed [a] lacks PK_CNIC" in done.stdout
    assert "false alarm alarm [b]" in done.stdout


def test_eval_tells_of_bad_lines(raazdar: Run, tmp_path: Path) -> None:
    (tmp_path / "l.jsonl").write_text('{"text": "a"}\nnot json\n')
    done = raazdar("eval", "l.jsonl")
    assert done.returncode == 2
    assert 'l.jsonl: line 1: expect must be "flag" or "clean"' in done.stderr
    assert "l.jsonl: line 2: is not JSON" in done.stderr


def test_a_new_password_is_shown_once(raazdar: Run) -> None:
    raazdar("demo", "--play", "--pace", "0")
    done = raazdar("account", "password", "mona")
    assert done.returncode == 0
    assert done.stdout.startswith("mona  ")


def test_a_database_is_brought_up_to_date(raazdar: Run) -> None:
    raazdar("demo", "--play", "--pace", "0")
    assert raazdar("db", "migrate").stdout == "var/raazdar.db is up to date.\n"
