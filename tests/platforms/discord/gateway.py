"""Discord's gateway: hello, identify, heartbeats, a log of events for each session, and resuming."""

import asyncio
import importlib
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.platforms.discord.world import DIRECT_MESSAGES, GUILDS, MESSAGE_CONTENT, Payload, World, stamp

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
PRIVILEGED = (1 << 1) | (1 << 8) | MESSAGE_CONTENT


class Session:
    """What one identified client was told, by number. It outlives its socket."""

    def __init__(self, id_: str, intents: int, shard: int = 0, shards: int = 1) -> None:
        self.id = id_
        self.intents = intents
        self.shard = shard
        self.shards = shards
        self.log: list[Payload] = []
        self.socket: Socket | None = None

    def has(self, guild: str | None) -> bool:
        """Whether the session's shard is told of a server; of what is in none, the first shard is."""
        return self.shard == ((int(guild) >> 22) % self.shards if guild else 0)

    def tell(self, event: str, data: Payload) -> None:
        frame = {"op": DISPATCH, "t": event, "s": len(self.log) + 1, "d": data}
        self.log.append(json.loads(json.dumps(frame)))
        if self.socket:
            self.socket.send(self.log[-1])


class Socket:
    """A WebSocket, written to in order and compressed as was asked for."""

    def __init__(self, ws: web.WebSocketResponse, request: web.Request, compress: str | None) -> None:
        self.ws = ws
        self.request = request
        self.goodbye = False
        self._pack = _packer(compress)
        self._out: asyncio.Queue[Payload] = asyncio.Queue()

    def send(self, frame: Payload) -> None:
        self._out.put_nowait(frame)

    async def write(self) -> None:
        while True:
            frame = await self._out.get()
            with suppress(ConnectionError):
                await self._write(json.dumps({"t": None, "s": None, **frame}))
            self._out.task_done()

    async def _write(self, text: str) -> None:
        if self._pack is None:
            await self.ws.send_str(text)
        else:
            await self.ws.send_bytes(self._pack(text.encode()))

    async def flushed(self) -> None:
        await self._out.join()


def _packer(kind: str | None) -> Callable[[bytes], bytes] | None:
    """Compresses each frame, all of them being one stream."""
    if kind == "zlib-stream":
        deflate = zlib.compressobj()
        return lambda frame: deflate.compress(frame) + deflate.flush(zlib.Z_SYNC_FLUSH)
    if kind == "zstd-stream":  # the library asks for it from Python 3.14 on
        zstd = importlib.import_module("compression.zstd").ZstdCompressor()
        return lambda frame: bytes(zstd.compress(frame, mode=zstd.FLUSH_BLOCK))
    return None


