"""Telegram's Bot API on loopback, strict where Telegram is: it checks what a bot sends, and words its errors alike.

What the bot asked for is in `calls`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, web

from tests.platforms.telegram.content import read_params
from tests.platforms.telegram.methods import Methods
from tests.platforms.telegram.world import TOKEN, ApiError, Json

ACTING = frozenset(
    {"sendMessage", "sendDocument", "sendPhoto", "sendMediaGroup", "editMessageText", "deleteMessage"}
)


class Telegram(Methods):
    """`base` and `base_file` are what goes before the token in addresses."""

    base = base_file = ""

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Telegram"]:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.base, self.base_file = f"http://127.0.0.1:{port}/bot", f"http://127.0.0.1:{port}/file/bot"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if self.is_down:
            return web.Response(status=502, text="<html>502 Bad Gateway</html>", content_type="text/html")
        try:
            if request.match_info["token"] != TOKEN:
                raise ApiError(401, "Unauthorized")
            params = await read_params(request)
            self.calls.append((method, params))
            if self.faults[method]:
                fault = self.faults[method].pop(0)
                if fault == "drop":
                    assert request.transport is not None
                    request.transport.abort()
                    return web.Response()
                assert isinstance(fault, ApiError)
                raise fault
            if self.next_act_fails and method in ACTING:
                fault, self.next_act_fails = self.next_act_fails, None
                raise fault
            handler = getattr(self, f"_do_{method.lower()}", None)
            if handler is None:
                raise ApiError(404, "Not Found")
            result = await handler(params)
        except ApiError as error:
            body: Json = {"ok": False, "error_code": error.code, "description": error.description}
            if error.parameters:
                body["parameters"] = error.parameters
            response = web.json_response(body, status=error.code)
        else:
            response = web.json_response({"ok": True, "result": result})
        async with self._called:
            self._called.notify_all()
        if method in self.slow:
            await self.slow[method].wait()
        return response

    async def _download(self, request: web.Request) -> web.StreamResponse:
        id_ = request.match_info["path"].removeprefix("documents/")
        if "download" in self.slow:
            await self.slow["download"].wait()
        if self.is_down:
            return web.Response(status=502)
        if self.faults["download"]:
            self.faults["download"].pop(0)
            return web.Response(status=500)
        if request.match_info["token"] != TOKEN or id_ not in self.files:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.Response(body=self.files[id_])

    async def hands_over(self, address: str) -> list[int]:
        """Posts what waits to the webhook, and keeps what is not answered with a 2xx; the answers' statuses."""
        assert self.webhook is not None
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        statuses, kept = [], []
        async with ClientSession() as session:
            for update in self.queue:
                if not set(update) & set(self.webhook.get("allowed_updates") or update):
                    continue
                async with session.post(address, json=update, headers=headers) as response:
                    statuses.append(response.status)
                    if not 200 <= response.status < 300:
                        kept.append(update)
        self.queue = kept
        return statuses
