"""Lets each platform say whether it is set up as the bot needs it."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot.clock import SystemClock
from bot.config.loading import Configuration
from bot.config.settings import installed_adapters
from bot.errors import PlatformError, StoreError
from bot.model import Check, CheckState
from bot.places import store_path
from bot.ports import Examinable, Platform, Surroundings
from bot.store.looking import copy_database

PATIENCE = 20.0
"""Seconds after which a platform that does not answer is told as such."""

_LARGEST_MEMORY = 64 * 1024 * 1024


def copy_memories(configuration: Configuration, to: Path) -> None:
    """Copies what the adapters remember, so that they can be built without touching it.

    What can't be read, or is too large for a quick look, they do without.
    """
    store = store_path(configuration.settings.store.url)
    for memory in store.parent.glob("*.db"):
        if memory.name != store.name:
            with suppress(OSError, StoreError):
                if memory.stat().st_size <= _LARGEST_MEMORY:
                    copy_database(memory, to / memory.name)


def build_platforms(configuration: Configuration, data: Path) -> Mapping[str, Platform | Check]:
    """Each platform of the configuration with its memory in `data`, or what kept it from being built."""
    settings = configuration.settings
    surroundings = Surroundings(
        clock=SystemClock(),
        chats=settings.listed(),
        words=configuration.catalogue,
        language=settings.language,
        data=data,
    )
    adapters = installed_adapters()
    built: dict[str, Platform | Check] = {}
    for name, own in settings.platforms.items():
        try:
            built[name] = adapters[name].build(own, surroundings)
        except Exception as error:  # noqa: BLE001 - one platform that breaks must not hide the others
            built[name] = _broken(name, error)
    return built


async def examine_platforms(
    platforms: Mapping[str, Platform | Check], patience: float = PATIENCE
) -> Sequence[Check]:
    """What all of them say, asked at once and told in their order."""
    told = await asyncio.gather(
        *(_examined(name, platform, patience) for name, platform in platforms.items())
    )
    return [check for checks in told for check in checks]


async def _examined(name: str, platform: Platform | Check, patience: float) -> Sequence[Check]:
    if isinstance(platform, Check):
        return [platform]
    if not isinstance(platform, Examinable):
        return [Check(name, CheckState.GOOD, "is there; it has nothing to look at from outside")]
    try:
        async with asyncio.timeout(patience):
            return [_named(name, check) for check in await platform.examine()]
    except TimeoutError:
        todo = "look at the network and the platform's own status page, then try again"
        return [Check(name, CheckState.BAD, f"did not answer in {patience:g} seconds", todo)]
    except Exception as error:  # noqa: BLE001 - one platform that breaks must not hide the others
        return [_broken(name, error)]


def _named(platform: str, check: Check) -> Check:
    """The check with its platform's name before it: two platforms may both speak of a token."""
    is_named = check.subject.startswith(platform)
    return check if is_named else replace(check, subject=f"{platform}: {check.subject}")


def _broken(name: str, error: Exception) -> Check:
    """A platform's errors are words for a person; any other may hold a secret or what somebody wrote."""
    if isinstance(error, PlatformError):
        return Check(name, CheckState.BAD, str(error), "do what it says, then try again")
    return Check(name, CheckState.BAD, f"broke with {type(error).__name__}", "please report this")
