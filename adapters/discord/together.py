"""Several things at once, as long as none of them ends."""

import asyncio
from collections.abc import Awaitable


async def first_of(*waits: Awaitable[None]) -> None:
    """Runs all until one of them ends, and ends as it did."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
