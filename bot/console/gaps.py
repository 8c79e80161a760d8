"""What the bot knows that it has not seen."""

from starlette.requests import Request
from starlette.responses import Response

from bot.console.pages import bot_of, moderator_of, page, to_sign_in

_MOST = 200


async def show_gaps(request: Request) -> Response:
    moderator = moderator_of(request)
    if moderator is None:
        return to_sign_in()
    bot = bot_of(request)
    gaps = [(gap, bot.chats.of(gap.chat).name) for gap in bot.store.gaps.list(_MOST)]
    return page(request, "gaps.html", moderator, gaps=gaps)
