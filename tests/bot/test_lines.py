import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.lines import read_line


def test_only_text_is_needed() -> None:
    read = read_line(b'{"text": "hello"}', 1)
    assert (read.id, read.message.text, read.message.sent_at) == (None, "hello", None)


def test_everything_that_a_line_may_hold(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes(b"content")
    line = {
        "id": "m1",
        "text": "t",
        "author": "a",
        "chat": "c",
        "sent_at": "2026-03-02T09:00:00Z",
        "attachments": [str(file), str(tmp_path / "gone.txt")],
        "quoted": "q",
        "expect": "flag",
    }
    read = read_line(json.dumps(line).encode(), 1)
    assert (read.id, read.message.author.id, read.message.ref.chat) == ("m1", "a", "c")
    assert read.message.sent_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    here, gone = read.message.attachments
    assert (here.name, here.content) == ("note.txt", b"content")
    assert (gone.content, gone.missing) == (None, "no such file or directory")
    assert read.message.quoted == "q"
    assert read.extra == {"expect": "flag"}


def test_a_time_without_a_zone_is_utc() -> None:
    read = read_line(b'{"text": "t", "sent_at": "2026-03-02T09:00:00"}', 1)
    assert read.message.sent_at == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_lines_without_an_id_are_messages_of_their_own() -> None:
    assert read_line(b'{"text": "a"}', 1).message.ref != read_line(b'{"text": "a"}', 2).message.ref


def test_lone_surrogates_are_kept() -> None:
    assert read_line(b'{"text": "\\ud800 SECRET"}', 1).message.text == "\ud800 SECRET"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "is not JSON"),
        (b'{"text": "a"', "is not JSON"),
        (b"[]", "is not a JSON object"),
        (b'"text"', "is not a JSON object"),
        (b"{}", "has no text"),
        (b'{"text": null}', "text must be text"),
        (b'{"text": 5}', "text must be text"),
        (b'{"text": "a", "id": {}}', "id must be"),
        (b'{"text": "a", "id": true}', "id must be"),
        (b'{"text": "a", "author": []}', "author must be text"),
        (b'{"text": "a", "sent_at": "yesterday"}', "sent_at must be a time"),
        (b'{"text": "a", "sent_at": 17}', "sent_at must be a time"),
        (b'{"text": "a", "attachments": "a.txt"}', "attachments must be a list"),
        (b'{"text": "\xff"}', "is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"text": "a", "id": ' + b"9" * 5000 + b"}", "a number in it is too long"),
    ],
)
def test_bad_lines_are_refused_with_the_reason(line: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_line(line, 1)


def test_the_reason_never_quotes_the_content() -> None:
    with pytest.raises(InputError) as refused:
        read_line(b'{"text": "TOP SECRET plans", oops}', 1)
    assert "plans" not in str(refused.value)
