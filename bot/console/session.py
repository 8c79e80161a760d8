"""Signing in and out."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.accounts import SESSION_LASTS, password_fits
from bot.console.pages import COOKIE, moderator_of, sign_in_of, templates, token_of

_LONGEST_FORM = 16_384
"""Bytes."""


async def show(request: Request) -> Response:
    if moderator_of(request):
        return RedirectResponse("/", status_code=303)
    return templates.TemplateResponse(request, "login.html", {})


async def sign_in(request: Request) -> Response:
    if int(request.headers.get("content-length") or 0) > _LONGEST_FORM:
        return _again(request, "", "That is too long for a name and a password.", 413)
    form = await request.form(max_files=0, max_fields=10)
    name, password = str(form.get("name", "")).strip(), str(form.get("password", ""))
    signing = sign_in_of(request)
    client = request.client.host if request.client else ""
    if not signing.may_try(name, client):
        return _again(request, name, "Too many tries. Wait a minute and try again.", 429)
    if not await asyncio.to_thread(password_fits, signing.password_hash(name), password):
        signing.refuse()
        return _again(request, name, "This name and password do not go together.", 403)
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(
        COOKIE,
        signing.start(name, client),
        max_age=int(SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


async def sign_out(request: Request) -> Response:
    sign_in_of(request).end(token_of(request))
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(COOKIE)
    return response


def _again(request: Request, name: str, what: str, status: int) -> Response:
    return templates.TemplateResponse(request, "login.html", {"name": name, "what": what}, status_code=status)
