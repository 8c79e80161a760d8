"""What `raazdar doctor` learns of Telegram: the token, privacy mode, updates, the rights in each chat.

Only what leaves no trace is asked, and no update is taken away from a bot that runs meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import telegram
from telegram.error import ChatMigrated, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram import Settings
from adapters.telegram.failures import explained
from adapters.telegram.members import Member, is_administrator, is_in, may_delete, may_post, member
from adapters.telegram.moves import Moves
from adapters.telegram.raw import ask
from adapters.telegram.translate import PLATFORM
from bot.model import Chat, ChatRef, Check, CheckState, Mode
from bot.ports import PlatformRefused, Surroundings

_GOOD, _DOUBTFUL, _BAD = CheckState.GOOD, CheckState.DOUBTFUL, CheckState.BAD
_MAKE_ADMINISTRATOR = (
    "Make the bot an administrator there with the right to delete messages, in the chat's settings under "
    "Administrators."
)
_TOKEN, _CLOCK, _UPDATES, _PRIVACY = (
    f"{PLATFORM}: {name}" for name in ("token", "clock", "updates", "privacy mode")
)
_FAST = timedelta(minutes=1)
_RECENT = 3600
_MANY = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """What the bot is in a chat."""

    member: Member
    chat_type: str
    username: str


async def examine(settings: Settings, surroundings: Surroundings, moves: Moves) -> Sequence[Check]:
    """Never raises: what can't be looked at is a check that says so."""
    dates: list[datetime] = []

    async def note_date(response: Any) -> None:
        try:
            date = parsedate_to_datetime(response.headers.get("date", ""))
            dates.append(date if date.tzinfo else date.replace(tzinfo=UTC))
        except (ValueError, TypeError):
            return

    hooks = {"event_hooks": {"response": [note_date]}}
    request = HTTPXRequest(connect_timeout=10, read_timeout=20, httpx_kwargs=hooks)
    bot = telegram.Bot(settings.token, base_url=settings.base_url, request=request)
    try:
        await bot.initialize()
        return [
            Check(_TOKEN, _GOOD, f"it is that of @{bot.username}"),
            *_clock(surroundings.clock.now(), dates),
            await _updates(bot, settings, surroundings.clock.now()),
            *await _chats(bot, surroundings.chats, moves),
        ]
    except TelegramError as error:
        todo = (
            "Take a valid one from BotFather and put it under platforms.telegram.token."
            if isinstance(error, InvalidToken)
            else "Check the network, and base_url if there is one."
        )
        return [Check(_TOKEN, _BAD, str(explained(error)), todo)]
    except Exception as error:  # noqa: BLE001 - whatever is answered, doctor must go on
        found = f"Telegram answered something that can't be read ({type(error).__name__})"
        return [Check(_TOKEN, _BAD, found, "Check base_url, if there is one.")]
    finally:
        await bot.shutdown()
        await request.shutdown()


def _clock(now: datetime, dates: Sequence[datetime]) -> Sequence[Check]:
    if not dates:
        return []
    apart = abs(now - dates[-1])
    seconds = int(apart.total_seconds())
    if apart < _FAST:
        return [Check(_CLOCK, _GOOD, "it agrees with Telegram's")]
    todo = "Let the machine take its time from the network (NTP)."
    return [Check(_CLOCK, _DOUBTFUL, f"it is {seconds} seconds away from Telegram's", todo)]


async def _updates(bot: telegram.Bot, settings: Settings, now: datetime) -> Check:
    try:
        hook = await ask(bot, "getWebhookInfo")
    except TelegramError as error:
        return Check(_UPDATES, _DOUBTFUL, str(explained(error)), "Try again later.")
    url, wanted = hook.get("url", ""), settings.webhook.url if settings.webhook else ""
    if url != wanted:
        # The rest of the address may be a secret.
        found = f"Telegram hands them to {urlsplit(url).netloc}" if url else "Telegram has no webhook yet"
        todo = "Nothing, if the bot has yet to start: it sets this right then."
        return Check(_UPDATES, _DOUBTFUL, found, todo)
    if wanted and now.timestamp() - hook.get("last_error_date", 0) < _RECENT:
        todo = "See that webhook.url leads through the proxy to webhook.listen, with a valid certificate."
        return Check(_UPDATES, _DOUBTFUL, "Telegram could not hand some over within the last hour", todo)
    if hook.get("pending_update_count", 0) > _MANY:
        found = f"{hook['pending_update_count']} of them wait"
        return Check(_UPDATES, _DOUBTFUL, found, "See that the bot runs; Telegram keeps them for 24 hours.")
    return Check(_UPDATES, _GOOD, "nothing stands in their way")


