"""What can be said of a message that the library can't read: who posted it where, and all its words. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

_NO_WORDS = frozenset(
    """
    author_signature callback_data chat currency date edit_date emoji_status file_path forward_from
    forward_from_chat forward_origin forward_sender_name from id language_code mime_type origin
    reply_to_message sender_business_bot sender_chat thumbnail type username via_bot
    """.split()  # noqa: SIM905 - the names alone are easier to read
)
"""Fields in which Telegram itself says something, or which hold what others wrote."""


def words(raw: object) -> Iterator[str]:
    """All that people wrote in a message as it came, wherever it stands: its structure is not known."""
    match raw:
        case str():
            yield raw
        case list():
            for one in raw:
                yield from words(one)
        case dict():
            for field, value in raw.items():
                if field not in _NO_WORDS and not str(field).endswith("_id"):
                    yield from words(value)


def name(sender: Mapping[str, Any]) -> str:
    """What a person or a chat is called; empty where that is not told."""
    names = (sender.get(field) for field in ("first_name", "last_name", "title"))
    return " ".join(one for one in names if isinstance(one, str))


def text(told: Mapping[str, Any]) -> str:
    """A line for each, once."""
    return "\n".join(dict.fromkeys(filter(None, words(dict(told)))))
