"""What the docs say must be there: commands, make targets, files and links."""

import re
from pathlib import Path

import click
import pytest

from bot.cli.main import raazdar

ROOT = Path(__file__).parents[1]
DOCS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
TEXT = {doc: doc.read_text(encoding="utf-8") for doc in DOCS}


def mentioned(pattern: str) -> list[str]:
    return sorted({found for text in TEXT.values() for found in re.findall(pattern, text)})


@pytest.mark.parametrize("words", mentioned(r"\braazdar ((?:[a-z]+)(?: [a-z]+)?)\b"))
def test_every_command_exists(words: str) -> None:
    first, _, second = words.partition(" ")
    command = raazdar.get_command(click.Context(raazdar), first)
    assert command, f"raazdar {first} is in the docs and not in the program"
    if isinstance(command, click.Group) and second:
        assert second in command.commands


@pytest.mark.parametrize("target", mentioned(r"(?:`|\$ )make ([a-z][a-z-]+)"))
def test_every_make_target_exists(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("doc", DOCS, ids=[doc.name for doc in DOCS])
def test_every_link_into_the_project_leads_somewhere(doc: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", TEXT[doc]):
        assert (doc.parent / link).exists(), link


@pytest.mark.parametrize(
    "path", mentioned(r"`((?:bot|detectors|adapters|config|seeds|tests|docs)/[a-z_./-]*)`")
)
def test_every_path_that_is_named_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_policy_s_provisions_are_those_of_the_seeds() -> None:
    import yaml

    policy = yaml.safe_load((ROOT / "config" / "policy.yaml").read_text(encoding="utf-8"))
    seeds = yaml.safe_load((ROOT / "seeds" / "provisions.yaml").read_text(encoding="utf-8"))
    assert set(policy["provisions"]) <= set(seeds["provisions"])
