"""Asks Telegram past the library's objects, which can't be made where a field is missing."""

import warnings
from typing import Any

import telegram


async def ask(bot: telegram.Bot, method: str, **params: Any) -> Any:
    """What Telegram answers, as it came. Raises TelegramError."""
    with warnings.catch_warnings():
        # The library would rather have its own method called.
        warnings.simplefilter("ignore")
        return await bot.do_api_request(
            method, api_kwargs={key: value for key, value in params.items() if value is not None}
        )