class Gateway:
    def __init__(self, world: World, heartbeat: float = 41.25) -> None:
        self.world = world
        self.heartbeat = heartbeat
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.resumed = 0
        self.heartbeats = 0
        self.is_cut = False
        self.changed = asyncio.Condition()
        self._numbers = count(1)
        world.listeners.append(self.tell)

    def tell(self, event: str, data: Payload, intent: int) -> None:
        """To each session that asked for it; without the content, to those that may not have it."""
        for session in self.sessions.values():
            if not session.has(data.get("guild_id") or (data["id"] if event.startswith("GUILD_") else None)):
                continue
            if not intent or session.intents & intent:
                session.tell(event, self._cut(session, event, data, intent))

    def _cut(self, session: Session, event: str, data: Payload, intent: int) -> Payload:
        has_content = event in {"MESSAGE_CREATE", "MESSAGE_UPDATE"}
        if not has_content or intent == DIRECT_MESSAGES or session.intents & MESSAGE_CONTENT:
            return data
        if data["author"]["id"] == self.world.bot.id:
            return data
        cut = {**data, "content": "", "embeds": [], "attachments": [], "components": []}
        cut.pop("poll", None)
        return cut

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if self.is_cut and request.transport is not None:
            request.transport.abort()
        ws = web.WebSocketResponse(autoping=True)
        await ws.prepare(request)
        if request.query.get("v") != "10" or request.query.get("encoding") != "json":
            await ws.close(code=4012, message=b"Invalid API version")
            return ws
        compress = request.query.get("compress")
        if compress not in {None, "zlib-stream", "zstd-stream"}:
            await ws.close(code=4002, message=b"Invalid compression")
            return ws
        socket = Socket(ws, request, compress)
        writing = asyncio.create_task(socket.write())
        socket.send({"op": HELLO, "d": {"heartbeat_interval": int(self.heartbeat * 1000), "_trace": ["[]"]}})
        session: Session | None = None
        try:
            session = await self._converse(socket)
        finally:
            writing.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await writing
            if session and session.socket is socket:
                session.socket = None
                if socket.goodbye:
                    self.sessions.pop(session.id, None)  # a client that says goodbye can't resume
                await self._tell_change()
        return ws

    async def _converse(self, socket: Socket) -> Session | None:
        session: Session | None = None
        while True:
            try:
                message = await asyncio.wait_for(socket.ws.receive(), self.heartbeat * 2)
            except TimeoutError:
                await socket.ws.close(code=4009, message=b"Session timed out")
                return session
            if message.type is not WSMsgType.TEXT:
                codes = {WSCloseCode.OK, WSCloseCode.GOING_AWAY}
                socket.goodbye = message.type is WSMsgType.CLOSE and message.data in codes
                return session
            try:
                frame = json.loads(message.data)
                op, data = frame["op"], frame["d"]
            except (ValueError, KeyError, TypeError):
                await socket.ws.close(code=4002, message=b"Error while decoding payload")
                return session
            if op == HEARTBEAT:
                self.heartbeats += 1
                socket.send({"op": ACK, "d": None})
                await self._tell_change()
            elif op == IDENTIFY:
                if session:
                    await socket.ws.close(code=4005, message=b"Already authenticated")
                    return session
                session = await self._identify(socket, data)
                if session is None:
                    return None
            elif op == RESUME:
                session = await self._resume(socket, data) or session
            elif session is None:
                await socket.ws.close(code=4003, message=b"Not authenticated")
                return None

    async def _identify(self, socket: Socket, data: Payload) -> Session | None:
        if data.get("token") != self.world.token:
            await socket.ws.close(code=4004, message=b"Authentication failed.")
            return None
        intents = data.get("intents")
        if not isinstance(intents, int) or "properties" not in data:
            await socket.ws.close(code=4013, message=b"Invalid intent(s)")
            return None
        if intents & PRIVILEGED & ~self.world.privileged:
            await socket.ws.close(code=4014, message=b"Disallowed intent(s).")
            return None
        shard, shards = data.get("shard", (0, 1))
        if not 0 <= shard < shards:
            await socket.ws.close(code=4010, message=b"Invalid shard.")
            return None
        session = Session(f"session-{next(self._numbers)}", intents, shard, shards)
        self.sessions[session.id] = session
        session.socket = socket
        session.tell("READY", self._ready(session, data.get("shard")))
        if intents & GUILDS and self.world.is_in and session.has(self.world.guild):
            session.tell("GUILD_CREATE", self.world.guild_payload())
        self.identified += 1
        await self._tell_change()
        return session

    def _ready(self, session: Session, shard: list[int] | None) -> Payload:
        ready: dict[str, Any] = {
            "v": 10,
            "user": {**self.world.bot.user(), "email": None, "mfa_enabled": True, "verified": True},
            "user_settings": {},
            "session_type": "normal",
            "session_id": session.id,
            "resume_gateway_url": self.world.base.replace("http", "ws") + "/gateway",
            "relationships": [],
            "private_channels": [],
            "presences": [],
            "guilds": [{"id": self.world.guild, "unavailable": True}]
            if self.world.is_in and session.has(self.world.guild)
            else [],
            "guild_join_requests": [],
            "geo_ordered_rtc_regions": [],
            "application": {"id": self.world.application, "flags": 1 << 18},
            "_trace": ["[]"],
        }
        return ready | ({"shard": shard} if shard else {})

    async def _resume(self, socket: Socket, data: Payload) -> Session | None:
        if data.get("token") != self.world.token:
            await socket.ws.close(code=4004, message=b"Authentication failed.")
            return None
        session = self.sessions.get(data["session_id"])
        if session is None or not 0 <= data["seq"] <= len(session.log):
            socket.send({"op": INVALID, "d": False})
            return None
        session.socket = socket
        for frame in session.log[data["seq"] :]:
            socket.send(frame)
        session.tell("RESUMED", {"_trace": ["[]"]})
        self.resumed += 1
        await self._tell_change()
        return session

    # What goes wrong

    async def drop(self) -> None:
        """Every socket breaks; the sessions stay, to be resumed."""
        for socket in self._sockets():
            await socket.flushed()
            await socket.ws.close(code=4000, message=b"Unknown error")

    def cut(self) -> None:
        """The network between is gone; the sessions stay."""
        self.is_cut = True
        for socket in self._sockets():
            if socket.request.transport is not None:
                socket.request.transport.abort()

    async def ask_to_reconnect(self) -> None:
        for socket in self._sockets():
            socket.send({"op": RECONNECT, "d": None})

    def forget(self) -> None:
        """No session can be resumed any more, and nothing more is kept for them."""
        self.sessions.clear()

    async def invalidate(self) -> None:
        sockets = self._sockets()
        self.forget()
        for socket in sockets:
            socket.send({"op": INVALID, "d": False})

    def hide_guild(self) -> None:
        """The server is in an outage."""
        self.tell("GUILD_DELETE", {"id": self.world.guild, "unavailable": True}, GUILDS)

    def show_guild(self) -> None:
        self.tell("GUILD_CREATE", self.world.guild_payload(), GUILDS)

    def add_bot(self, joined_at: str = "") -> None:
        """Somebody adds the bot to the server."""
        self.world.is_in, self.world.joined_at = True, joined_at or stamp()
        new = {key: value for key, value in self.world.guild_payload().items() if key != "unavailable"}
        self.tell("GUILD_CREATE", new, GUILDS)

    def throw_out(self) -> None:
        self.world.is_in = False
        self.tell("GUILD_DELETE", {"id": self.world.guild}, GUILDS)

    async def wait(self, **counts: int) -> None:
        """Until so many were `identified`, `resumed`, or so many `heartbeats` came."""
        async with self.changed:
            await self.changed.wait_for(
                lambda: all(getattr(self, name) >= number for name, number in counts.items())
            )

    def _sockets(self) -> list[Socket]:
        return [session.socket for session in self.sessions.values() if session.socket]

    async def _tell_change(self) -> None:
        async with self.changed:
            self.changed.notify_all()