async def _chats(bot: telegram.Bot, chats: Sequence[Chat], moves: Moves) -> Sequence[Check]:
    checks: list[Check] = []
    watched = [chat for chat in chats if chat.ref.platform == PLATFORM]
    sees_all = bool(watched)
    for chat in watched:
        subject = f"{PLATFORM}: {chat.name}"
        standing = await _standing(bot, chat.ref, moves, subject)
        if isinstance(standing, Check):
            sees_all = False
            checks.append(standing)
        else:
            sees_all = sees_all and is_administrator(standing.member)
            checks.append(_watched(chat, standing, subject))
    levels = [level.chat for chat in chats if chat.moderators for level in chat.moderators.chain]
    for ref in dict.fromkeys(one for one in levels if one.platform == PLATFORM):
        subject = f"{PLATFORM}: moderators' chat {ref.id}"
        standing = await _standing(bot, ref, moves, subject)
        checks.append(standing if isinstance(standing, Check) else _moderators(standing, subject))
    return [_privacy(bot, sees_all=sees_all), *checks]


def _privacy(bot: telegram.Bot, *, sees_all: bool) -> Check:
    if bot.can_read_all_group_messages:
        return Check(_PRIVACY, _GOOD, "it is off, and the bot is shown all messages of its groups")
    if sees_all:
        return Check(_PRIVACY, _GOOD, "it is on, but the bot is an administrator in every chat")
    return Check(
        _PRIVACY,
        _BAD,
        "it is on, and the bot is not shown what people write in groups where it is no administrator",
        "In BotFather, say /setprivacy, choose the bot and Disable; then remove it from its groups and add it"
        " again.",
    )


async def _standing(bot: telegram.Bot, chat: ChatRef, moves: Moves, subject: str) -> Standing | Check:
    try:
        place = moves.now(chat.id)
        info = await ask(bot, "getChat", chat_id=place)
        own = await member(bot, place, bot.id)
    except ChatMigrated as moved:
        found = f"the group has become a supergroup with the id {moved.new_chat_id}"
        return Check(subject, _DOUBTFUL, found, "Write that id into the configuration.")
    except TelegramError as error:
        todo = "Check the chat's id in the configuration, and add the bot to the chat."
        return Check(subject, _BAD, str(explained(error)), todo)
    except PlatformRefused as error:
        return Check(subject, _BAD, str(error), "Put the chat's number, in quotes, into the configuration.")
    if not isinstance(info, dict) or not is_in(own):
        return Check(subject, _BAD, "the bot is not in it", "Add the bot to the chat.")
    return Standing(own, str(info.get("type", "")), str(info.get("username", "")))


def _watched(chat: Chat, standing: Standing, subject: str) -> Check:
    if standing.chat_type == telegram.Chat.CHANNEL and not is_administrator(standing.member):
        return Check(subject, _BAD, "the bot is no administrator of this channel", _MAKE_ADMINISTRATOR)
    if chat.mode is not Mode.OBSERVE and not may_post(standing.member, standing.chat_type):
        return Check(subject, _BAD, "the bot may not write in it", _MAKE_ADMINISTRATOR)
    if chat.mode is not Mode.OBSERVE and not may_delete(standing.member):
        state = _BAD if chat.mode is Mode.ENFORCE else _DOUBTFUL
        return Check(subject, state, "the bot may not delete messages in it", _MAKE_ADMINISTRATOR)
    return Check(subject, _GOOD, f"the bot is in it, with the rights that {chat.mode} needs")


def _moderators(standing: Standing, subject: str) -> Check:
    if not may_post(standing.member, standing.chat_type):
        return Check(subject, _BAD, "the bot may not write in it", "Let the bot write messages there.")
    if standing.username:
        found = f"it is public, as @{standing.username}: anybody can read the cases there"
        return Check(subject, _DOUBTFUL, found, "Make the chat private, in its settings under Group type.")
    return Check(subject, _GOOD, "the bot can write in it")
