"""The keys under `platforms.discord`."""

import importlib
import subprocess
import sys

import pytest
from pydantic import TypeAdapter, ValidationError

from adapters.discord import Settings

READ = TypeAdapter(Settings)


def test_a_token_is_enough() -> None:
    settings = READ.validate_json('{"token": "a.b.c"}', strict=True)
    assert settings.api_base == "https://discord.com/api/v10"
    assert settings.gateway_url == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "token"),
        ('{"token": " "}', "token must be"),
        ('{"token": "a b"}', "token must be"),
        ('{"token": "a", "tokens": "b"}', "Unexpected keyword"),
        ('{"token": "a", "api_base": "discord.com"}', "api_base must be an address"),
        ('{"token": "a", "gateway_url": "https://gateway"}', "gateway_url must be an address"),
        ('{"token": "a", "cdn_base": "ftp://cdn"}', "cdn_base must be an address"),
        ('{"token": "a", "max_attachment_mb": 0}', "max_attachment_mb must be 1 or more"),
        ('{"token": "a", "look_back": 101}', "between 0 and 100"),
    ],
)
def test_what_is_wrong_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        READ.validate_json(text, strict=True)


def test_the_token_is_never_shown() -> None:
    assert "a.b.c" not in repr(Settings("a.b.c"))


def test_importing_the_adapter_loads_no_library() -> None:
    code = "import sys, adapters.discord; sys.exit(any(m in sys.modules for m in ('discord', 'aiohttp')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_building_does_not_hide_the_entry_point() -> None:
    importlib.import_module("adapters.discord.platform")
    assert importlib.import_module("adapters.discord").adapter.settings is Settings
