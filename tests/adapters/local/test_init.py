"""The keys under `platforms.local`."""

import importlib
import subprocess
import sys

import pytest
from pydantic import TypeAdapter, ValidationError

from adapters.local import PersonSetting, Settings

READ = TypeAdapter(Settings)


def read(text: str) -> Settings:
    return READ.validate_json(text, strict=True)


def test_everything_may_be_left_out() -> None:
    assert read("{}") == Settings(people=(), suggestions=(), max_attachment_mb=10)


def test_all_keys_are_read() -> None:
    people = '[{"id": "a-1", "name": "Ali", "title": "Clerk"}]'
    text = f'{{"people": {people}, "suggestions": ["hi"], "max_attachment_mb": 2}}'
    assert read(text) == Settings((PersonSetting("a-1", "Ali", "Clerk"),), ("hi",), 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"poeple": []}', "Unexpected keyword"),
        ('{"people": [{"id": "a", "name": "A", "rank": 1}]}', "Unexpected keyword"),
        ('{"max_attachment_mb": "10"}', "valid integer"),
        ('{"max_attachment_mb": 0}', "must be 1 or more"),
        ('{"people": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]}', "two people have the same id"),
        ('{"people": [{"id": "Ali Khan", "name": "A"}]}', "letters a-z, digits and hyphens"),
        ('{"people": [{"id": "", "name": "A"}]}', "letters a-z, digits and hyphens"),
        ('{"people": [{"id": "a", "name": " "}]}', "needs a name"),
        ('{"suggestions": ["hello", " "]}', "suggestion is empty"),
    ],
)
def test_what_is_wrong_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        read(text)


def test_importing_the_adapter_loads_no_web_framework() -> None:
    code = (
        "import sys, adapters.local; "
        "sys.exit(any(m in sys.modules for m in ('starlette', 'jinja2', 'sqlite_utils')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_building_does_not_hide_the_entry_point() -> None:
    """A module named `adapter` in the package would replace the object of that name once imported."""
    importlib.import_module("adapters.local.platform")
    assert importlib.import_module("adapters.local").adapter.settings is Settings
