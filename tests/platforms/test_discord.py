"""The server on loopback refuses what Discord refuses."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from tests.platforms.discord.server import Discord, serving
from tests.platforms.discord.world import DIRECT_MESSAGES, GUILD_MESSAGES, GUILDS, MESSAGE_CONTENT, Payload

AGENT = {"User-Agent": "DiscordBot (https://example.com, 1)"}
EVERYTHING = GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    async with serving() as server:
        yield server


@asynccontextmanager
async def connected(server: Discord) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    address = f"{server.gateway_url}?v=10&encoding=json"
    async with aiohttp.ClientSession() as session, session.ws_connect(address) as ws:
        assert (await ws.receive_json())["op"] == 10
        yield ws


def identify(server: Discord, intents: int = EVERYTHING, **more: Any) -> Payload:
    data = {"token": server.world.token, "intents": intents, "properties": {"os": "linux"}}
    return {"op": 2, "d": data | more}


async def dispatched(ws: aiohttp.ClientWebSocketResponse, event: str) -> Payload:
    """The next event of that kind."""
    async with asyncio.timeout(5):
        while (frame := await ws.receive_json())["t"] != event:
            continue
    return dict(frame)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ('{"op": 2, "d": {"token": "wrong", "intents": 1, "properties": {}}}', 4004),
        ('{"op": 8, "d": {}}', 4003),
        ("no json", 4002),
    ],
)
async def test_a_gateway_closes_with_its_codes(server: Discord, frame: str, code: int) -> None:
    async with connected(server) as ws:
        await ws.send_str(frame)
        message = await ws.receive(5)
    assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, code)


async def test_a_privileged_intent_must_be_switched_on(server: Discord) -> None:
    server.world.privileged = 0
    async with connected(server) as ws:
        await ws.send_json(identify(server))
        assert (await ws.receive(5)).data == 4014


@pytest.mark.parametrize(("intents", "content"), [(EVERYTHING, "hello"), (GUILDS | GUILD_MESSAGES, "")])
async def test_without_the_intent_there_is_no_content(server: Discord, intents: int, content: str) -> None:
    ali = server.world.person("ali", "Ali")
    async with connected(server) as ws:
        await ws.send_json(identify(server, intents))
        guild = await dispatched(ws, "GUILD_CREATE")
        server.world.post(ali, server.world.general, "hello", files=[("a", "b/c", b"d")])
        created = await dispatched(ws, "MESSAGE_CREATE")
    assert guild["d"]["unavailable"] is False
    assert created["d"]["content"] == content
    assert bool(created["d"]["attachments"]) is bool(content)
    assert created["d"]["member"]["nick"] is None


async def test_direct_messages_need_their_own_intent(server: Discord) -> None:
    ali = server.world.person("ali", "Ali")
    async with connected(server) as without, connected(server) as having:
        await without.send_json(identify(server))
        await having.send_json(identify(server, EVERYTHING | DIRECT_MESSAGES))
        for ws in (without, having):
            await dispatched(ws, "GUILD_CREATE")
        server.world.post(ali, server.world.dm(ali), "in private")
        server.world.post(ali, server.world.general, "to all")
        assert (await dispatched(without, "MESSAGE_CREATE"))["d"]["content"] == "to all"
        assert (await dispatched(having, "MESSAGE_CREATE"))["d"]["content"] == "in private"


async def test_a_session_is_resumed_with_what_it_missed(server: Discord) -> None:
    ali = server.world.person("ali", "Ali")
    async with connected(server) as ws:
        await ws.send_json(identify(server))
        ready = await dispatched(ws, "READY")
        await ws.send_json({"op": 1, "d": 1})
        await server.gateway.drop()
    server.world.post(ali, server.world.general, "missed")
    resume = {"token": server.world.token, "session_id": ready["d"]["session_id"], "seq": 2}
    async with connected(server) as ws:
        await ws.send_json({"op": 6, "d": resume})
        assert (await dispatched(ws, "MESSAGE_CREATE"))["d"]["content"] == "missed"
        await dispatched(ws, "RESUMED")
    async with connected(server) as ws:
        await ws.send_json({"op": 6, "d": resume | {"session_id": "none"}})
        assert await ws.receive_json(timeout=5) == {"op": 9, "d": False, "t": None, "s": None}


@pytest.mark.parametrize(
    ("headers", "body", "status", "code"),
    [
        ({}, {"content": "x"}, 403, 0),
        (AGENT, {"content": "x"}, 401, 0),
        (None, {"content": ""}, 400, 50006),
        (None, {"content": "x" * 2001}, 400, 50035),
        (None, {"content": "x", "nonce": "n" * 26}, 400, 50035),
        (None, {"embeds": [{"title": "t" * 257}]}, 400, 50035),
        (None, {"content": "x", "message_reference": {"message_id": "1"}}, 400, 50035),
        (None, {"content": "x"}, 200, None),
    ],
)
async def test_a_message_must_be_one(
    server: Discord, headers: dict[str, str] | None, body: Payload, status: int, code: int | None
) -> None:
    allowed = AGENT | {"Authorization": f"Bot {server.world.token}"}
    url = f"{server.api_base}/channels/{server.world.general}/messages"
    async with aiohttp.ClientSession() as session:
        sent = allowed if headers is None else {"User-Agent": "x"} | headers
        async with session.post(url, json=body, headers=sent) as response:
            answer = json.loads(await response.text())
    assert (response.status, answer.get("code")) == (status, code)
    assert response.headers["Content-Type"] == "application/json"


CALLS = [
    ("PUT", "applications/{application}/commands", [{"name": "Check", "description": "x"}], 400, 50035),
    ("PUT", "applications/{application}/commands", [{"name": "check", "description": ""}], 400, 50035),
    ("PUT", "applications/{application}/commands", [{"name": "check", "description": "x"}], 200, None),
    ("GET", "applications/1/commands", None, 404, None),
    ("POST", "channels/{general}/webhooks", {"name": "my discord"}, 400, 50035),
    ("POST", "channels/{general}/webhooks", {"name": "n" * 81}, 400, 50035),
    ("POST", "channels/{general}/webhooks", {"name": "Raazdar"}, 200, None),
    ("POST", "webhooks/1/token", {"content": "x"}, 404, 10015),
    ("PATCH", "webhooks/{application}/token/messages/@original", {"content": "x"}, 404, 10015),
    ("POST", "interactions/1/token/callback", {"type": 4, "data": {"content": "x"}}, 404, 10062),
    ("GET", "guilds/{guild}", None, 200, None),
    ("GET", "guilds/1", None, 404, 10004),
    ("GET", "guilds/{guild}/members/1", None, 404, 10007),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), CALLS)
async def test_what_is_asked_for_is_answered_as_discord_does(
    server: Discord, method: str, path: str, body: Any, status: int, code: int | None
) -> None:
    world = server.world
    names = {"application": world.application, "general": world.general, "guild": world.guild}
    headers = AGENT | {"Authorization": f"Bot {world.token}"}
    url = f"{server.api_base}/{path.format(**names)}"
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, json=body, headers=headers) as response,
    ):
        answer = await response.text()
    assert response.status == status
    if code is not None:
        assert json.loads(answer)["code"] == code


async def test_a_room_is_shut_to_all_but_some(server: Discord) -> None:
    ali, nadia = server.world.person("ali", "Ali"), server.world.person("nadia", "Nadia")
    room = server.world.channel("room")
    server.world.shut(room, nadia)
    assert server.world.permissions(ali, room) == 0
    assert server.world.permissions(nadia, room)
    assert server.world.allows(room, 1 << 10)
