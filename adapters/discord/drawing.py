"""How notices and cards look on Discord. Pure."""

import hashlib
import re

import discord

from adapters.discord import words
from adapters.discord.buttons import Button, custom_id
from bot.model import Card, Choice, Notice, Severity

_TITLE = 256
_TEXT = 3000
_LONGEST = 4096
_LABEL = 80
LONGEST_LETTER = 80

_LOOKS = {
    Severity.NONE: ("\N{WHITE HEAVY CHECK MARK}", 0x57_8A_5C),
    Severity.LOW: ("\N{MEDIUM WHITE CIRCLE}", 0x80_84_8E),
    Severity.MEDIUM: ("\N{LARGE YELLOW CIRCLE}", 0xF0_B2_32),
    Severity.HIGH: ("\N{LARGE ORANGE CIRCLE}", 0xE6_7E_22),
    Severity.CRITICAL: ("\N{LARGE RED CIRCLE}", 0xC9_30_30),
}
_NOTICE_COLOUR = 0x3B_6E_A5
_STYLES = {
    Choice.REMOVE: discord.ButtonStyle.primary,
    Choice.AUTHORISED: discord.ButtonStyle.secondary,
    Choice.DISPUTE: discord.ButtonStyle.secondary,
}
_THANKS = {
    Choice.REMOVE: words.THANKS_REMOVE,
    Choice.AUTHORISED: words.THANKS_AUTHORISED,
    Choice.DISPUTE: words.THANKS_DISPUTE,
}


def nonce(key: str) -> str:
    """The same for the same key, so that Discord itself refuses to show a thing twice."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:25]


def notice_embed(notice: Notice, link: str = "") -> discord.Embed:
    """`link` leads to the message that it is about."""
    text = "\n\n".join(part for part in (notice.body[:_TEXT], notice.provision, link) if part)
    return discord.Embed(title=notice.title[:_TITLE], description=text[:_LONGEST], colour=_NOTICE_COLOUR)


def notice_view(notice: Notice) -> discord.ui.View | None:
    """The buttons; None where there is nothing to answer."""
    if not notice.choices:
        return None
    view = _drawn()
    for choice, label in notice.choices:
        button = Button(notice.ref, notice.author.id, choice)
        view.add_item(
            discord.ui.Button(style=_STYLES[choice], label=label[:_LABEL], custom_id=custom_id(button))
        )
    return view


def reply_view(notice: Notice) -> discord.ui.View:
    """The one button of a public reply, which opens the notice for its author."""
    view = _drawn()
    button = Button(notice.ref, notice.author.id)
    view.add_item(
        discord.ui.Button(style=discord.ButtonStyle.primary, label=words.SHOW, custom_id=custom_id(button))
    )
    return view


def letter_modal(button: Button) -> discord.ui.Modal:
    """Asks for the number of the letter."""
    modal = discord.ui.Modal(title=words.LETTER_TITLE, custom_id=custom_id(button))
    field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id="letter", min_length=1, max_length=LONGEST_LETTER
    )
    modal.add_item(discord.ui.Label(text=words.LETTER_LABEL, description=words.LETTER_HINT, component=field))
    modal.stop()
    return modal


def answered(embeds: list[discord.Embed], choice: Choice) -> list[discord.Embed]:
    """The notice as it was shown, with thanks in the place of its buttons."""
    return [*embeds[:1], discord.Embed(description=_THANKS[choice], colour=_NOTICE_COLOUR)]


def card_embed(card: Card) -> discord.Embed:
    """The link stands as plain text: Discord takes no button to an address inside a house."""
    sign, colour = _LOOKS[card.severity]
    title = f"{sign} {card.severity.word.upper()} · {_plain(card.title)}"
    body = f"{_plain(card.body)[: _TEXT - len(card.link) - 20]}\n\n{words.CONSOLE}: {card.link}"
    return discord.Embed(title=title[:_TITLE], description=body, colour=colour)


def _plain(text: str) -> str:
    """Names that people gave themselves must not turn into links or headings in the moderators' chat."""
    return re.sub(r"([\\*_~`|>\[\]()<#@:-])", r"\\\1", text)


def _drawn() -> discord.ui.View:
    """A view that the library keeps nothing of: presses are read from their `custom_id` alone."""
    view = discord.ui.View(timeout=None)
    view.stop()
    return view
