"""The keys under `platforms.telegram`."""

import importlib
import subprocess
import sys

import pytest
from pydantic import TypeAdapter, ValidationError

from adapters.telegram import Settings, WebhookSettings

READ = TypeAdapter(Settings)
HOOK = '"listen": "127.0.0.1:8443", "url": "https://bot.example/telegram"'


def read(text: str) -> Settings:
    return READ.validate_json(text, strict=True)


def test_the_token_is_enough() -> None:
    settings = read('{"token": "1:A"}')
    assert (settings.base_url, settings.base_file_url) == (
        "https://api.telegram.org/bot",
        "https://api.telegram.org/file/bot",
    )
    assert settings.webhook is None
    assert settings.max_attachment_mb == 20


@pytest.mark.parametrize(
    ("base_url", "base_file_url"),
    [
        ("http://own:8081", "http://own:8081"),
        ("http://own:8081/", "http://own:8081/file/"),
        ("http://own:8081/bot", "http://own:8081/file/bot"),
        ("http://own:8081/bot/", "http://own:8081/file"),
    ],
)
def test_an_address_may_be_given_without_its_end(base_url: str, base_file_url: str) -> None:
    settings = Settings("1:A", base_url, base_file_url)
    assert settings.base_url == "http://own:8081/bot"
    assert settings.base_file_url == "http://own:8081/file/bot"


def test_a_webhook_is_read() -> None:
    settings = read(f'{{"token": "1:A", "webhook": {{{HOOK}, "secret": "0123456789abcdef"}}}}')
    hook = settings.webhook
    assert hook == WebhookSettings("127.0.0.1:8443", "https://bot.example/telegram", "0123456789abcdef")
    assert (hook.host, hook.port, hook.path) == ("127.0.0.1", 8443, "/telegram")


def test_neither_token_nor_secret_is_shown() -> None:
    settings = read(f'{{"token": "1:AAA", "webhook": {{{HOOK}, "secret": "0123456789abcdef"}}}}')
    assert "1:AAA" not in repr(settings)
    assert "0123456789" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "required"),
        ('{"token": ""}', "BotFather"),
        ('{"token": "1:A b"}', "BotFather"),
        ('{"token": "1:A", "tokn": 1}', "Unexpected keyword"),
        ('{"token": "1:A", "base_url": "api.telegram.org"}', "base_url must start with http"),
        ('{"token": "1:A", "base_file_url": "ftp://x"}', "base_file_url must start with http"),
        ('{"token": "1:A", "max_attachment_mb": 0}', "1 or more"),
        ('{"token": "1:A", "public_notice_seconds": 0}', "above 0"),
        ('{"token": "1:A", "album_seconds": 11}', "from 0 to 10"),
        ('{"token": "1:A", "gap_seconds": -1}', "from 0 to 3600"),
        ('{"token": "1:A", "poll_seconds": 51}', "from 0 to 50"),
        (f'{{"token": "1:A", "webhook": {{{HOOK}, "secret": "short"}}}}', "secret must be 16"),
        (f'{{"token": "1:A", "webhook": {{{HOOK}, "secret": "0123456789abcd f"}}}}', "secret must be 16"),
        (
            '{"token": "1:A", "webhook": {"listen": "8443", "url": "https://x", "secret": "0123456789abcdef"}}',
            "listen must read",
        ),
    ],
)
def test_what_is_wrong_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        read(text)


def test_importing_the_adapter_loads_no_client_library() -> None:
    code = (
        "import sys, adapters.telegram; "
        "sys.exit(any(m in sys.modules for m in ('telegram', 'httpx', 'sqlite3', 'starlette')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_building_does_not_hide_the_entry_point() -> None:
    """A module named `adapter` in the package would replace the object of that name once imported."""
    importlib.import_module("adapters.telegram.platform")
    assert importlib.import_module("adapters.telegram").adapter.settings is Settings
