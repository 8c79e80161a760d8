"""The library's errors as those of the ports, in words for a person, without token or text."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.ports import PlatformError, PlatformForbidden, PlatformRefused, PlatformUnavailable

# The library's way to ask for durations as such; without it, it warns at each "too many requests".
os.environ.setdefault("PTB_TIMEDELTA", "1")

_GONE = (
    "message to delete not found",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
)
_SAME = ("message is not modified",)
_NO_RIGHT = (
    "not enough rights",
    "chat_admin_required",
    "have no rights",
    "chat_write_forbidden",
    "need administrator",
    "not enough right",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "admin_required",
)
_NO_DELETING = ("message can't be deleted", "message_delete_forbidden")
_CLOSED = ("topic_closed",)
_TOPIC_GONE = ("topic_deleted", "message thread not found")
_NO_MEMBER = ("user not found", "participant", "member not found")
_TOO_LARGE = "Telegram takes files of up to 50 MB from a bot, and this is more; it can't be posted again."
_NO_READER = (
    "bots can't send messages to bots",
    "bot can't send messages to the bot",
    "user is deactivated",
    "input_user_deactivated",
)
_UNREACHED = (
    "chat not found",
    "user not found",
    "user_is_blocked",
    "peer_id_invalid",
    "input_user_deactivated",
)


def silence_library() -> None:
    """Keeps the library and what it is built on from logging: addresses hold the token, debug logs texts."""
    for name in ("telegram", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


@contextmanager
def in_words() -> Iterator[None]:
    """Raises whatever Telegram or the network answers as PlatformUnavailable or PlatformRefused."""
    try:
        yield
    except TelegramError as error:
        raise explained(error) from None  # the library's own words may hold the token
    except PlatformError:
        raise
    except Exception as error:
        kind = type(error).__name__
        raise PlatformUnavailable(f"Telegram, or the bot's memory of it, did not work ({kind}).") from error


def explained(error: TelegramError) -> PlatformError:
    if isinstance(error, RetryAfter):
        return PlatformUnavailable("Telegram asks to wait before the next request.", wait_of(error))
    if isinstance(error, BadRequest):
        return _refusal(error.message.lower())
    if "too large" in error.message.lower():
        return PlatformRefused(_TOO_LARGE)
    kind, words = next((kind, words) for cause, kind, words in _CAUSES if isinstance(error, cause))
    return kind(words)


_CAUSES: tuple[tuple[type[TelegramError], type[PlatformRefused | PlatformUnavailable], str], ...] = (
    (
        InvalidToken,
        PlatformRefused,
        "Telegram does not accept the bot's token; take a valid one from BotFather and put it under "
        "platforms.telegram.token.",
    ),
    (
        ChatMigrated,
        PlatformRefused,
        "The group has become a supergroup, and the bot can't reach messages from before; do it by hand.",
    ),
    (
        Forbidden,
        PlatformForbidden,
        "The bot may not write or act there: it was removed, blocked, or never started; add it again.",
    ),
    (
        Conflict,
        PlatformUnavailable,
        "Another program asks Telegram for this bot's updates; let only one run with this token.",
    ),
    (TimedOut, PlatformUnavailable, "Telegram did not answer in time."),
    (TelegramError, PlatformUnavailable, "Telegram can't be reached, or has a fault of its own."),
)


def _refusal(said: str) -> PlatformRefused:
    for parts, kind, words in _REFUSALS:
        if any(part in said for part in parts):
            return kind(words)
    return PlatformRefused(
        "Telegram refuses this request; check that the chat's id is right and the bot is in the chat."
    )


_REFUSALS: tuple[tuple[tuple[str, ...], type[PlatformRefused], str], ...] = (
    (
        _NO_DELETING,
        PlatformRefused,
        "Telegram lets the bot not delete this message: it is older than 48 hours, or the bot is no "
        "administrator that may delete messages; give it that right, or delete the message by hand.",
    ),
    (
        _NO_RIGHT,
        PlatformForbidden,
        "The bot lacks the right to do this in the chat; make it an administrator there, in the chat's "
        "settings under Administrators.",
    ),
    (
        _CLOSED,
        PlatformForbidden,
        "The topic is closed, and the bot may not write in it; open it, or let the bot manage topics, in the "
        "chat's settings under Administrators.",
    ),
    (_TOPIC_GONE, PlatformRefused, "The topic is gone, and nothing can be written in it."),
    (
        _UNREACHED,
        PlatformRefused,
        "Telegram knows no such chat for this bot; add the bot to it, and check its id.",
    ),
    (("not found",), PlatformRefused, "The message is not there any more."),
)

NO_READER = (
    "The author is a bot, a channel or an admin who speaks for his group, and reads no warnings; speak to "
    "those who look after it."
)
TOO_OLD = "The message is older than 48 hours, and Telegram lets no bot delete it then; delete it by hand."
MAY_NOT_DELETE = (
    "The bot may not delete messages in this chat; make it an administrator with the right to delete "
    "messages, in the chat's settings under Administrators."
)


def wait_of(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def is_gone(error: TelegramError) -> bool:
    """Whether it says that the message is not there any more."""
    return isinstance(error, BadRequest) and any(part in error.message.lower() for part in _GONE)


def is_same(error: TelegramError) -> bool:
    """Whether it says that an edit would have changed nothing."""
    return isinstance(error, BadRequest) and any(part in error.message.lower() for part in _SAME)


def is_unreached(error: TelegramError) -> bool:
    """Whether it says that the bot can't write to this person."""
    if isinstance(error, Forbidden):
        return True
    return isinstance(error, BadRequest) and any(part in error.message.lower() for part in _UNREACHED)


def is_no_reader(error: TelegramError) -> bool:
    """Whether it says that nobody can ever write to this person: a bot, or an account that is closed."""
    return isinstance(error, BadRequest | Forbidden) and any(
        part in error.message.lower() for part in _NO_READER
    )


def is_not_deletable(error: TelegramError) -> bool:
    """Whether it says that the bot can't delete a message: Telegram does not say why."""
    return isinstance(error, BadRequest) and any(part in error.message.lower() for part in _NO_DELETING)


def is_no_member(error: TelegramError) -> bool:
    """Whether it says that somebody does not belong to a chat."""
    return isinstance(error, BadRequest) and any(part in error.message.lower() for part in _NO_MEMBER)


def is_topic_gone(error: TelegramError) -> bool:
    return isinstance(error, BadRequest) and any(part in error.message.lower() for part in _TOPIC_GONE)
