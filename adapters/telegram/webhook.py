"""Lets Telegram hand updates over: each is answered with "OK" only once it lies in the inbox.

Telegram waits for that answer before it sends the next update of the same chat, so an album can't be waited
for here: it is handed over with its first part, and again, as a later revision, with each part that follows.
What a server hands over at once all the same is dealt with chat by chat, in order.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

import telegram
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import BadRequest

from adapters.telegram import WebhookSettings
from adapters.telegram.patience import until_done
from adapters.telegram.units import KINDS, Unit, lane, read
from bot.ports import PlatformRefused, PlatformUnavailable

_LARGEST = 1024 * 1024
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_log = logging.getLogger("raazdar.telegram")


def make_app(
    settings: WebhookSettings, bot: telegram.Bot, hear: Callable[[Unit], Awaitable[None]]
) -> Starlette:
    turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def receive(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(_HEADER, "").encode(), settings.secret.encode()):
            return Response(status_code=403)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST:
                return Response(status_code=413)
        try:
            update = read(json.loads(body), bot)
        except (ValueError, AttributeError):
            return Response(status_code=400)
        try:
            async with turns.setdefault(lane(update), asyncio.Lock()):
                await hear((update,))
        except Exception as error:  # noqa: BLE001 - Telegram sends it again; the others must go on
            _log.error(
                "an update could not be taken in (%s); Telegram will send it again", type(error).__name__
            )
            return Response(status_code=503)
        return Response()

    return Starlette(routes=[Route(settings.path, receive, methods=["POST"])])


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Whether the program ends is for the program to say."""
        yield


async def serve(
    settings: WebhookSettings, bot: telegram.Bot, hear: Callable[[Unit], Awaitable[None]]
) -> None:
    """Until cancelled. The webhook stays set, so that Telegram keeps what happens until the next start."""
    config = uvicorn.Config(
        make_app(settings, bot, hear),
        settings.host,
        settings.port,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    await until_done(lambda: _announce(settings, bot))
    server = _Server(config)
    serving = asyncio.create_task(_served(server, settings.listen))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True  # uvicorn gives its address back only when it ends by itself
        await serving


async def _served(server: uvicorn.Server, listen: str) -> None:
    try:
        await server.serve()
    except SystemExit:
        raise PlatformUnavailable(
            f"The address {listen} for the webhook can't be had; set webhook.listen to another."
        ) from None


async def _announce(settings: WebhookSettings, bot: telegram.Bot) -> None:
    try:
        await bot.set_webhook(settings.url, allowed_updates=KINDS, secret_token=settings.secret)
    except BadRequest:
        words = (
            f"Telegram does not take {settings.url} as webhook.url: it must be https, on port 443, 80, 88 or "
            "8443, with a name that the Internet knows."
        )
        _log.error("%s", words)
        raise PlatformRefused(words) from None
