"""Order in a channel, and none between channels."""

import asyncio

import pytest

from adapters.discord.lanes import Lanes


async def test_a_lane_keeps_its_order_and_holds_up_no_other() -> None:
    lanes, done, gate = Lanes(), list[str](), asyncio.Event()
    finished = asyncio.Event()

    async def slow() -> None:
        await gate.wait()
        done.append("slow")

    async def quick(name: str) -> None:
        done.append(name)
        if name == "last":
            finished.set()
        if name == "other lane":
            gate.set()

    lanes.put(1, slow)
    lanes.put(1, lambda: quick("last"))
    lanes.put(2, lambda: quick("other lane"))
    async with asyncio.timeout(5):
        await finished.wait()
    assert done == ["other lane", "slow", "last"]
    await lanes.close()


async def test_what_fails_stops_its_lane_and_is_told() -> None:
    lanes, done = Lanes(), list[str]()

    async def broken() -> None:
        raise OSError("the disk is full")

    async def never() -> None:
        done.append("never")

    lanes.put(1, broken)
    lanes.put(1, never)
    with pytest.raises(OSError, match="the disk is full"):
        async with asyncio.timeout(5):
            await lanes.broken
    await lanes.close()
    lanes.put(2, never)
    await asyncio.sleep(0)
    assert done == []
