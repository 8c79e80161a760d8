"""What all pages share: templates, words for times, and who is signed in."""

from datetime import datetime, timedelta
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from bot.console.accounts import SignIn, form_token
from bot.wiring import Bot

COOKIE = "raazdar_session"
_RECENT = timedelta(days=7)
_MOST_GAPS = 100
HERE = Path(__file__).parent


def _when(at: datetime) -> str:
    return at.strftime("%d %b %Y, %H:%M:%S UTC")


templates = Jinja2Templates(HERE / "templates")
templates.env.filters["when"] = _when
templates.env.trim_blocks = True
templates.env.lstrip_blocks = True


def bot_of(request: Request) -> Bot:
    bot = request.app.state.bot
    assert isinstance(bot, Bot)  # noqa: S101 - set where the application is made
    return bot


def sign_in_of(request: Request) -> SignIn:
    sign_in = request.app.state.sign_in
    assert isinstance(sign_in, SignIn)  # noqa: S101 - set where the application is made
    return sign_in


def token_of(request: Request) -> str:
    return request.cookies.get(COOKIE, "")


def moderator_of(request: Request) -> str | None:
    """Who is signed in; None for nobody."""
    return sign_in_of(request).who(token_of(request))


def to_sign_in() -> RedirectResponse:
    return RedirectResponse("/login", status_code=303)


def page(request: Request, name: str, moderator: str, **values: object) -> Response:
    """A page for somebody who is signed in."""
    bot = bot_of(request)
    shared = {
        "moderator": moderator,
        "form_token": form_token(token_of(request)),
        "aside": bot.store.inbox.counts()["aside"],
        "unseen": sum(bot.clock.now() - gap.at < _RECENT for gap in bot.store.gaps.list(_MOST_GAPS)),
        "refusal": bot.in_force.refusal,
        "chat_links": [
            (platform, getattr(bot.platforms[platform], "mount", "")) for platform in bot.platforms
        ],
    }
    return templates.TemplateResponse(request, name, shared | values)


def sorry(request: Request, status: int, title: str, what: str) -> Response:
    """A page that says what went wrong, for anybody."""
    return templates.TemplateResponse(
        request, "sorry.html", {"title": title, "what": what}, status_code=status
    )
