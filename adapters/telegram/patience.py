"""Goes on in spite of what fails: tries again as long as it takes, or tells one failure as what it is."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from adapters.telegram.failures import explained, wait_of

T = TypeVar("T")

_LONGEST_PAUSE = 30.0
_LONGEST_COURTESY = 10.0
_PAUSES = (0.5, 2.0, None)
_log = logging.getLogger("raazdar.telegram")


async def until_done(act: Callable[[], Awaitable[T]]) -> T:
    """What `act` returns at last. Each kind of trouble is logged once, in words.

    Raises PlatformRefused where Telegram does not accept the token: waiting will not mend that.
    """
    pause, said = 0.5, ""
    while True:
        try:
            result = await act()
        except InvalidToken as error:
            _log.error("%s", explained(error))
            raise explained(error) from None  # the library's own words may hold the token
        except TelegramError as error:
            words = str(explained(error))
            if words != said:
                _log.warning("Nothing is heard of Telegram for now. %s It is tried again.", words)
                said = words
            await asyncio.sleep(wait_of(error) if isinstance(error, RetryAfter) else pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            if said:
                _log.warning("Telegram is heard again.")
            return result


async def with_courtesy(act: Callable[[], Awaitable[object]]) -> bool:
    """Whether something worked that may fail. It is tried again where Telegram asks to wait or is away."""
    for pause in _PAUSES:
        try:
            await act()
        except RetryAfter as error:
            if pause is None or wait_of(error) > _LONGEST_COURTESY:
                break
            await asyncio.sleep(wait_of(error))
        except NetworkError as error:
            if pause is None or isinstance(error, BadRequest | TimedOut):
                break
            await asyncio.sleep(pause)
        except TelegramError:
            break
        else:
            return True
    _log.info("an answer to somebody could not be shown")
    return False


@contextmanager
def first_failure() -> Iterator[None]:
    """Raises what went wrong first in a group of tasks, rather than the group."""
    try:
        yield
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
