import asyncio

from bot.bus import MemoryBus


async def test_a_reader_is_told_of_its_topics_only() -> None:
    bus = MemoryBus()
    with bus.subscribe("cases") as news:
        bus.publish("inbox")
        bus.publish("cases")
        assert await asyncio.wait_for(anext(news), 1) == "cases"


async def test_publications_that_were_not_read_yet_are_merged_and_never_lost() -> None:
    bus = MemoryBus()
    with bus.subscribe("cases", "inbox") as news:
        for topic in ("cases", "cases", "inbox"):
            bus.publish(topic)
        assert [await anext(news), await anext(news)] == ["cases", "inbox"]


async def test_a_waiting_reader_is_woken() -> None:
    bus = MemoryBus()
    with bus.subscribe("cases") as news:
        waiting = asyncio.ensure_future(anext(news))
        await asyncio.sleep(0)
        assert not waiting.done()
        bus.publish("cases")
        assert await asyncio.wait_for(waiting, 1) == "cases"


async def test_a_reader_that_was_given_up_on_waiting_misses_nothing() -> None:
    bus = MemoryBus()
    with bus.subscribe("cases") as news:
        waiting = asyncio.ensure_future(anext(news))
        await asyncio.sleep(0)
        waiting.cancel()
        bus.publish("cases")
        assert await asyncio.wait_for(anext(news), 1) == "cases"


async def test_a_closed_reader_costs_nothing() -> None:
    bus = MemoryBus()
    with bus.subscribe("cases"):
        pass
    bus.publish("cases")
    assert not bus._readers
