"""Discord on loopback: a gateway, a REST interface and a content network on one free port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from tests.platforms.discord.gateway import Gateway
from tests.platforms.discord.rest import API, Rest
from tests.platforms.discord.world import World


@dataclass
class Discord:
    """`stop` and `start` make an outage: the port is closed, and open again."""

    world: World
    gateway: Gateway
    rest: Rest
    port: int = 0

    def __post_init__(self) -> None:
        self._runner: web.AppRunner | None = None

    @property
    def api_base(self) -> str:
        return f"{self.world.base}{API}"

    @property
    def gateway_url(self) -> str:
        return f"{self.world.base.replace('http', 'ws')}/gateway"

    @property
    def cdn_base(self) -> str:
        return f"{self.world.base}/cdn"

    async def start(self) -> None:
        app = web.Application(client_max_size=30 * 1024 * 1024)
        self.rest.add_routes(app)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.world.base = f"http://127.0.0.1:{self.port}"
        self.rest.gateway_url = self.gateway_url

    def cut(self) -> None:
        """The network between is gone, and nobody says goodbye."""
        self.rest.is_cut = True
        self.gateway.cut()

    def mend(self) -> None:
        self.rest.is_cut = self.gateway.is_cut = False

    async def stop(self) -> None:
        """The sockets break and nobody listens any more; sessions can be resumed afterwards."""
        await self.gateway.drop()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None


@asynccontextmanager
async def serving(world: World | None = None, heartbeat: float = 41.25) -> AsyncIterator[Discord]:
    world = world or World()
    discord = Discord(world, Gateway(world, heartbeat), Rest(world))
    await discord.start()
    try:
        yield discord
    finally:
        await discord.stop()
