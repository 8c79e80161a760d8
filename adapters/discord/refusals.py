"""Discord's errors in the product's words: what may work later, and what a person has to mend."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.ports import PlatformError, PlatformForbidden, PlatformRefused, PlatformUnavailable

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
UNKNOWN_WEBHOOK = 10015
ARCHIVED = 50083
TOO_LARGE = 40005
TOO_MANY_DIRECT_MESSAGES = 40003
INVALID_RECIPIENT = 50033
_MISSING_ACCESS = 50001
_MISSING_PERMISSIONS = 50013

WRONG_KEY = (
    "Discord does not accept the token: copy it anew from the developer portal, page Bot,"
    " and put it into the environment."
)
INTENT = (
    "Discord does not hand out the text of messages: switch on Message Content Intent in the developer"
    " portal, page Bot, under Privileged Gateway Intents."
)
_FATAL = {
    4004: WRONG_KEY,
    4010: "Discord did not accept the shard.",
    4011: "The bot is in too many servers for one connection: let it leave those that are not official.",
    4012: "Discord does not speak this version of its gateway any more: update Raazdar.",
    4013: "Discord does not know what was asked for: update Raazdar.",
    4014: INTENT,
}


@contextmanager
def translated(doing: str, need: str = "") -> Iterator[None]:
    """Turns the library's errors into the product's. `doing` is what failed, `need` the permission for it."""
    try:
        yield
    except PlatformError:
        raise
    except Exception as error:
        known = platform_error(error, doing, need)
        if known is None:
            raise
        raise known from None  # what the library says may hold an address with a token, or a text


def platform_error(error: BaseException, doing: str, need: str = "") -> PlatformError | None:  # noqa: PLR0911
    """What an error means; None for one that has nothing to do with Discord."""
    match error:
        case discord.RateLimited():
            return PlatformUnavailable(
                f"Discord asks to wait {error.retry_after:.0f} seconds.", error.retry_after
            )
        case discord.LoginFailure():
            return PlatformRefused(WRONG_KEY)
        case discord.PrivilegedIntentsRequired():
            return PlatformRefused(INTENT)
        case discord.ConnectionClosed() if error.code in _FATAL:
            return PlatformRefused(_FATAL[error.code])
        case discord.HTTPException():
            return _of_status(error, doing, need)
        case discord.DiscordException() | aiohttp.ClientError() | OSError() | asyncio.TimeoutError():
            return PlatformUnavailable(f"Discord can't be reached to {doing}.")
    return None


def _of_status(error: discord.HTTPException, doing: str, need: str) -> PlatformError:  # noqa: PLR0911
    status, code = error.status, error.code
    if status == 429 or code == TOO_MANY_DIRECT_MESSAGES:
        return PlatformUnavailable("Discord asks to wait.", _retry_after(error))
    if status >= 500:
        return PlatformUnavailable(f"Discord is in trouble (it answered {status}) and could not {doing}.")
    if status == 401:
        return PlatformRefused(WRONG_KEY)
    if code == _MISSING_ACCESS:
        more = " and Read Message History" if need == "Read Message History" else ""
        return PlatformForbidden(
            f"The bot can't {doing}: it does not see the channel."
            f" Give its role the permission View Channel{more} in the settings of the channel."
        )
    if code == _MISSING_PERMISSIONS or (status == 403 and need):
        how = f" Give its role the permission {need} in the settings of the channel." if need else ""
        return PlatformForbidden(f"The bot may not {doing}.{how}")
    if status == 403:
        return PlatformRefused(f"The bot may not {doing}.")
    if status == 404:
        return PlatformRefused(f"The bot can't {doing}: Discord knows no such channel or message any more.")
    return PlatformRefused(f"Discord refused to {doing} (answer {status}, code {code}).")


def _retry_after(error: discord.HTTPException) -> float | None:
    """The seconds that Discord asks for; a minute where it opens no further direct channels for a while."""
    try:
        return float(error.response.headers["Retry-After"])
    except (KeyError, ValueError):
        return 60.0 if error.code == TOO_MANY_DIRECT_MESSAGES else None
