import pytest

from adapters.discord import Settings, shards
from tests.adapters.discord.playing import Play, until
from tests.adapters.fake_inbox import FakeInbox


async def test_each_shard_hears_its_own_servers_and_nothing_is_told_twice(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "_BETWEEN", 0.05)
    inbox = FakeInbox()
    async with play.running(inbox, play.platform(shards=3)):
        await play.server.gateway.wait(identified=3)
        assert {(one.shard, one.shards) for one in play.server.gateway.sessions.values()} == {
            (0, 3),
            (1, 3),
            (2, 3),
        }
        play.world.post(play.ali, play.world.general, "hello")
        await until(lambda: inbox.events)
        assert len(set(inbox.events)) == 1, "it may be read again by catching up, as the same event"


async def test_discord_says_where_its_gateway_is_and_how_many_shards_it_wants(play: Play) -> None:
    async with play.running(platform=play.platform(gateway_url="")):
        [session] = play.server.gateway.sessions.values()
        assert (session.shard, session.shards) == (0, 1)


@pytest.mark.parametrize("number", [-1, 1001])
def test_a_number_of_shards_that_can_not_be_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="shards"):
        Settings("token", shards=number)
