"""The web application: the console at the root, and beside it whatever pages the platforms bring along."""

import ipaddress

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.console import cases, gaps, session
from bot.console.accounts import SignIn
from bot.console.guard import Guard
from bot.console.pages import HERE, sorry
from bot.ports import WebPlatform
from bot.wiring import Bot


def web_application(bot: Bot, host: str) -> Starlette:
    """The ASGI application for a bot that listens on `host`."""
    routes: list[BaseRoute] = [
        Route("/", cases.show_list),
        Route("/events", cases.news),
        Route("/login", session.show),
        Route("/login", session.sign_in, methods=["POST"]),
        Route("/logout", session.sign_out, methods=["POST"]),
        Route("/cases/{number:int}", cases.show_case),
        Route("/cases/{number:int}/{what}", cases.act, methods=["POST"]),
        Route("/gaps", gaps.show_gaps),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    for platform in bot.platforms.values():
        if isinstance(platform, WebPlatform):
            routes.append(Mount(platform.mount, platform.web))
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts(host), www_redirect=False),
            Middleware(Guard),
        ],
        exception_handlers={404: _not_found, 500: _broken},
    )
    app.state.bot = bot
    app.state.sign_in = SignIn(bot.store, bot.clock)
    return app


def allowed_hosts(host: str) -> list[str]:
    """On a loopback address only loopback names are answered, so that no other site's name leads here."""
    try:
        is_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = host == "localhost"
    return ["127.0.0.1", "localhost", "[::1]", host] if is_loopback else ["*"]


async def _not_found(request: Request, _: Exception) -> Response:
    return sorry(request, 404, "Nothing here", "This address leads nowhere. Start at the list of cases.")


async def _broken(request: Request, _: Exception) -> Response:
    return sorry(request, 500, "That did not work", "It is not your fault. The log says what kind of error.")
